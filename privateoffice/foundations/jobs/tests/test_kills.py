"""Two workers at once, one killed in the middle, one asleep beyond its lease: each effect comes once."""

import signal
import subprocess
import sys

import pytest

from privateoffice.foundations.jobs.tests.house import House, new_postgres, wait_for

pytestmark = pytest.mark.slow


@pytest.fixture(params=["sqlite", "postgres"])
def house(request, tmp_path):
    url, drop = "", None
    if request.param == "postgres":
        url, drop = new_postgres()
    house = House(tmp_path / "var", url)
    subprocess.run(
        [sys.executable, "-m", "privateoffice.program.cli", "migrate", "-v0"], env=house.env, check=True
    )
    yield house
    house.close()
    if drop:
        drop()


@pytest.fixture
def gate(tmp_path):
    """The file whose coming lets the held job go on: a test that is slow to look misses nothing."""
    return tmp_path / "gate"


def ask_for_held_job(house, gate):
    house.ask(f"with scope.acting_as_system('test'): later(note_when_let_go, 1, {str(gate)!r})")


def marks(house, begins):
    return house.ask(f"print(*[mark for mark in marks() if mark.startswith({begins!r})], sep=',')").split(",")


def test_two_workers_do_each_of_many_jobs_once(house):
    house.ask("with scope.acting_as_system('test'):\n for n in range(300): later(note, n)")
    house.start("worker"), house.start("worker")
    done = "print(DBTaskResult.objects.successful().count())"
    wait_for(lambda: house.ask(done) == "300", seconds=120)
    assert sorted(marks(house, "note")) == sorted(f"note {number}" for number in range(300))
    shares = house.ask("print(len({job.worker_ids[-1] for job in DBTaskResult.objects.all()}))")
    assert shares == "2"


def test_the_job_of_a_killed_worker_is_taken_up_again_and_has_its_effect_once(house, gate):
    ask_for_held_job(house, gate)
    killed = house.start("worker")
    wait_for(lambda: marks(house, "begun") == ["begun 1"])
    killed.send_signal(signal.SIGKILL)
    house.start("worker")
    wait_for(lambda: marks(house, "begun") == ["begun 1", "begun 1"])
    gate.touch()
    wait_for(lambda: house.ask("print(DBTaskResult.objects.get().status)") == "SUCCESSFUL")
    assert marks(house, "note") == ["note 1"]


def test_a_worker_that_sleeps_beyond_its_lease_wakes_without_effect(house, gate):
    ask_for_held_job(house, gate)
    sleeper = house.start("worker")
    wait_for(lambda: marks(house, "begun") == ["begun 1"])
    sleeper.send_signal(signal.SIGSTOP)
    house.start("worker")
    wait_for(lambda: marks(house, "begun") == ["begun 1", "begun 1"])
    gate.touch()
    wait_for(lambda: house.ask("print(DBTaskResult.objects.get().status)") == "SUCCESSFUL")
    sleeper.send_signal(signal.SIGCONT)
    house.ask("with scope.acting_as_system('test'): later(note, 2)")
    wait_for(lambda: "note 2" in marks(house, "note"))
    sleeper.terminate()
    assert sleeper.wait(timeout=60) == 0
    assert marks(house, "note") == ["note 1", "note 2"]


def test_a_worker_that_is_told_to_stop_finishes_the_job_at_hand_and_leaves_no_heartbeat(house, gate):
    ask_for_held_job(house, gate)
    house.ask("with scope.acting_as_system('test'): later(note, 2)")
    worker = house.start("worker")
    wait_for(lambda: marks(house, "begun") == ["begun 1"])
    worker.terminate()
    gate.touch()
    assert worker.wait(timeout=60) == 0
    assert house.ask("print(*DBTaskResult.objects.order_by('enqueued_at').values_list('status', flat=True))") == (
        "SUCCESSFUL READY"
    )
    assert house.ask("print(Beat.objects.count())") == "0"
