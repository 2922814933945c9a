"""What a question finds: what a reference means, and the hits by kind, newest first or in order of fit."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.core.paginator import Page, Paginator

from privateoffice.foundations.offices.models import Office
from privateoffice.foundations.records import asking
from privateoffice.foundations.records.finding import END, HIT, RANKED, excerpts, in_order_of_fit
from privateoffice.foundations.records.models import Record
from privateoffice.foundations.records.pages import kinds_open_to_us
from privateoffice.foundations.registry.declarations import Kind

A_PAGE = 30
MOST_REFERRED = 8
MOST_TYPED_AHEAD = 8
SHORTEST_TYPED_AHEAD = 2


@dataclass(frozen=True)
class Finding:
    """One question as one person may have it answered. Each part is asked for when it is shown."""

    text: str
    office: Office
    kind: str = ""  # the place of a kind in addresses, or all of them
    is_by_fit: bool = False

    @cached_property
    def kinds(self) -> dict[str, Kind]:
        return {kind.label: kind for kind in kinds_open_to_us(self.office)}

    @cached_property
    def chosen(self) -> Kind | None:
        return next((kind for kind in self.kinds.values() if kind.path == self.kind), None)

    @cached_property
    def asked(self) -> asking.Asked:
        return asking.asked(self.text)

    @cached_property
    def reference(self) -> asking.Reference | None:
        return asking.reference(self.text)

    @cached_property
    def newest(self) -> list[tuple[int, str]]:
        """The newest hits of all kinds, with the kind of each."""
        return self._newest_of(self.kinds)

    def _newest_of(self, kinds: Iterable[str]) -> list[tuple[int, str]]:
        return list(Record.objects.filter(kind__in=kinds).hits(self.asked).values_list("pk", "kind")[:RANKED])

    @property
    def is_cut(self) -> bool:
        """Whether there may be older hits that were not looked at."""
        return len(self.newest) == RANKED

    @cached_property
    def of_the_chosen_kind(self) -> list[int]:
        if self.chosen and self.is_cut:
            return [pk for pk, _ in self._newest_of([self.chosen.label])]
        return [pk for pk, kind in self.newest if not self.chosen or kind == self.chosen.label]

    @cached_property
    def counts(self) -> Counter[str]:
        """How many of each kind, in scope, among the newest."""
        return Counter(kind for _, kind in self.newest)

    @cached_property
    def referred(self) -> list[Record]:
        """The records that a reference can mean, newest first."""
        if self.reference is None:
            return []
        meant = Record.objects.filter(kind__in=self.kinds).referred(self.reference)
        return list(meant.with_end().order_by("-made_at", "-pk")[:MOST_REFERRED])

    @property
    def is_one_record(self) -> bool:
        """Whether a reference was typed and means one record: then that is where to go."""
        return bool(self.reference and not self.reference.is_plain and len(self.referred) == 1)

    def page(self, number: Any) -> Page:
        """One page of hits with the words around them."""
        ids = self.of_the_chosen_kind
        page = Paginator(in_order_of_fit(ids, self.asked) if self.is_by_fit else ids, A_PAGE).get_page(number)
        page.object_list = self._shown(list(page.object_list)) if ids else []
        return page

    def _shown(self, ids: list[int]) -> list[Any]:
        records, around = Record.objects.with_end().in_bulk(ids), excerpts(ids, self.asked)
        for pk, record in records.items():
            record.excerpt = around.get(pk, "")
        return [records[pk] for pk in ids if pk in records]


def typed_ahead(text: str, office: Office) -> list[Record]:
    """The few records that are meant while somebody still types: by reference, then by title, newest first."""
    records = Record.objects.filter(kind__in=[kind.label for kind in kinds_open_to_us(office)])
    number = asking.reference(text)
    meant = list(records.referred(number).order_by("-made_at", "-pk")[:MOST_TYPED_AHEAD]) if number else []
    words = asking.asked(text, in_titles=True, shortest=SHORTEST_TYPED_AHEAD)
    titled = records.hits(words).exclude(pk__in=[record.pk for record in meant])
    return [*meant, *titled[: MOST_TYPED_AHEAD - len(meant)]]


def pieces_of(excerpt: str) -> list[tuple[str, bool]]:
    """An excerpt as its pieces, each with whether it is a hit."""
    parts = re.split(f"{HIT}([^{END}]*){END}", excerpt or "")
    return [(words, bool(place % 2)) for place, words in enumerate(parts) if words]
