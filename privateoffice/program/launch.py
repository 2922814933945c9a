"""What `./office` does once a Python is found. Python's standard library only: nothing else is installed yet.

Makes the environment in `.venv`, installs what is pinned where that has changed, and hands over.
"""

import contextlib
import fcntl
import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn

ROOT = Path(__file__).resolve().parents[2]
VENV = Path(os.environ.get("PRIVATE_OFFICE_VENV") or ROOT / ".venv").absolute()
BIN = VENV / "bin"
STAMP = VENV / "installed.json"
USAGE = """./office run [--port N] [--host H] [--empty]    open the office on this machine
./office test [--all] [--only STEP]             try everything; --all adds the slow parts
./office COMMAND ...                            any other command of private-office
"""


def main(words: list[str]) -> int:
    """Run the words given to `./office`."""
    if not words or words[0] in {"help", "-h", "--help"}:
        sys.stdout.write(USAGE)
        return 0
    with locked():
        make_environment()
        install("test" if words[0] == "test" else "base")
        put_on_path()
    if words[0] == "test":
        return test(words[1:])
    os.environ.setdefault("PRIVATE_OFFICE_HOME", str(ROOT / "var"))
    return hand_over(words)


def hand_over(words: list[str]) -> NoReturn:
    """Become the `private-office` command: signals and the exit code are then its own."""
    command = str(BIN / "private-office")
    os.execv(command, [command, *words])  # noqa: S606  (our own command, no shell)


@contextlib.contextmanager
def locked() -> Iterator[None]:
    """Two launchers at once: the second waits until the first has installed."""
    handle = os.open(ROOT, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def make_environment() -> None:
    """Make `.venv` where there is none, or where its Python has gone or is too old."""
    if _python_works():
        return
    say("Making the environment in", VENV)
    shutil.rmtree(VENV, ignore_errors=True)
    made = attempt(sys.executable, "-m", "venv", str(VENV))
    if made.returncode and (uv := shutil.which("uv")):
        made = attempt(uv, "venv", "--seed", "--python", sys.executable, str(VENV))
    if made.returncode or not _python_works():
        why = (made.stderr or made.stdout).strip().split("\n")[-1]
        fail(f"The environment {VENV} could not be made: {why or 'install python3-venv'}")


def _python_works() -> bool:
    python = BIN / "python"
    probe = "import sys, pip; sys.exit(sys.version_info < (3, 11))"
    return python.exists() and attempt(str(python), "-c", probe).returncode == 0


def install(name: str) -> None:
    """Install a pinned set, unless exactly this one is there already."""
    pinned = ROOT / "requirements" / f"{name}.txt"
    digest = hashlib.sha256(pinned.read_bytes()).hexdigest()
    installed = json.loads(STAMP.read_text()) if STAMP.exists() else {}
    if installed.get(name) == digest:
        return
    say("Installing what is pinned in", pinned.relative_to(ROOT))
    if not _install_with_uv(pinned) and not _install_with_pip(pinned):
        fail("Not everything could be installed; the lines above say why. Nothing else was changed.")
    STAMP.write_text(json.dumps({**installed, name: digest}))


def _install_with_uv(pinned: Path) -> bool:
    uv = shutil.which("uv") or _own_uv()
    if not uv:
        return False
    command = [
        uv,
        "pip",
        "install",
        "--quiet",
        "--require-hashes",
        "--python",
        str(BIN / "python"),
        "-r",
        str(pinned),
    ]
    return attempt(*command, env={**os.environ, "UV_PYTHON_DOWNLOADS": "never"}).returncode == 0


def _own_uv() -> str:
    """uv inside the environment, itself pinned; an empty string where it cannot be had."""
    uv = BIN / "uv"
    if not uv.exists():
        attempt(*_pip(), "-r", str(ROOT / "requirements" / "uv.txt"))
    return str(uv) if uv.exists() else ""


def _install_with_pip(pinned: Path) -> bool:
    return subprocess.run([*_pip(), "-r", str(pinned)], check=False).returncode == 0  # noqa: S603


def _pip() -> list[str]:
    quiet = ["--quiet", "--disable-pip-version-check"]
    return [str(BIN / "python"), "-m", "pip", "install", *quiet, "--require-hashes"]


def put_on_path() -> None:
    """Make the program importable in the environment, and its command callable there."""
    script = f'#!/bin/sh\nexec "{BIN}/python" -m privateoffice.program.cli "$@"\n'
    command = BIN / "private-office"
    if not command.exists() or command.read_text(encoding="utf-8") != script:
        for site in VENV.glob("lib/python3.*/site-packages"):
            (site / "private-office.pth").write_text(f"{ROOT}\n", encoding="utf-8")
        command.write_text(script, encoding="utf-8")
        command.chmod(0o755)


def test(words: list[str]) -> int:
    """Try everything, in a data folder of its own."""
    from privateoffice.program.trials import steps

    chosen = list(steps.steps(BIN, with_slow="--all" in words))
    if "--only" in words:
        wanted = words[words.index("--only") + 1 :][:1]
        chosen = [step for step in chosen if step.name in wanted]
        if not chosen:
            fail(f"There is no step called {' '.join(wanted)}.")
    with tempfile.TemporaryDirectory(prefix="private-office-") as folder:
        env = {
            **os.environ,
            "PRIVATE_OFFICE_HOME": f"{folder}/var",
            "DJANGO_SETTINGS_MODULE": "privateoffice.settings",
        }
        return steps.run(chosen, ROOT, env)


def attempt(*command: str, env: dict[str, str] | None = None) -> "subprocess.CompletedProcess[str]":
    """Run a command without showing what it says."""
    try:
        return subprocess.run(command, env=env, capture_output=True, text=True, check=False)  # noqa: S603
    except OSError as fault:
        return subprocess.CompletedProcess(command, 127, "", str(fault))


def say(*words: object) -> None:
    sys.stderr.write(" ".join(map(str, words)) + "\n")


def fail(sentence: str) -> None:
    sys.exit(sentence)


if __name__ == "__main__":
    sys.path[0] = str(ROOT)  # Not this file's own folder, whose modules are none of Python's.
    sys.exit(main(sys.argv[1:]))
