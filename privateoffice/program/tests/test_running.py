"""`private-office run` as a whole: real processes, killed and stopped."""

import os
import re
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.request
from dataclasses import dataclass
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

COMMAND = (sys.executable, "-m", "privateoffice.program.cli")


@dataclass
class Running:
    """One office that was opened with `private-office run --empty` on a free port."""

    home: Path
    port: int
    process: subprocess.Popen | None = None

    @property
    def env(self):
        return {
            **os.environ,
            "PRIVATE_OFFICE_HOME": str(self.home),
            "DATABASE_URL": "",
            "PRIVATE_OFFICE_JOB_LEASE": "6",
        }

    def open(self, *words: str) -> None:
        self.process = subprocess.Popen(
            [*COMMAND, "run", "--port", str(self.port), "--empty", *words], env=self.env, stdout=subprocess.PIPE
        )

    def refuse(self, *words: str) -> str:
        """What a start that is refused says, without a traceback."""
        done = subprocess.run([*COMMAND, *words], env=self.env, capture_output=True, text=True, timeout=120)
        assert (done.returncode, done.stdout) == (1, "")
        assert len(done.stderr.strip().splitlines()) == 1, done.stderr
        return done.stderr.strip()

    def get(self, path: str = "/health/") -> tuple[int, str]:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=10) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as answer:
            return answer.code, answer.read().decode()
        except OSError:
            return 0, ""

    def wait_until_well(self, seconds: float = 120) -> float:
        start = time.monotonic()
        while self.get() != (200, "ok"):
            assert time.monotonic() - start < seconds, self.get()
            time.sleep(0.1)
        return time.monotonic() - start

    def workers(self) -> dict[str, int]:
        """The process of each part, by its heartbeat."""
        with sqlite3.connect(self.home / "office.sqlite3", timeout=20) as database:
            return dict(database.execute("SELECT part, pid FROM jobs_beat ORDER BY seen_at"))

    def family(self) -> set[int]:
        """The supervisor and all that descends from it."""
        known = {self.process.pid}
        parents = {}
        for entry in Path("/proc").glob("[0-9]*/stat"):
            try:
                fields = entry.read_text().rpartition(")")[2].split()
            except OSError:
                continue
            parents[int(entry.parent.name)] = int(fields[1])
        while more := {pid for pid, parent in parents.items() if parent in known} - known:
            known |= more
        return known


@pytest.fixture
def office(tmp_path):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    running = Running(tmp_path / "var", port)
    yield running
    if running.process:
        running.process.kill()
        running.process.communicate()


def all_gone(pids: set[int], seconds: float = 60) -> bool:
    end = time.monotonic() + seconds
    while any(Path(f"/proc/{pid}").exists() for pid in pids) and time.monotonic() < end:
        time.sleep(0.1)
    return not any(Path(f"/proc/{pid}").exists() for pid in pids)


def test_an_office_opens_says_who_may_begin_and_closes_without_a_trace(office):
    office.open()
    office.wait_until_well()
    family = office.family()
    assert len(family) == 4
    office.process.send_signal(signal.SIGTERM)
    said = office.process.communicate(timeout=90)[0].decode()
    assert office.process.returncode == 0
    assert all_gone(family)
    assert said.startswith(f"Private Office is open at http://localhost:{office.port}/\n")
    assert re.search(rf"once: http://localhost:{office.port}/setup/[\w-]+/\n", said)


def test_a_second_start_answers_a_page_before_all_parts_are_well(office):
    """How soon it answers is measured by `benchmarks/start.py`."""
    office.open()
    office.wait_until_well()
    office.process.send_signal(signal.SIGINT)
    office.process.communicate(timeout=90)
    assert office.process.returncode == 0
    office.open()
    answers = set()
    while (answer := office.get("/health/")) != (200, "ok"):
        assert office.process.poll() is None
        answers.add(answer[0])
        time.sleep(0.02)
    assert answers <= {0, 503}, answers
    assert office.get("/")[0] == 200


@pytest.mark.parametrize("part", ["worker", "scheduler"])
def test_a_part_that_is_killed_is_started_again(office, part):
    office.open()
    office.wait_until_well()
    killed = office.workers()[part]
    os.kill(killed, signal.SIGKILL)
    end = time.monotonic() + 60
    while office.workers()[part] == killed:
        assert time.monotonic() < end
        time.sleep(0.1)
    office.wait_until_well()
    assert Path(f"/proc/{office.workers()[part]}").exists()


def test_the_web_is_started_again_on_the_same_address(office):
    office.open()
    office.wait_until_well()
    (web,) = office.family() - {office.process.pid, *office.workers().values()}
    os.kill(web, signal.SIGKILL)
    office.wait_until_well(20)
    assert web not in office.family()


def test_no_process_outlives_a_supervisor_that_is_killed(office):
    office.open()
    office.wait_until_well()
    family = office.family() - {office.process.pid}
    assert len(family) == 3
    office.process.kill()
    office.process.wait()
    assert all_gone(family)


def test_a_taken_port_is_refused_and_nothing_is_made(office):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", office.port))
        taken.listen()
        refusal = office.refuse("run", "--port", str(office.port))
    assert refusal.startswith(f"Port {office.port} on 127.0.0.1 is taken")
    assert list(office.home.iterdir()) == []


def test_a_database_from_a_newer_version_is_refused_and_left_alone(office):
    subprocess.run([*COMMAND, "migrate", "-v0"], env=office.env, check=True)
    file = office.home / "office.sqlite3"
    with sqlite3.connect(file) as database:
        database.execute(
            "INSERT INTO django_migrations (app, name, applied) VALUES ('jobs', '9999_later', '2030-01-01')"
        )
    database.close()
    before = file.read_bytes()
    for words in (["run", "--port", str(office.port)], ["migrate"]):
        assert "was made by a newer version of Private Office (jobs 9999_later)" in office.refuse(*words)
    assert file.read_bytes() == before


def test_a_file_that_is_no_database_is_refused_and_left_alone(office):
    office.home.mkdir()
    file = office.home / "office.sqlite3"
    file.write_bytes(b"something else entirely, that is long enough to be looked at as a header. " * 4)
    before = file.read_bytes()
    assert office.refuse("run", "--port", str(office.port)).endswith("cannot be used: file is not a database.")
    assert file.read_bytes() == before


def test_a_command_before_the_first_migration_says_what_to_run(office):
    assert office.refuse("sample") == (
        f"The database {office.home}/office.sqlite3 is not of this version yet: run private-office migrate first."
    )


def test_a_file_in_place_of_the_data_folder_is_refused(office):
    office.home.write_text("something else")
    assert office.refuse("run").endswith("cannot be used: it is a file, not a folder.")


@pytest.mark.hostile("G03")
@pytest.mark.parametrize(("options", "reason"), [("size=1m", "the disk is full"), ("ro", "the disk is read-only")])
def test_a_disk_that_is_full_or_read_only_is_refused(office, options, reason):
    office.home.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(office.home)]
    if os.geteuid() != 0 or subprocess.run(mount, capture_output=True).returncode:
        pytest.skip("only root can mount a disk to fill it")
    try:
        assert reason in office.refuse("run")
    finally:
        subprocess.run(["umount", str(office.home)], check=True)


@pytest.mark.hostile("G03")
def test_a_folder_without_permission_is_refused(office):
    office.home.mkdir()
    office.home.chmod(0o500)
    # Root may write everywhere, unless it has given up its capabilities.
    humbly = () if os.geteuid() else ("setpriv", "--bounding-set=-all", "--inh-caps=-all")
    done = subprocess.run([*humbly, *COMMAND, "run"], env=office.env, capture_output=True, text=True, timeout=120)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == f"The data folder {office.home} cannot be used: you have no permission to write there.\n"


@pytest.mark.hostile("G05")
def test_a_postgresql_that_does_not_answer_is_said(office):
    env = {**office.env, "DATABASE_URL": "postgres://root@127.0.0.1:9/nowhere"}
    done = subprocess.run(
        [*COMMAND, "run", "--port", str(office.port)], env=env, capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert done.stderr.startswith("The database nowhere on 127.0.0.1 cannot be used:")
