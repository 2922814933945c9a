"""A job in words: what it does, for which office, and why it gave up. Nothing of what it was given is told.

What an exception says may quote a letter or hold a password. So its kind is told, in a sentence of ours.
"""

import errno
import os
import re
from importlib import import_module
from typing import Any

from privateoffice.foundations.jobs.api import DBTaskResult

OURS = "privateoffice."
SENTENCES = {
    "GiveUp": "It would only have failed again.",
    "MemoryError": "There was not enough memory.",
    "TimeoutError": "Something did not answer in time.",
    "ConnectionRefusedError": "Another machine refused the connection.",
    "OperationalError": "The database was busy or did not answer.",
    "IntegrityError": "The database refused, because something like it is there already.",
    "DataError": "The database refused what was to be written.",
    "DoesNotExist": "What it was about is no longer there.",
    "PermissionDenied": "Whoever asked may not do this.",
    "ImportError": "This version of the program no longer knows this job.",
    "ModuleNotFoundError": "This version of the program no longer knows this job.",
}
ERRORS = {
    errno.ENOSPC: "The disk is full.",
    errno.EROFS: "The disk is read-only.",
    errno.EACCES: "The machine does not let the program read or write a file.",
}
_NUMBERED = re.compile(r"^\S*Error: \[Errno (\d+)\]", re.MULTILINE)


def name_of(job: DBTaskResult) -> str:
    """What a job does, in the words of its task."""
    task = _found(job.task_path)
    said = _documented(getattr(task, "func", None))
    first = re.split(r"[.;:]\s|[.;:]$", said, maxsplit=1)[0].strip()
    return " ".join(first.split()) or job.task_path.rpartition(".")[2].replace("_", " ").capitalize()


def why_it_gave_up(job: DBTaskResult) -> str:
    """The last fault of a job, as one sentence that quotes nothing."""
    path = job.exception_class_path
    kind = path.rpartition(".")[2]
    if not path:
        return ""
    if kind in SENTENCES:
        return SENTENCES[kind]
    if path.startswith(OURS) and (said := _docstring(path)):
        return said
    return _numbered(job.traceback) or f"The program met a fault of its own ({kind}). The worker’s log says more."


def office_id_of(job: DBTaskResult) -> int | None:
    """The office that a job is done for; nothing where it is the whole house's."""
    asker = getattr(job, "asker", None)
    return asker.scope.get("office") if asker else None


def _docstring(path: str) -> str:
    """The first sentence in which one of our own exceptions says what it means."""
    said = _documented(_found(path)).split("\n")[0]
    return re.split(r"(?<=\.)\s", said, maxsplit=1)[0]


def _documented(thing: Any) -> str:
    """What a thing says of itself; nothing where there is none, as None too has a docstring on Python 3.13."""
    return (thing.__doc__ or "").strip() if thing is not None else ""


def _numbered(traceback: str) -> str:
    """What the machine's own error number means, where the last fault had one."""
    found = _NUMBERED.findall(traceback)
    if not found:
        return ""
    number = int(found[-1])
    return ERRORS.get(number) or f"The machine refused: {os.strerror(number).lower()}."


def _found(path: str) -> Any:
    module, _, name = path.rpartition(".")
    try:
        return getattr(import_module(module), name, None) if module.startswith(OURS) else None
    except ImportError:
        return None
