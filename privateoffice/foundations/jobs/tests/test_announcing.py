"""Redis between the machines: it carries numbers of rows, may lose them all, and may be away (H02, H04)."""

import subprocess
import sys
import zlib
from datetime import timedelta

import pytest
from django.db import transaction

from privateoffice.foundations.clock import clock
from privateoffice.foundations.jobs import announcing, worker
from privateoffice.foundations.jobs import queue as jobs
from privateoffice.foundations.jobs.api import DBTaskResult
from privateoffice.foundations.jobs.tests import examples
from privateoffice.foundations.jobs.tests.house import House, wait_for
from privateoffice.foundations.jobs.tests.redis_server import redis  # noqa: F401  (a fixture)
from privateoffice.foundations.offices import scope

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def line(settings, redis, monkeypatch):  # noqa: F811
    """The house with QUEUE_URL, in this process; the server itself."""
    settings.QUEUE_URL = redis.url
    settings.TASKS = {"default": {"BACKEND": settings.ANNOUNCING, "QUEUES": []}}
    monkeypatch.setattr(announcing, "_away_until", 0.0)
    announcing._connection.cache_clear()
    yield redis
    announcing._connection.cache_clear()


def ask(task=examples.note, *given):
    with scope.acting_as_system("test"):
        return jobs.later(task, *given)


def hear_all() -> list[str]:
    """Everything that is announced now, in order."""
    found = []
    while job_id := announcing.heard():
        found.append(str(job_id))
    return found


def test_a_job_is_announced_once_it_is_committed_and_never_before(line):
    with transaction.atomic():
        asked = ask(examples.note, 1)
        assert announcing._line().get_job_ids() == []
    assert hear_all() == [asked]
    with transaction.atomic():
        ask(examples.note, 2)
        transaction.set_rollback(True)
    assert hear_all() == []


def test_redis_holds_the_number_of_the_row_and_not_a_word_of_the_job(line):
    asked = ask(examples.note.using(), 715517)
    client = line.client()
    (told,) = [key for key in client.scan_iter() if key.startswith(b"rq:job:")]
    kept = client.hgetall(told)
    said = zlib.decompress(kept.pop(b"data"))
    assert asked.encode() in said
    assert b"715517" not in said + b"".join(kept.values())


@pytest.mark.hostile("H02")
def test_an_announcement_that_comes_twice_or_for_nothing_has_one_effect_h02(line):
    asked = ask(examples.note, 1)
    announcing.announce([asked, asked, "00000000-0000-4000-8000-000000000000"])
    announcing._line().push_job_id("no number at all")
    one = worker.Worker()
    done = [one.listen_once() for _ in range(6)]
    assert done.count(True) == 1
    assert examples.marks() == ["note 1"]


def test_what_redis_lost_is_announced_again_by_the_sweep(line):
    asked = [ask(examples.note, number) for number in range(3)]
    line.client().flushall()
    assert announcing.sweep() == 3
    assert announcing.sweep() == 0
    assert sorted(hear_all()) == sorted(asked)


def test_a_job_that_waits_for_its_moment_is_announced_when_that_has_come(line, time_machine):
    time_machine.move_to("2026-03-02T09:00:00Z", tick=False)
    asked = ask(examples.note.using(run_after=clock.now() + timedelta(hours=1)), 1)
    assert (announcing.sweep(), announcing._line().get_job_ids()) == (0, [])
    time_machine.move_to("2026-03-02T10:00:01Z", tick=False)
    assert announcing.sweep() == 1
    assert announcing._line().get_job_ids() == [asked]


@pytest.mark.hostile("H04")
def test_while_redis_is_away_the_wish_is_in_the_database_and_is_done_from_there_h04(line):
    line.stop()
    asked = ask(examples.note, 1)
    assert str(DBTaskResult.objects.get().pk) == asked
    assert worker.Worker()._work() == 0
    assert examples.marks() == ["note 1"]
    with pytest.raises(announcing.Away):
        announcing.heard()


def test_redis_that_comes_back_is_used_again(line, monkeypatch):
    line.stop()
    ask(examples.note, 1)
    line.start()
    assert announcing.sweep() == 0, "it is left alone for a while"
    monkeypatch.setattr(announcing, "_away_until", 0.0)
    assert announcing.sweep() == 1


def test_a_job_is_done_by_a_worker_of_rqs_own_as_well(line):
    ask(examples.note, 1)
    from rq import SimpleWorker

    SimpleWorker([announcing._line()], connection=line.client(), serializer="json").work(burst=True)
    assert examples.marks() == ["note 1"]


def test_two_workers_share_the_line_and_go_on_when_redis_is_killed_and_back(redis, tmp_path):  # noqa: F811
    """Real processes: some jobs by announcement, some while Redis is dead, some after it is back and empty."""
    house = House(tmp_path / "var", queue_url=redis.url)
    migrated = subprocess.run([sys.executable, "-m", "privateoffice.program.cli", "migrate", "-v0"], env=house.env)
    assert migrated.returncode == 0
    try:
        house.start("worker"), house.start("worker")
        house.ask("with scope.acting_as_system('test'):\n for n in range(40): later(note, n)")
        wait_for(lambda: house.ask("print(len(marks()))") == "40", seconds=120)
        redis.stop()
        house.ask("with scope.acting_as_system('test'):\n for n in range(40, 60): later(note, n)")
        wait_for(lambda: house.ask("print(len(marks()))") == "60", seconds=120)
        redis.start()
        house.ask("with scope.acting_as_system('test'):\n for n in range(60, 80): later(note, n)")
        wait_for(lambda: house.ask("print(len(marks()))") == "80", seconds=120)
        assert house.ask("print(len({job.worker_ids[-1] for job in DBTaskResult.objects.all()}))") == "2"
    finally:
        house.close()
