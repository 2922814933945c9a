"""The steps of `./office test`. Python's standard library only: the steps themselves run in the environment."""

import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

NO_TESTS = 5
CHROMIUM = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


@dataclass(frozen=True)
class Step:
    """One thing to try: its name, and the command; or the reason why it cannot be tried here."""

    name: str
    command: tuple[str, ...] = ()
    skipped: str = ""
    shows_output: bool = False


def steps(bin: Path, *, with_slow: bool) -> Iterator[Step]:
    """Every step, the quick ones first."""
    python = str(bin / "python")
    pytest = (python, "-m", "pytest", "-n", "auto")
    yield Step("formatting", (str(bin / "ruff"), "format", "--check", "."))
    yield Step("lint", (str(bin / "ruff"), "check", "."))
    yield Step("import contracts", (str(bin / "lint-imports"),))
    yield Step("licences", (python, "-m", "privateoffice.program.trials.licences", "requirements/servers.txt"))
    yield Step("migrations", (python, "-m", "privateoffice.program.cli", "makemigrations", "--check", "--dry-run"))
    yield Step("templates", (python, "-m", "privateoffice.program.trials.templates"))
    yield Step("types", (str(bin / "mypy"),))
    yield Step("tests", pytest, shows_output=True)
    yield _in_a_browser(pytest, with_slow)
    if with_slow:
        yield Step("slow tests", (*pytest, "-m", "slow and not browser", "--durations=10"), shows_output=True)


def _in_a_browser(pytest: tuple[str, ...], with_slow: bool) -> Step:
    if not any(map(shutil.which, CHROMIUM)):
        return Step("browser tests", skipped="no Chromium here")
    wanted = "browser" if with_slow else "browser and not slow"
    return Step("browser tests", (*pytest, "-m", wanted), shows_output=True)


def run(chosen: list[Step], root: Path, env: dict[str, str]) -> int:
    """Run every step, whatever came of the one before; returns 0 where all went well."""
    results = [_run_one(step, root, env) for step in chosen]
    _say("")
    for step, (verdict, seconds) in zip(chosen, results, strict=True):
        _say(f"{step.name:<18} {verdict:<8} {seconds:6.1f} s  {step.skipped}")
    return int(any(verdict == "FAILED" for verdict, _ in results))


def _run_one(step: Step, root: Path, env: dict[str, str]) -> tuple[str, float]:
    if step.skipped:
        _say(f"-- {step.name}: not run, {step.skipped}")
        return "not run", 0.0
    _say(f"-- {step.name}")
    start = time.monotonic()
    output = None if step.shows_output else subprocess.PIPE
    done = subprocess.run(  # noqa: S603  (the commands above, no shell)
        step.command, cwd=root, env=env, stdout=output, stderr=subprocess.STDOUT, check=False
    )
    is_well = done.returncode == 0 or (done.returncode == NO_TESTS and "pytest" in step.command)
    if not is_well and done.stdout:
        _say(done.stdout.decode(errors="replace"))
    return "ok" if is_well else "FAILED", time.monotonic() - start


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()
