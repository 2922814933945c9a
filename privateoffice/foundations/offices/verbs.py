"""How a verb is performed: one transaction, the policy asked, the trail written last.

@verb("enquiries.resolve")
def resolve(enquiry, *, answer):
    closing = records.close(enquiry, outcome="answered", words=answer)
    trail(enquiry, answer=answer)
    return closing
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from django.db import transaction

from privateoffice.foundations.audit import services as audit
from privateoffice.foundations.clock import clock
from privateoffice.foundations.offices import policy, scope

P = ParamSpec("P")
R = TypeVar("R")


@dataclass
class Performance:
    """What one outermost verb gathers before it is done: lines for the trail, and the records they are about."""

    lines: list[audit.Line] = field(default_factory=list)
    records: dict[int, Any] = field(default_factory=dict)


class NotInAVerb(Exception):
    """The trail is written, and records are changed, inside a verb only."""


_performance: ContextVar[Performance | None] = ContextVar("performance", default=None)
_verbs: ContextVar[tuple[str, ...]] = ContextVar("verbs", default=())

before_closing: list[Callable[[Performance], None]] = []
"""What must happen in the verb's transaction just before its trail is written, such as the search index."""


def verb(name: str) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Make a service function a verb of the house."""

    def decorate(function: Callable[P, R]) -> Callable[P, R]:
        @wraps(function)
        def perform(*args: P.args, **kwargs: P.kwargs) -> R:
            policy.require(name, args[0] if args else None)
            with performing(name):
                return function(*args, **kwargs)

        perform.verb = name  # type: ignore[attr-defined]
        return perform

    return decorate


@contextmanager
def performing(name: str) -> Iterator[Performance]:
    """One transaction around a verb; the outermost writes what was gathered, as its last statements."""
    outer = _performance.get()
    performance = outer or Performance()
    held, named = _performance.set(performance), _verbs.set((*_verbs.get(), name))
    try:
        with transaction.atomic():
            yield performance
            if outer is None:
                _finish(performance)
    finally:
        _performance.reset(held)
        _verbs.reset(named)


def _finish(performance: Performance) -> None:
    for prepare in before_closing:
        prepare(performance)
    audit.append(performance.lines)


def inside_a_verb() -> bool:
    return _performance.get() is not None


def trail(subject: Any = None, *, office_id: int | None = None, **said: Any) -> None:
    """Add one line to the trail about what the verb at hand did.

    Strings are texts: only a salted digest is kept. What is no string, or wrapped in `fact`, is kept as it is.
    """
    performance = _performance.get()
    if performance is None:
        raise NotInAVerb
    performance.lines.append(_line(subject, office_id, said))
    if hasattr(subject, "marking"):
        performance.records[subject.pk] = subject


class fact(str):
    """A short string that may stand in the trail as it is: a code, a role, a name of somebody on the staff."""


def _line(subject: Any, office_id: int | None, said: dict[str, Any]) -> audit.Line:
    acting = scope.current()
    is_record = hasattr(subject, "marking")
    return audit.Line(
        office_id=office_id if office_id is not None else _office_of(subject, acting),
        actor_id=acting.person_id,
        actor=acting.actor,
        for_whom=acting.for_whom,
        verb=_verbs.get()[-1],
        at=clock.now(),
        kind=subject._meta.label_lower if hasattr(subject, "_meta") else "",
        record_id=subject.pk if is_record else None,
        reference=subject.reference if is_record else "",
        texts={name: value for name, value in said.items() if _is_text(value)},
        facts={name: _plain(value) for name, value in said.items() if not _is_text(value)},
    )


def _office_of(subject: Any, acting: scope.Scope) -> int:
    if hasattr(subject, "marking"):
        return subject.office_id
    return acting.office.pk if acting.office else 0


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and not isinstance(value, fact)


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date | datetime) else value
