import threading
import time
from datetime import UTC, datetime, timedelta

import pytest

from privateoffice.foundations.jobs import queue as jobs
from privateoffice.foundations.jobs import scheduler
from privateoffice.foundations.jobs.api import DBTaskResult
from privateoffice.foundations.jobs.models import Asker, Tick
from privateoffice.foundations.jobs.tasks import clear_away, clear_rounds
from privateoffice.foundations.jobs.tests import examples
from privateoffice.foundations.jobs.worker import drain
from privateoffice.foundations.offices import scope
from privateoffice.foundations.registry.declarations import Every

pytestmark = pytest.mark.django_db

SIX = datetime(2026, 1, 26, 6, tzinfo=UTC)
MORNING = Every("0 7 * * *", examples.say_who, "the morning round")


@pytest.fixture(autouse=True)
def schedule(monkeypatch):
    """The house has one schedule."""
    monkeypatch.setattr(scheduler, "schedules", lambda: iter([("tests: the morning round", MORNING)]))


def test_a_schedule_is_put_down_once_for_each_office_and_done_under_its_name(cast):
    assert scheduler.fire(SIX) == 0
    assert scheduler.fire(SIX + timedelta(hours=1)) == 2
    assert scheduler.fire(SIX + timedelta(hours=2)) == 0
    drain()
    assert [mark for mark in examples.marks() if "tests:" not in mark] == [
        f"the morning round in {cast.homicide}",
        f"the morning round in {cast.proactive}",
    ]


def test_ticks_missed_while_nothing_ran_count_as_one(cast):
    scheduler.fire(SIX)
    assert scheduler.fire(SIX + timedelta(days=9)) == 2
    assert scheduler.fire(SIX + timedelta(days=9, minutes=1)) == 0


@pytest.mark.hostile("H02")
def test_a_second_scheduler_that_saw_the_same_moment_puts_nothing_down(cast):
    due_at = SIX + timedelta(hours=1)
    Tick.objects.create(schedule="tests: the morning round", due_at=due_at)
    assert scheduler._fire_one("tests: the morning round", MORNING, SIX, due_at) == 0
    assert not DBTaskResult.objects.exists()


@pytest.mark.hostile("G10")
def test_a_clock_put_back_fires_nothing_twice(cast):
    scheduler.fire(SIX)
    assert scheduler.fire(SIX + timedelta(hours=1, minutes=10)) == 2
    for minutes in (0, 59, 61, 70):
        assert scheduler.fire(SIX + timedelta(minutes=minutes)) == 0


@pytest.mark.hostile("G10")
def test_a_tick_written_by_a_wrong_clock_holds_nothing_up(cast):
    scheduler.fire(SIX)
    Tick.objects.create(schedule="tests: the morning round", due_at=SIX + timedelta(days=365))
    assert scheduler.fire(SIX + timedelta(hours=1)) == 2


def test_a_schedule_does_not_pile_up_while_no_worker_runs(cast):
    scheduler.fire(SIX)
    assert scheduler.fire(SIX + timedelta(days=1)) == 2
    assert scheduler.fire(SIX + timedelta(days=2)) == 0
    drain()
    assert scheduler.fire(SIX + timedelta(days=3)) == 2


def test_a_schedule_of_the_house_runs_once_and_not_for_each_office(cast, monkeypatch):
    whole = Every("0 7 * * *", examples.say_who, "the house", once_for_the_house=True)
    monkeypatch.setattr(scheduler, "schedules", lambda: iter([("tests: the house", whole)]))
    scheduler.fire(SIX)
    assert scheduler.fire(SIX + timedelta(days=1)) == 1
    drain()
    assert "the house in None" in examples.marks()


def test_what_is_a_month_old_is_cleared_away_and_the_schedule_remembered(cast, time_machine):
    time_machine.move_to(SIX)
    scheduler.fire(SIX - timedelta(days=90))
    scheduler.fire(SIX - timedelta(days=60))
    with scope.acting_as_system("test"):
        jobs.later(examples.give_up)
    drain()
    DBTaskResult.objects.update(finished_at=SIX - timedelta(days=40))
    clear_away.call()
    clear_rounds.call()
    assert [job.task_name for job in DBTaskResult.objects.all()] == ["give_up"]
    assert Asker.objects.count() == 1
    assert Tick.objects.filter(schedule__startswith="tests").count() == 1
    assert scheduler.fire(SIX + timedelta(days=1)) == 2


def test_rounds_that_are_done_are_swept_and_nothing_else(cast, time_machine, monkeypatch):
    minutely = Every("* * * * *", examples.say_nothing, "the outbox")
    failing = Every("* * * * *", examples.give_up, "what fails")
    monkeypatch.setattr(
        scheduler, "schedules", lambda: iter([("tests: the outbox", minutely), ("tests: what fails", failing)])
    )
    with scope.acting_as_system("test"):
        jobs.later(examples.say_nothing)
    for minute in range(181):
        time_machine.move_to(SIX + timedelta(minutes=minute), tick=False)
        scheduler.fire(SIX + timedelta(minutes=minute))
        drain()
        if minute % 60 == 17:
            clear_rounds.call()
    done = DBTaskResult.objects.successful()
    assert done.filter(asker__schedule__startswith="tests: the outbox").count() <= 2 * 104
    assert done.filter(asker__schedule="").count() == 1
    assert jobs.set_aside().count() == 2 * 180


def test_a_tick_that_was_swept_long_ago_is_not_put_down_again_by_a_scheduler_that_slept(cast, time_machine):
    time_machine.move_to(SIX + timedelta(days=2, hours=2), tick=False)
    for day in range(3):
        scheduler.fire(SIX + timedelta(days=day, hours=1))
        DBTaskResult.objects.all().delete()
    clear_rounds.call()
    slept = SIX + timedelta(days=1, hours=1)
    assert scheduler._fire_one("tests: the morning round", MORNING, SIX - timedelta(days=9), slept) == 0


class House:
    """A house of one room that watches something."""

    def __init__(self, *watches):
        self.watches = watches

    def rooms(self):
        return [self]


def test_what_rooms_watch_goes_on_beside_the_clock_and_ends_with_it(monkeypatch):
    told = []

    def watch(stopping):
        told.append("begun")
        stopping.wait()
        told.append("ended")

    monkeypatch.setattr(scheduler, "house", House(watch))
    with scheduler.watching(threading.Event()):
        wait_until(lambda: told == ["begun"])
    assert told == ["begun", "ended"]


def test_a_watch_that_breaks_is_begun_again_and_stops_no_clock(monkeypatch):
    told = []

    def watch(stopping):
        told.append("begun")
        if len(told) == 1:
            raise ZeroDivisionError
        stopping.wait()

    monkeypatch.setattr(scheduler, "house", House(watch))
    monkeypatch.setattr(scheduler, "AFTER_A_BREAK", 0.01)
    with scheduler.watching(threading.Event()):
        wait_until(lambda: len(told) == 2)
    assert told == ["begun", "begun"]


def wait_until(fact):
    end = time.monotonic() + 20
    while not fact():
        assert time.monotonic() < end
        time.sleep(0.01)
