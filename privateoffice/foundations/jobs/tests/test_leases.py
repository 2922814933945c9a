from datetime import timedelta

import pytest
from django.db.models.functions import Now
from django.utils import timezone

from privateoffice.foundations.jobs import queue as jobs
from privateoffice.foundations.jobs import services
from privateoffice.foundations.jobs.api import DBTaskResult, TaskResultStatus
from privateoffice.foundations.jobs.beats import beat, silent_parts
from privateoffice.foundations.jobs.leases import PAUSES, Fenced, Reaper, finishing, holding, take
from privateoffice.foundations.jobs.models import Beat, lease
from privateoffice.foundations.jobs.tests import examples
from privateoffice.foundations.jobs.worker import do, drain
from privateoffice.foundations.offices import scope

pytestmark = pytest.mark.django_db


@pytest.fixture
def in_scope(db):
    with scope.acting_as_system("test"):
        yield


def fall_silent(worker):
    Beat.objects.filter(name=worker).update(seen_at=Now() - lease() - timedelta(seconds=1))


@pytest.mark.hostile("H03")
def test_a_failed_job_waits_longer_each_time_and_is_then_set_aside(in_scope, time_machine):
    start = timezone.now().replace(microsecond=0)
    time_machine.move_to(start, tick=False)
    jobs.later(examples.fail)
    waited = []
    for pause in PAUSES:
        assert drain() == 1
        time_machine.move_to(timezone.now() + pause - timedelta(seconds=1), tick=False)
        assert drain() == 0
        time_machine.move_to(timezone.now() + timedelta(seconds=1), tick=False)
        waited.append(pause)
    assert not jobs.set_aside().exists()
    assert drain() == 1
    (job,) = jobs.set_aside()
    assert (job.exception_class_path, len(job.worker_ids)) == ("builtins.ValueError", len(PAUSES) + 1)
    assert "it never works" in job.traceback
    assert timezone.now() - start == sum(waited, timedelta())
    assert waited == sorted(set(waited))


@pytest.mark.hostile("H03")
def test_a_job_that_gives_up_is_set_aside_at_once_and_the_rest_go_on(in_scope):
    jobs.later(examples.give_up)
    jobs.later(examples.note, 1)
    assert drain() == 2
    assert [job.task_name for job in jobs.set_aside()] == ["give_up"]
    assert examples.marks() == ["note 1"]


def test_a_job_that_was_set_aside_gets_all_its_tries_again(in_scope):
    jobs.later(examples.give_up)
    drain()
    services.take_up_again(jobs.set_aside().get().pk)
    assert not jobs.set_aside().exists()
    assert drain() == 1
    assert jobs.set_aside().get().worker_ids.__len__() == 1


def test_a_job_whose_task_is_gone_is_written_down_as_failed(in_scope):
    jobs.later(examples.note, 1)
    DBTaskResult.objects.update(task_path="privateoffice.foundations.jobs.tests.examples.no_longer_there")
    drain()
    job = DBTaskResult.objects.get()
    assert (job.status, job.exception_class_path) == (TaskResultStatus.READY, "builtins.ImportError")


def test_an_effect_that_fails_inside_finishing_leaves_nothing(in_scope):
    jobs.later(examples.spoil)
    drain()
    assert examples.marks() == []
    assert DBTaskResult.objects.get().status == TaskResultStatus.READY


def test_the_job_of_a_silent_worker_is_given_back_at_the_second_look(in_scope):
    jobs.later(examples.note, 1)
    beat("worker", "dead")
    assert take("dead")
    reaper = Reaper()
    assert (reaper.look(), reaper.look()) == (0, 0)
    fall_silent("dead")
    assert (reaper.look(), reaper.look(), reaper.look()) == (0, 1, 0)
    job = DBTaskResult.objects.get()
    assert (job.status, job.worker_ids) == (TaskResultStatus.READY, ["dead"])


def test_a_worker_that_is_heard_again_between_two_looks_keeps_its_job(in_scope):
    jobs.later(examples.note, 1)
    beat("worker", "slow")
    assert take("slow")
    fall_silent("slow")
    reaper = Reaper()
    reaper.look()
    beat("worker", "slow")
    assert (reaper.look(), reaper.look()) == (0, 0)


@pytest.mark.hostile("H03")
def test_a_job_that_kills_every_worker_is_set_aside(in_scope, time_machine):
    jobs.later(examples.note, 1)
    reaper = Reaper()
    for number in range(len(PAUSES) + 1):
        time_machine.move_to(timezone.now() + timedelta(hours=1), tick=False)
        assert take(f"worker {number}")
        reaper.look()
        assert reaper.look() == 1
    assert jobs.set_aside().get().exception_class_path.endswith("leases.Lost")


def test_a_worker_finds_a_job_that_it_lost_on_the_way_to_the_database(in_scope):
    jobs.later(examples.note, 1)
    beat("worker", "alive")
    assert take("alive")
    reaper = Reaper("alive")
    assert (reaper.look(), reaper.look()) == (0, 1)


@pytest.mark.hostile("H02")
def test_a_worker_that_slept_through_its_lease_can_neither_finish_nor_fail_its_job(in_scope, time_machine):
    jobs.later(examples.note, 1)
    asleep = take("asleep")
    reaper = Reaper()
    reaper.look()
    reaper.look()
    time_machine.move_to(timezone.now() + timedelta(minutes=1), tick=False)
    awake = take("awake")
    for way_out in (asleep.finish, lambda: asleep.fail(ValueError())):
        with pytest.raises(Fenced):
            way_out()
    do(asleep)
    assert examples.marks() == []
    do(awake)
    assert examples.marks() == ["note 1"]
    assert DBTaskResult.objects.get().status == TaskResultStatus.SUCCESSFUL


def test_what_is_written_inside_finishing_by_a_fenced_worker_is_undone(in_scope):
    jobs.later(examples.note, 1)
    claim = take("asleep")
    DBTaskResult.objects.update(worker_ids=["asleep", "awake"])
    token = holding.set(claim)
    with pytest.raises(Fenced), finishing():
        examples.Tick.objects.create(schedule="too late", due_at=examples.START)
    holding.reset(token)
    assert examples.marks() == []


def test_the_parts_that_nobody_has_heard_of_are_named(db):
    assert silent_parts() == ["worker", "scheduler"]
    beat("worker", "one")
    beat("scheduler", "two")
    assert silent_parts() == []
    fall_silent("two")
    assert silent_parts() == ["scheduler"]
