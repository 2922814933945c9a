"""How soon an office that was opened before answers its first page, beside starting a bare Django server.

python benchmarks/start.py --runs 5 --json
"""

import argparse
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

import measuring

OFFICE = (sys.executable, "-m", "privateoffice.program.cli", "run", "--empty", "--port")
BARE = """
import logging
import sys
from django.conf import settings
logging.disable()
settings.configure(ROOT_URLCONF=__name__, ALLOWED_HOSTS=["*"])
from django.core.wsgi import get_wsgi_application
from django.http import HttpResponse
from django.urls import path
from waitress import serve
urlpatterns = [path("health/", lambda request: HttpResponse("ok"))]
serve(get_wsgi_application(), listen=f"127.0.0.1:{sys.argv[1]}", _quiet=True)
"""
HEADS = ("start", "first page, s", "ok from all parts, s")
PATIENCE = 600.0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--runs", type=int, default=5, help="starts of each; the median counts")
    parser.add_argument("--json", action="store_true", help="end with one line that is one object")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "var"
        started(OFFICE, home)
        ours = sorted(started(OFFICE, home) for _ in range(asked.runs))[asked.runs // 2]
        bare = sorted(started((sys.executable, "-c", BARE), home) for _ in range(asked.runs))[asked.runs // 2]
    rows = [("the office, opened before", *ours), ("a bare Django server", *bare)]
    measuring.show_table(HEADS, [(name, f"{first:.2f}", f"{well:.2f}") for name, first, well in rows])
    if asked.json:
        measuring.show_object(
            {"second start": {"ours_wall": ours[0], "ours_well_wall": ours[1], "django_wall": bare[0]}}
        )


def started(command: tuple[str, ...], home: Path) -> tuple[float, float]:
    """Seconds until anything answers, and until the answer is `ok`; ended again afterwards."""
    port = free_port()
    env = {**os.environ, "PRIVATE_OFFICE_HOME": str(home), "DATABASE_URL": ""}
    begun = time.perf_counter()
    process = subprocess.Popen([*command, str(port)], env=env, stdout=subprocess.DEVNULL)
    try:
        first = 0.0
        while time.perf_counter() - begun < PATIENCE:
            status = status_of(port)
            if status and not first:
                first = time.perf_counter() - begun
            if status == 200:
                return first, time.perf_counter() - begun
            time.sleep(0.01)
        raise SystemExit("It did not open.")
    finally:
        process.send_signal(signal.SIGINT)
        process.wait()


def status_of(port: int) -> int:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/health/", timeout=10) as answer:
            return answer.status
    except urllib.error.HTTPError as answer:
        return answer.code
    except OSError:
        return 0


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


if __name__ == "__main__":
    main()
