"""What happened to a record, in sentences: composed from the trail when shown, in the scope of who reads.

The trail keeps digests of texts only. The texts themselves are looked for among the record's own parts and
versions, and shown where the digest proves that they are the very ones.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import models
from django.db.models import Q

from privateoffice.foundations.audit import services as audit
from privateoffice.foundations.audit.models import Entry
from privateoffice.foundations.clock import words
from privateoffice.foundations.records.models import Link, MatterEntry, Part, Record
from privateoffice.foundations.registry import house

SHOWN_TEXTS = ("answer", "note", "reason", "words", "text", "asked", "detail")
"""The texts that a reader of the story wants to see under its sentence."""


TEXT_FIELDS = (models.CharField, models.TextField)


@dataclass(frozen=True)
class Happening:
    """One sentence of a story: who, for whom, what, when, and the words that went with it."""

    at: datetime
    who: str
    for_whom: str
    words: str
    quote: str = ""
    reference: str = ""
    is_ours: bool = True
    number: int = 0
    fingerprint: str = ""

    @property
    def sentence(self) -> str:
        who = f"{self.who} for {self.for_whom}" if self.for_whom else self.who
        return f"{who} {self.words}"

    @property
    def state(self) -> str:
        """How the trail draws it: ours filled, theirs hollow."""
        return "us" if self.is_ours else "them"


def story_of(record: Record) -> list[Happening]:
    """Everything that the trail holds about one record, newest first."""
    texts = _texts_of(record)
    named = {record.pk: f"this {record.kind_declared.word}"}
    return list(_told(Entry.objects.of_record(record.pk), named, texts))


def story_of_matter(matter: Record, *, kind: str = "", limit: int = 200) -> list[Happening]:
    """What happened on a matter and to the records on it, of one kind or all, that the reader may see."""
    on_it = MatterEntry.objects.filter(matter=matter).values("record_id")
    wanted = Record.objects.filter(Q(pk=matter.pk) | Q(pk__in=on_it))
    records = {record.pk: record for record in (wanted.filter(kind=kind) if kind else wanted)}
    named = {pk: f"{record.kind_declared.word} {record.reference}" for pk, record in records.items()}
    named[matter.pk] = "this matter"
    entries = Entry.objects.filter(record_id__in=records).order_by("-at", "-number")[:limit]
    return list(_told(entries, named, []))


def thread_of(record: Record) -> list[Record]:
    """What is linked to a record, and what arose from that, such as the delivery of an approved letter."""
    out = Link.objects.filter(from_record_id=record.pk).values_list("to_record_id", flat=True)
    into = Link.objects.filter(to_record_id=record.pk).values_list("from_record_id", flat=True)
    near = {*out, *into}
    arisen = Link.objects.filter(to_record_id__in=near, kind=Link.Kind.ARISES_FROM)
    found = (near | set(arisen.values_list("from_record_id", flat=True))) - {record.pk}
    return list(Record.objects.filter(pk__in=found).select_related("office").order_by("made_at", "pk"))


def story_of_thread(record: Record, thread: Iterable[Record]) -> list[Happening]:
    """Everything that the trail holds about a record and its thread, in order of time."""
    together = [record, *thread]
    named = {one.pk: f"{one.kind_declared.word} {one.reference}" for one in together}
    named[record.pk] = f"this {record.kind_declared.word}"
    texts = [text for one in together for text in _texts_of(one.in_full)]
    entries = Entry.objects.filter(record_id__in=named).order_by("at", "office_id", "number")
    return list(_told(entries, named, texts))


def story_of_acts(entries: Iterable[Entry]) -> list[Happening]:
    """What some entries say, without those about records that the reader may not see."""
    entries = list(entries)
    about = {entry.record_id for entry in entries if entry.record_id}
    records = Record.objects.in_bulk(about)
    named = {pk: f"{record.kind_declared.word} {record.reference}" for pk, record in records.items()}
    return list(_told((e for e in entries if not e.record_id or e.record_id in records), named, []))


def _told(entries: Iterable[Entry], named: dict[int, str], texts: list[str]) -> Iterator[Happening]:
    for entry in entries:
        yield Happening(
            at=entry.at,
            who=entry.actor,
            for_whom=entry.for_whom,
            words=_said(entry, named),
            quote=_quote(entry, texts),
            reference=entry.reference,
            is_ours=entry.actor_id is not None,
            number=entry.number,
            fingerprint=entry.fingerprint,
        )


class _Facts(dict):
    """The facts of an entry for its phrase; one that is not there leaves a gap, never an error."""

    def __missing__(self, name: str) -> str:
        return "…"


def _said(entry: Entry, named: dict[int, str]) -> str:
    facts = _Facts({name: _shown(value) for name, value in entry.facts.items()})
    facts["record"] = named.get(entry.record_id or 0, entry.reference)
    return house.phrase_for(entry.verb).format_map(facts)


def _shown(value: Any) -> str:
    """A fact as people say it: moments and days in words, lists with commas."""
    if isinstance(value, list):
        return ", ".join(map(str, value))
    if isinstance(value, str) and len(value) >= 10 and value[4:5] == "-":
        try:
            return words.day(datetime.fromisoformat(value) if "T" in value else date.fromisoformat(value))
        except ValueError:
            return value
    return str(value)


def _quote(entry: Entry, texts: list[str]) -> str:
    for name in SHOWN_TEXTS:
        if name in entry.digests:
            return next((text for text in texts if audit.matches(entry, name, text)), "")
    return ""


def _texts_of(record: Record) -> list[str]:
    """Every text that the record or one of its parts holds or held, each once."""
    found = [text for version in record.versions.all() for text in version.texts.values()]
    for relation in _part_relations(type(record)):
        fields = [f.attname for f in relation.related_model._meta.fields if isinstance(f, TEXT_FIELDS)]
        rows = relation.related_model.objects.filter(**{relation.field.name: record.pk})
        found += [text for row in rows.values_list(*fields) for text in row] if fields else []
    return list(dict.fromkeys(text for text in found if text))


def _part_relations(model: type[Record]) -> list[Any]:
    return [
        relation
        for relation in model._meta.get_fields(include_parents=True, include_hidden=False)
        if relation.one_to_many and relation.related_model and issubclass(relation.related_model, Part)
    ]
