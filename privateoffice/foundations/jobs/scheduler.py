"""The scheduler: puts down the jobs whose time has come, once for each office, however many of it run."""

import logging
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta

from django.db import DatabaseError, IntegrityError, close_old_connections, connection, transaction
from django.db.models import Max

from privateoffice.foundations.clock import clock
from privateoffice.foundations.jobs.beats import beating, new_name
from privateoffice.foundations.jobs.cron import latest_due
from privateoffice.foundations.jobs.models import Tick, beat_pause
from privateoffice.foundations.jobs.queue import is_waiting, put_down
from privateoffice.foundations.offices import scope
from privateoffice.foundations.offices.models import Office
from privateoffice.foundations.registry import house
from privateoffice.foundations.registry.declarations import Every

logger = logging.getLogger(__name__)

PARTING = 5.0
AFTER_A_BREAK = 30.0
WRONG_CLOCK = timedelta(days=2)
"""A tick further ahead than this was written by a machine whose clock was wrong, and holds nothing up."""


class Scheduler:
    """One scheduler. `run` goes on until SIGTERM."""

    def __init__(self) -> None:
        self._stopping = threading.Event()

    def run(self) -> None:
        """Look at the clock until told to stop."""
        signal.signal(signal.SIGTERM, lambda *_: self._stopping.set())
        with beating("scheduler", new_name()), watching(self._stopping):
            while not self._stopping.wait(beat_pause().total_seconds()):
                self._turn()

    def _turn(self) -> None:
        try:
            close_old_connections()
            fire(clock.now())
        except DatabaseError:
            logger.exception("The scheduler could not reach the database.")
            connection.close()


@contextmanager
def watching(stopping: threading.Event) -> Iterator[None]:
    """What rooms watch besides the clock, each in a thread of its own that ends soon after it is told to."""
    watches = [watch for room in house.rooms() for watch in room.watches]
    threads = [threading.Thread(target=_keep_up, args=(watch, stopping), daemon=True) for watch in watches]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        stopping.set()
        for thread in threads:
            thread.join(PARTING)


def _keep_up(watch: Callable[[threading.Event], None], stopping: threading.Event) -> None:
    """Begin a watch again after a pause where it broke: the clock goes on meanwhile."""
    while not stopping.is_set():
        try:
            watch(stopping)
        except Exception:  # whatever broke is written down, and polling goes on without it
            logger.exception("A watch broke, and is begun again.")
            connection.close()
            stopping.wait(AFTER_A_BREAK)
    connection.close()


def schedules() -> Iterator[tuple[str, Every]]:
    """Every schedule of the house, under the name of its room."""
    for room in house.rooms():
        for every in room.jobs:
            yield f"{room.name}: {every.name}", every


def fire(now: datetime) -> int:
    """Put down the jobs of all schedules that fell due since they were last put down; returns how many.

    Ticks missed while nothing ran count as one. A schedule that is seen first waits for its next tick.
    """
    ticks = Tick.objects.filter(due_at__lte=now + WRONG_CLOCK).values("schedule").annotate(last=Max("due_at"))
    last = dict(ticks.values_list("schedule", "last"))
    return sum(_fire_one(name, every, last.get(name), now) for name, every in schedules())


def begin_anew(now: datetime) -> None:
    """Count every schedule from now on: what fell due before is not made up for."""
    ticks = [Tick(schedule=name, due_at=now) for name, _ in schedules()]
    Tick.objects.bulk_create(ticks, ignore_conflicts=True)


def _fire_one(name: str, every: Every, last: datetime | None, now: datetime) -> int:
    if last is None:
        Tick.objects.create(schedule=name, due_at=now)
        return 0
    due_at = latest_due(every.cron, now)
    if due_at <= last:
        return 0
    with suppress(IntegrityError), transaction.atomic():
        Tick.objects.create(schedule=name, due_at=due_at)
        return sum(_put_down(name, every, office) for office in _offices_of(every))
    return 0  # Another scheduler was first.


def _offices_of(every: Every) -> list[Office | None]:
    return [None] if every.once_for_the_house else list(Office.objects.all())


def _put_down(name: str, every: Every, office: Office | None) -> int:
    """One office's job; none where the last one is still waiting for a worker."""
    schedule = f"{name} @ {office.slug}" if office else name
    if is_waiting(schedule):
        return 0
    with scope.acting_as_system(every.name, office=office):
        put_down(every.task, (), {}, schedule=schedule)
    return 1
