"""Answers questions that come in as lines of JSON, until the parent closes the line: the child's end of `process`.

A line that says "stop" ends one search.
"""

import json
import multiprocessing
import os
import queue
import sys
import threading
from collections.abc import Callable, Mapping
from typing import Any

from .effort import Stop
from .model import Problem
from .written import plain, problem_from_json

Task = Callable[[Problem, dict[str, Any], Stop], Any]


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
        for child in multiprocessing.active_children():
            child.kill()
        os._exit(0)


def say(kind: str, value: Any) -> None:
    sys.stdout.write(json.dumps({kind: plain(value)}, ensure_ascii=False) + "\n")
    sys.stdout.flush()


def serve(tasks: Mapping[str, Task]) -> None:
    """Say that all is loaded, and answer one question after another."""
    inbox = Inbox()
    say("ready", True)
    while True:
        question, stop = inbox.questions.get()
        try:
            answer = tasks[question["task"]](problem_from_json(question["problem"]), question, stop)
        except Exception as fault:
            say("fault", f"{type(fault).__name__}: {fault}")
        else:
            say("answer", answer)
