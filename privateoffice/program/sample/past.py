"""The past, lived in order: every act at its own moment, by whoever did it, through the real verbs."""

import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from itertools import count
from typing import Any

from privateoffice.foundations.clock import clock
from privateoffice.foundations.offices import scope
from privateoffice.foundations.offices.models import Office, Person

SYSTEM = "sample data"


class Past:
    """Acts that are planned in any order and lived by the clock. What lies ahead of now is left undone."""

    def __init__(self, now: datetime):
        self.now = now
        self.seconds: Counter[str] = Counter()
        self._acts: list[tuple[datetime, int, str, Office, Person | None, Callable[[], Any]]] = []
        self._turn = count()
        self._scopes: dict[tuple[int, int], scope.Scope] = {}

    def plan(self, part: str, at: datetime, office: Office, who: Person | None, do: Callable[[], Any]) -> None:
        """Let somebody do something at a moment; nobody is the system itself."""
        if at <= self.now:
            self._acts.append((at, next(self._turn), part, office, who, do))

    def live(self) -> None:
        """Live it: oldest first, and what was planned first where two fall together."""
        for at, _, part, office, who, do in sorted(self._acts, key=lambda act: act[:2]):
            with clock.stopped_at(at), self.timed(part), self._acting(office, who):
                do()
        self._acts.clear()

    @contextmanager
    def timed(self, part: str) -> Iterator[None]:
        """Count the seconds of a part."""
        begun = time.perf_counter()
        try:
            yield
        finally:
            self.seconds[part] += time.perf_counter() - begun

    @contextmanager
    def _acting(self, office: Office, who: Person | None) -> Iterator[None]:
        if who is None:
            with scope.acting_as_system(SYSTEM, office=office):
                yield
        else:
            with scope.opened(self._scope(office, who)):
                yield

    def _scope(self, office: Office, who: Person) -> scope.Scope:
        """The scope of a holder, asked for once: roles of the sample stand all the time, cover does not."""
        held = self._scopes.get((office.pk, who.pk))
        if held is None:
            held = scope.scope_of(who, office)
            if not held.is_cover:
                self._scopes[office.pk, who.pk] = held
        return held
