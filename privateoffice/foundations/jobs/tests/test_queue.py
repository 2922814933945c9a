from datetime import datetime, timedelta

import pytest
from django.db import transaction

from privateoffice.foundations.clock import clock
from privateoffice.foundations.jobs import queue as jobs
from privateoffice.foundations.jobs.api import DBTaskResult
from privateoffice.foundations.jobs.tests import examples
from privateoffice.foundations.jobs.worker import drain
from privateoffice.foundations.offices import scope
from privateoffice.foundations.offices.models import Holding

pytestmark = pytest.mark.django_db


def test_a_job_is_done_as_whoever_asked(cast):
    with scope.acting(cast.pa, office=cast.homicide):
        jobs.later(examples.say_who)
    assert drain() == 1
    assert examples.marks() == [f"Delphine Hartsough in {cast.homicide}"]


def test_a_job_of_the_system_is_done_under_its_name(cast):
    with scope.acting_as_system("retention", office=cast.proactive):
        jobs.later(examples.say_who)
    drain()
    assert examples.marks() == [f"retention in {cast.proactive}"]


def test_a_job_is_refused_when_the_role_of_its_asker_has_ended(cast):
    with scope.acting(cast.pa, office=cast.homicide):
        jobs.later(examples.say_who)
    Holding.objects.filter(person=cast.pa.person).update(ends_at=clock.now() - timedelta(seconds=1))
    drain()
    (job,) = jobs.set_aside()
    assert job.exception_class_path.endswith("ScopeEnded")
    assert examples.marks() == []


def test_a_job_is_refused_when_the_cover_of_its_asker_has_ended(cast):
    cover = cast.cover()
    with scope.acting(cast.outsider, office=cast.homicide):
        jobs.later(examples.say_who)
    cover.ended_at = clock.now()
    cover.save()
    drain()
    assert [job.exception_class_path.rsplit(".")[-1] for job in jobs.set_aside()] == ["ScopeEnded"]
    assert examples.marks() == []


def test_nobody_can_ask_without_a_scope(cast):
    with pytest.raises(scope.NoScope):
        jobs.later(examples.say_who)
    assert not DBTaskResult.objects.exists()


@pytest.mark.hostile("H04")
def test_a_job_goes_with_the_transaction_that_asked_for_it(cast):
    with scope.acting(cast.pa, office=cast.homicide), transaction.atomic():
        jobs.later(examples.note, 1)
        transaction.set_rollback(True)
    assert not DBTaskResult.objects.exists()


@pytest.mark.parametrize(
    "given", [b"bytes", datetime(2026, 1, 1), {1: "a number as a key"}, ("a", "tuple"), float("nan")]
)
def test_a_job_takes_only_what_comes_back_from_json_as_it_was(cast, given):
    with scope.acting(cast.pa, office=cast.homicide), pytest.raises((TypeError, ValueError)):
        jobs.later(examples.note, given)
    assert not DBTaskResult.objects.exists()


def test_a_job_can_wait_for_its_moment(cast, time_machine):
    time_machine.move_to("2026-03-02T09:00:00Z", tick=False)
    with scope.acting_as_system("test"):
        jobs.later(examples.note.using(run_after=clock.now() + timedelta(hours=1)), 1)
    assert drain() == 0
    time_machine.move_to("2026-03-02T10:00:01Z", tick=False)
    assert drain() == 1
