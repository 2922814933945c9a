"""Taking the time of something, and saying it in one table and one object."""

import json
import os
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Taken:
    """The best of several runs, in seconds: on the clock, and of this process's processor."""

    wall: float
    cpu: float


def taken(act: Callable[[], Any], runs: int) -> Taken:
    """Do it once to warm up, then `runs` times."""
    act()
    walls, cpus = zip(*(_once(act) for _ in range(runs)), strict=True)
    return Taken(min(walls), min(cpus))


def taken_with_children(act: Callable[[], Any], runs: int) -> Taken:
    """The same without a first try, and with the processor time of the processes that it started and ended."""
    walls, cpus = zip(*(_once(act, time_of_all) for _ in range(runs)), strict=True)
    return Taken(min(walls), min(cpus))


def time_of_all() -> float:
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def _once(act: Callable[[], Any], spent: Callable[[], float] = time.process_time) -> tuple[float, float]:
    wall, cpu = time.perf_counter(), spent()
    act()
    return time.perf_counter() - wall, spent() - cpu


def show_table(heads: Sequence[str], lines: Sequence[Sequence[object]]) -> None:
    """Print one table in Markdown, so that it can be kept as it is."""
    cells = [[str(cell) for cell in line] for line in [heads, *lines]]
    widths = [max(len(line[i]) for line in cells) for i in range(len(heads))]
    rows = [
        "| " + " | ".join(cell.ljust(w) for cell, w in zip(line, widths, strict=True)) + " |" for line in cells
    ]
    rule = "|" + "|".join("-" * (width + 2) for width in widths) + "|"
    print("\n".join([rows[0], rule, *rows[1:]]))


def show_object(cases: dict[str, dict[str, float]]) -> None:
    """Print the last line of a benchmark: one object, times in seconds."""
    print(json.dumps(cases))


def milliseconds(seconds: float) -> str:
    return f"{seconds * 1000:.1f}"
