"""Runs the workers in processes of their own, tells how they stand, and gives the answer with what it rests on."""

import multiprocessing
import os
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from multiprocessing.process import BaseProcess
from typing import Any

from .exact import prove
from .exchange import Exchange, Progress
from .instance import Instance, Roster
from .meter import Meter
from .start import NobodyCan
from .worker import Worker

VERSION = "1"
GRACE = 5.0
LOOK = 0.05
TINY = 900
THREADS = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS")


@dataclass(frozen=True)
class Settings:
    """How long, with how many workers, and from which seed. `counted`: the allowance is work, not seconds."""

    seconds: float = 60.0
    workers: int = 2
    seed: int = 1
    counted: bool = False


@dataclass(frozen=True)
class Outcome:
    """A roster, or None where no person's rules left time for one; and all that is kept with it."""

    roster: Roster | None
    cost: float | None
    bound: float | None
    proved: bool
    seconds: float
    trace: list[tuple[float, float]]
    digest: str
    seed: int
    version: str
    mode: str


def solve(
    instance: Instance,
    settings: Settings,
    on_progress: Callable[[Progress], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
    begun: float | None = None,
) -> Outcome:
    """Solve in child processes, until the allowance is spent, all is proved, or `cancelled` says so.

    `begun` (time.monotonic) is when the allowance began, where that was earlier than now. Raises NobodyCan where a
    person's own rules leave no row at all.
    """
    begun = time.monotonic() if begun is None else begun
    context = multiprocessing.get_context("spawn")
    exchange = Exchange(instance, settings.workers, settings.counted, context)
    told = context.SimpleQueue()
    tasks: list[tuple[Callable[..., None], tuple[Any, ...]]] = [
        (work, (instance, exchange, settings, number, begun, told)) for number in range(settings.workers)
    ]
    if instance.size <= TINY and not settings.counted:
        tasks.append((prove, (instance, exchange, settings.seconds / 3)))
    workers = [context.Process(target=task, args=given, daemon=True) for task, given in tasks]
    _start(workers)
    try:
        _watch(workers, exchange, settings, begun, on_progress, cancelled)
    finally:
        exchange.stop()
        _end(workers)
    return _outcome(instance, exchange, settings, begun, told)


def _start(workers: Sequence[BaseProcess]) -> None:
    """One thread each for linear algebra: the workers are the parallelism."""
    before = {name: os.environ.get(name) for name in THREADS}
    os.environ.update(dict.fromkeys(THREADS, "1"))
    try:
        for worker in workers:
            worker.start()
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


def _watch(
    workers: Sequence[BaseProcess],
    exchange: Exchange,
    settings: Settings,
    begun: float,
    on_progress: Callable[[Progress], None] | None,
    cancelled: Callable[[], bool] | None,
) -> None:
    last = None
    while any(worker.is_alive() for worker in workers):
        now = exchange.progress()
        if on_progress and (now.cost, now.bound) != last:
            on_progress(now)
            last = now.cost, now.bound
        late = not settings.counted and time.monotonic() - begun > settings.seconds
        proved = not settings.counted and exchange.proved()
        failed = settings.counted and any(worker.exitcode for worker in workers)
        if late or proved or failed or (cancelled and cancelled()):
            return
        time.sleep(LOOK)


def _end(workers: Sequence[BaseProcess]) -> None:
    """End what still runs: the best roster lies in memory that is shared."""
    for worker in workers:
        worker.terminate()
    for worker in workers:
        worker.join(GRACE)
        if worker.is_alive():
            worker.kill()
            worker.join()


def work(instance: Instance, exchange: Exchange, settings: Settings, number: int, begun: float, told: Any) -> None:
    """One worker's whole life."""
    exchange.sit(number, begun)
    meter = Meter(settings.seconds, settings.counted, begun)
    try:
        Worker(instance, exchange, meter, number, settings.seed).run()
    except NobodyCan as refusal:
        told.put(str(refusal))
        exchange.stop()


def _outcome(instance: Instance, exchange: Exchange, settings: Settings, begun: float, told: Any) -> Outcome:
    roster, trace = exchange.outcome()
    if roster is None and not told.empty():
        raise NobodyCan(told.get())
    stands = exchange.progress()
    return Outcome(
        roster=roster,
        cost=stands.cost,
        bound=stands.bound,
        proved=exchange.proved(),
        seconds=time.monotonic() - begun,
        trace=trace,
        digest=instance.digest,
        seed=settings.seed,
        version=VERSION,
        mode="work" if settings.counted else "clock",
    )
