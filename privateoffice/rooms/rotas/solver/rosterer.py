"""The process of the solver by the day: compiles its kernels, or loads them, before it takes a question.

It and its workers load nothing that imports ortools.
"""

import os
from pathlib import Path
from typing import Any

from .child import KERNELS
from .effort import Effort, Heard, Stop
from .model import Problem
from .roster.warming import warm
from .serving import say, serve


def _roster(problem: Problem, question: dict[str, Any], stop: Stop) -> Any:
    from .byday import solving

    def heard(each: Heard) -> None:
        say("heard", each)

    try:
        return {"made": solving.solve(problem, Effort(**question["effort"]), heard, stop)}
    except solving.NotByTheDay as fault:
        return {"refused": str(fault)}


if __name__ == "__main__":
    warm(Path(os.environ[KERNELS]) if os.environ.get(KERNELS) else None)
    serve({"roster": _roster})
