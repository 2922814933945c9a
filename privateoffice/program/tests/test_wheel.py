"""The wheel: built, installed in an empty environment with the pinned set, and opened."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
import zipfile
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[3]


def run(*command: str | Path, **options) -> str:
    done = subprocess.run(command, capture_output=True, text=True, **options)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory) -> Path:
    """Built from a copy, so that the clone stays as it was."""
    source = tmp_path_factory.mktemp("source")
    shutil.copytree(ROOT / "privateoffice", source / "privateoffice", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(ROOT / "requirements", source / "requirements")
    for name in ("pyproject.toml", "LICENSE", "README.md"):
        if (ROOT / name).exists():
            shutil.copy(ROOT / name, source)
    run(sys.executable, "-m", "build", "--wheel", "--outdir", source / "dist", source)
    return next((source / "dist").glob("*.whl"))


def test_the_wheel_holds_what_pages_need_and_no_tests(wheel):
    names = zipfile.ZipFile(wheel).namelist()
    here = ROOT / "privateoffice"
    needed = {
        str(path.relative_to(ROOT))
        for part in ("templates", "static", "fonts", "typst", "data")
        for folder in here.rglob(part)
        if "tests" not in folder.parts
        for path in folder.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert needed - set(names) == set()
    assert [name for name in names if "/tests/" in name] == []


def test_the_wheel_opens_the_office_in_an_empty_environment(wheel, tmp_path):
    bin = tmp_path / "venv" / "bin"
    run(sys.executable, "-m", "venv", tmp_path / "venv")
    uv = shutil.which("uv") or Path(sys.executable).with_name("uv")
    pip = (
        [uv, "pip", "install", "--quiet", "--python", bin / "python"]
        if Path(uv).exists()
        else [bin / "pip", "install"]
    )
    run(*pip, "--require-hashes", "-r", ROOT / "requirements" / "base.txt")
    run(*pip, "--no-deps", wheel)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    env = {
        name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "DJANGO", "DATABASE"))
    }
    env["PRIVATE_OFFICE_HOME"] = str(tmp_path / "var")
    run(bin / "private-office", "migrate", env=env, cwd=tmp_path)
    office = subprocess.Popen(
        [bin / "private-office", "run", "--empty", "--port", str(port)], env=env, cwd=tmp_path
    )
    try:
        assert wait_for_page(f"http://127.0.0.1:{port}/health/") == b"ok"
        for name in some_static_files():
            assert wait_for_page(f"http://127.0.0.1:{port}/static/{name}")
    finally:
        office.send_signal(signal.SIGTERM)
        assert office.wait(timeout=30) == 0


def some_static_files() -> list[str]:
    """One file from each static folder of the house."""
    found = [
        sorted(path for path in folder.rglob("*") if path.is_file())
        for folder in ROOT.glob("privateoffice/**/static")
    ]
    return [str(files[0]).partition("/static/")[2] for files in found if files]


def wait_for_page(address: str) -> bytes:
    end = time.monotonic() + 60
    while True:
        try:
            with urllib.request.urlopen(address, timeout=10) as answer:
                return answer.read()
        except OSError:
            assert time.monotonic() < end, address
            time.sleep(0.2)
