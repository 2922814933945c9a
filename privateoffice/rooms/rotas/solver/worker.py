"""The other end of `process`: answers questions that come in as lines of JSON, until its parent closes the line.

It imports ortools and therefore nothing that imports highspy. A line that says "stop" ends one search.
"""

import json
import os
import queue
import sys
import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any

from . import duty
from .effort import Effort, Heard, Stop
from .explain import any_rota, explain
from .mend import mend
from .model import LONDON, Absence, Assignment, Problem
from .ways import ways_out
from .written import as_kind, plain, problem_from_json

Said = Callable[[str, Any], None]


class Inbox:
    """Questions from the parent, each with what stops it. The end of the line means that nobody waits any more."""

    def __init__(self) -> None:
        self.questions: queue.Queue[tuple[dict[str, Any], Stop]] = queue.Queue()
        self._stops: dict[int, Stop] = {}
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        for line in sys.stdin:
            said = json.loads(line)
            if "stop" in said:
                self._stops[said["stop"]].ask()
            else:
                stop = self._stops[said["number"]] = Stop()
                self.questions.put((said, stop))
        os._exit(0)


def say(kind: str, value: Any) -> None:
    sys.stdout.write(json.dumps({kind: plain(value)}, ensure_ascii=False) + "\n")
    sys.stdout.flush()


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


TASKS: dict[str, Callable[[Problem, dict[str, Any], Stop], Any]] = {
    "solve": _solve,
    "explain": _explain,
    "mend": _mend,
}


def main() -> None:
    inbox = Inbox()
    say("ready", True)
    while True:
        question, stop = inbox.questions.get()
        try:
            answer = TASKS[question["task"]](problem_from_json(question["problem"]), question, stop)
        except Exception as fault:
            say("fault", f"{type(fault).__name__}: {fault}")
        else:
            say("answer", answer)


if __name__ == "__main__":
    main()
