"""Filling the rest: by the day where a rota is one of daily duties under such rules, else by blocks."""

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.conf import settings

from privateoffice.rooms.rotas.models import Duty, Run
from privateoffice.rooms.rotas.services.problem import Ground, problem_of
from privateoffice.rooms.rotas.solver import answers, effort, model, process
from privateoffice.rooms.rotas.solver.byday import fitting

SECONDS = 10.0
SECONDS_BY_THE_DAY = 25.0
"""Longer, since its workers take some seconds to load."""
PAUSE = 0.5


def fill(run: Run, ground: Ground) -> dict[str, Any]:
    """The gaps filled around what stands; or, anew, everything but what is pinned."""
    anew = bool(run.asked.get("anew"))
    free = [
        d
        for d in ground.duties
        if (d.person_id is None or (anew and not d.is_pinned)) and d.starts_at > ground.now
    ]
    problem = problem_of(ground, free=free)
    why_not = fitting.why_not(problem)
    found = why_not or _by_the_day(problem, run)
    if isinstance(found, str):
        return _told(_by_blocks(problem, run)) | {"method": "blocks", "why_blocks": found}
    return _told(found) | {"method": "day"}


def _by_blocks(problem: model.Problem, run: Run) -> answers.Solution:
    hard = effort.Effort(mode=effort.CLOCK, limit=SECONDS)
    return process.solve(problem, hard, heard=_listener(run), cancelled=_cancelled(run))


def _by_the_day(problem: model.Problem, run: Run) -> answers.Solution | str:
    """What the solver by the day makes of it, or why that may not stand."""
    hard = effort.Effort(mode=effort.CLOCK, limit=SECONDS_BY_THE_DAY)
    listener, cancelled = _listener(run), _cancelled(run)
    found = process.roster(problem, hard, heard=listener, cancelled=cancelled, kernels=kernels_folder())
    return found if isinstance(found, answers.Solution) else f"By the day it could not be done: {found}"


def kernels_folder() -> Path:
    """Where the compiled kernels of this version of the product lie."""
    return Path(settings.HOME) / "kernels"


def _told(found: answers.Solution) -> dict[str, Any]:
    """A rota as a run keeps it."""
    return {
        "assignments": [[each.block, each.person] for each in found.assignments],
        "gaps": [gap.words for gap in found.gaps],
        "waived": [each.words for each in found.waived],
        "cost": found.cost,
        "bound": found.bound,
        "words": found.proof,
        "seed": found.seed,
        "version": found.version,
        "model": found.model_hash,
        "seconds": found.seconds,
        "cut_short": found.cut_short,
    }


def _listener(run: Run) -> Callable[[effort.Heard], None]:
    progress: list[dict[str, Any]] = []
    duties = set(Duty.objects.filter(period=run.period).values_list("pk", flat=True))

    def heard(said: effort.Heard) -> None:
        gaps = len(duties) - len({each.block for each in said.assignments}) if said.gaps is None else said.gaps
        progress.append(
            {"seconds": said.seconds, "cost": said.cost, "bound": said.cost - said.better, "gaps": gaps}
        )
        Run.objects.filter(pk=run.pk).update(progress=progress[-40:])

    return heard


def _cancelled(run: Run) -> Callable[[], bool]:
    asked_at = 0.0

    def cancelled() -> bool:
        nonlocal asked_at
        if time.monotonic() - asked_at < PAUSE:
            return False
        asked_at = time.monotonic()
        return Run.objects.filter(pk=run.pk).exclude(asked_to_stop_at=None).exists()

    return cancelled
