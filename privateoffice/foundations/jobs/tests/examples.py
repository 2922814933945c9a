"""Tasks that the tests of the queue put down. They write Ticks, which need no room and have no scope."""

import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from privateoffice.foundations.jobs.models import Tick
from privateoffice.foundations.jobs.queue import GiveUp, finishing, task
from privateoffice.foundations.offices import scope

START = datetime(2026, 1, 1, tzinfo=UTC)


@task
def note(number: int) -> None:
    """Leave a mark that shows when it is left twice."""
    with finishing():
        marks = Tick.objects.filter(schedule=f"note {number}").count()
        Tick.objects.create(schedule=f"note {number}", due_at=START + timedelta(seconds=marks))


@task
def note_when_let_go(number: int, gate: str) -> None:
    """Leave a mark at the start, wait until the file `gate` is there, and leave another."""
    Tick.objects.create(schedule=f"begun {number}", due_at=datetime.now(UTC))
    while not Path(gate).exists():
        time.sleep(0.05)
    with finishing():
        marks = Tick.objects.filter(schedule=f"note {number}").count()
        Tick.objects.create(schedule=f"note {number}", due_at=START + timedelta(seconds=marks))


@task
def say_who() -> None:
    acting = scope.current()
    Tick.objects.create(schedule=f"{acting.actor} in {acting.office}", due_at=START)


@task
def say_nothing() -> None:
    """A round that finds nothing to do."""


@task
def fail() -> None:
    raise ValueError("it never works")


@task
def give_up() -> None:
    raise GiveUp("it would only fail again")


@task
def spoil() -> None:
    """Write something, and fail in the same transaction."""
    with finishing():
        Tick.objects.create(schedule="spoiled", due_at=START)
        raise ValueError("after the write")


def marks() -> list[str]:
    return list(Tick.objects.order_by("schedule", "due_at").values_list("schedule", flat=True))
