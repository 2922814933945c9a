"""The other end of `process` by blocks. It imports ortools and therefore nothing that imports highspy."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from . import duty
from .effort import Effort, Heard, Stop
from .explain import any_rota, explain
from .mend import mend
from .model import LONDON, Absence, Assignment, Problem
from .serving import Task, say, serve
from .ways import ways_out
from .written import as_kind


def _solve(problem: Problem, question: dict[str, Any], stop: Stop) -> Any:
    def heard(each: Heard) -> None:
        say("heard", each)

    return duty.solve(problem, Effort(**question["effort"]), heard, stop=stop)


def _explain(problem: Problem, question: dict[str, Any], stop: Stop) -> Any:
    block, seconds = question["block"], question["seconds"]
    told = question["rota"]
    rota = any_rota(problem, seconds) if told is None else tuple(as_kind(Assignment, each) for each in told)
    explanation = explain(problem, block, rota, seconds)
    return replace(explanation, ways_out=ways_out(problem, block, rota, seconds=seconds))


def _mend(problem: Problem, question: dict[str, Any], stop: Stop) -> Any:
    rota = [as_kind(Assignment, each) for each in question["rota"]]
    absences = [as_kind(Absence, each) for each in question["absences"]]
    now = datetime.fromisoformat(question["now"]).astimezone(LONDON)
    return mend(problem, rota, absences, now, seconds=question["seconds"])


TASKS: Mapping[str, Task] = {
    "solve": _solve,
    "explain": _explain,
    "mend": _mend,
}


if __name__ == "__main__":
    serve(TASKS)
