"""`./office`: which Python it takes, and what it says where there is none."""

import os
import subprocess
from pathlib import Path

import pytest

OFFICE = Path(__file__).parents[3] / "office"
ELSEWHERE = {"PATH", "HOME", "PYENV_ROOT", "PRIVATE_OFFICE_PYTHON", "PRIVATE_OFFICE_VENV"}


@pytest.fixture
def found(tmp_path):
    """What `./office help` says on a machine whose PATH holds nothing but what the test puts there."""
    tools = tmp_path / "bin"
    tools.mkdir()
    for tool in ("sh", "dirname"):
        (tools / tool).symlink_to(f"/bin/{tool}" if Path(f"/bin/{tool}").exists() else f"/usr/bin/{tool}")
    launcher = tmp_path / "clone" / "office"
    launcher.parent.mkdir()
    # A machine without a Python of its own: the places outside PATH are left out.
    launcher.write_text(OFFICE.read_text().replace("/usr/bin/python3 /usr/local/bin/python3", ""))
    launcher.chmod(0o755)

    def run(chosen: Path | str = "", **pythons: str):
        for name, script in pythons.items():
            python = tools / name.replace("_", ".")
            python.write_text(f"#!/bin/sh\n{script}\n")
            python.chmod(0o755)
        env = {name: value for name, value in os.environ.items() if name not in ELSEWHERE}
        env |= {"PATH": str(tools), "HOME": str(tmp_path), "PRIVATE_OFFICE_PYTHON": str(chosen)}
        done = subprocess.run([launcher, "help"], env=env, capture_output=True, text=True)
        return done.returncode, done.stdout, done.stderr

    return run


TOO_OLD = "exit 1"
SHIM = 'echo "pyenv: python3: command not found" >&2; exit 127'
GOOD = 'case "$1" in -c) exit 0;; esac; echo "$(basename "$0" 2>/dev/null || echo good) took over"'


def test_without_a_python_one_sentence_says_what_to_install(found):
    code, said, refused = found()
    assert (code, said) == (1, "")
    assert refused.startswith("Private Office needs Python 3.11 or newer, and none was found.")
    assert len(refused.splitlines()) == 1


def test_a_python_that_is_too_old_is_not_taken(found):
    assert found(python3=TOO_OLD)[0] == 1


def test_a_shim_without_a_version_behind_it_is_passed_over_for_one_that_works(found):
    code, said, refused = found(python3=SHIM, python3_13=SHIM, python3_12=GOOD)
    assert (code, refused) == (0, "")
    assert said.endswith("took over\n")


def test_the_python_that_is_asked_for_comes_first(found, tmp_path):
    chosen = tmp_path / "chosen"
    chosen.write_text('#!/bin/sh\ncase "$1" in -c) exit 0;; esac; echo "the chosen one"\n')
    chosen.chmod(0o755)
    assert found(chosen, python3=GOOD)[1] == "the chosen one\n"
