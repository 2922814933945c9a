"""Writing the trail, and proving that nobody has touched it."""

import hashlib
import hmac
import json
import secrets
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import groupby
from typing import Any

from django.conf import settings
from django.db import transaction

from privateoffice.foundations.audit.models import Entry, Head


@dataclass(frozen=True)
class Line:
    """One line for the trail, before it is chained. `texts` are kept as digests only, `facts` as they are."""

    office_id: int
    actor_id: int | None
    actor: str
    for_whom: str
    verb: str
    at: datetime
    kind: str = ""
    record_id: int | None = None
    reference: str = ""
    texts: dict[str, str] = field(default_factory=dict)
    facts: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Misfit:
    """The first entry of a chain that does not fit, and how."""

    office_id: int
    number: int
    reason: str


@dataclass(frozen=True)
class KeptHead:
    """The end of a chain as it once was, kept where nobody who could alter the trail can reach it."""

    whose: str
    number: int
    fingerprint: str


def append(lines: Iterable[Line]) -> None:
    """Chain lines to their offices' trails. Must be the last writes of the transaction: it locks the heads."""
    in_order = sorted(lines, key=lambda line: line.office_id)
    for office_id, group in groupby(in_order, key=lambda line: line.office_id):
        _chain(office_id, list(group))


def _chain(office_id: int, lines: list[Line]) -> None:
    with transaction.atomic():
        Head.objects.get_or_create(office_id=office_id)
        head = Head.objects.select_for_update().get(office_id=office_id)
        entries = []
        for line in lines:
            entry = _entry(line, number=head.number + 1, previous=head.fingerprint)
            head.number, head.fingerprint = entry.number, entry.fingerprint
            entries.append(entry)
        Entry.objects.bulk_create(entries)
        head.save(update_fields=["number", "fingerprint"])


def _entry(line: Line, *, number: int, previous: str) -> Entry:
    salt = secrets.token_hex(16)
    entry = Entry(
        office_id=line.office_id,
        number=number,
        at=line.at,
        actor_id=line.actor_id,
        actor=line.actor,
        for_whom=line.for_whom,
        verb=line.verb,
        kind=line.kind,
        record_id=line.record_id,
        reference=line.reference,
        fields=sorted({*line.texts, *line.facts}),
        digests={name: _digest(salt, text) for name, text in sorted(line.texts.items())},
        facts=line.facts,
        salt=salt,
        previous=previous,
    )
    entry.fingerprint = fingerprint_of(entry)
    return entry


def _digest(salt: str, text: str) -> str:
    return hmac.new(settings.AUDIT_KEY, f"{salt}|{text}".encode("utf-8", "replace"), hashlib.sha256).hexdigest()


def fingerprint_of(entry: Entry) -> str:
    """The keyed hash over everything an entry says and the entry before it."""
    said = [
        entry.office_id,
        entry.number,
        entry.at.astimezone(UTC).isoformat(timespec="microseconds"),
        entry.actor_id,
        entry.actor,
        entry.for_whom,
        entry.verb,
        entry.kind,
        entry.record_id,
        entry.reference,
        entry.fields,
        entry.digests,
        entry.facts,
        entry.salt,
        entry.previous,
    ]
    body = json.dumps(said, sort_keys=True, ensure_ascii=True).encode()
    return hmac.new(settings.AUDIT_KEY, body, hashlib.sha256).hexdigest()


def matches(entry: Entry, name: str, text: str) -> bool:
    """Whether a text is the one that the entry was written about."""
    return hmac.compare_digest(entry.digests.get(name, ""), _digest(entry.salt, text))


def head_of(office_id: int) -> tuple[int, str]:
    """The last number and fingerprint of an office's chain, to be kept outside the database."""
    head = Head.objects.filter(office_id=office_id).first()
    return (head.number, head.fingerprint) if head else (0, "")


def verify() -> Iterator[Misfit]:
    """The first misfit of each office's chain; nothing where every chain is whole."""
    offices = set(Head.objects.values_list("office_id", flat=True))
    offices |= set(Entry.objects.values_list("office_id", flat=True).distinct())
    for office_id in sorted(offices):
        misfit = _first_misfit(office_id)
        if misfit:
            yield misfit


def fault_of(head: KeptHead) -> str:
    """Why the trail does not go on from a head that was kept outside; nothing where it does.

    A chain that was cut, or made anew as a whole by somebody who has the key, is in itself without a fault.
    """
    if Entry.objects.filter(number=head.number, fingerprint=head.fingerprint).exists():
        return ""
    if Entry.objects.filter(fingerprint=head.fingerprint).exists():
        return "it stands at another place than the kept head says"
    return "the trail no longer holds it: it was cut, or made anew"


def _first_misfit(office_id: int) -> Misfit | None:
    number, previous = 0, ""
    for entry in Entry.objects.filter(office_id=office_id).order_by("number").iterator(chunk_size=2000):
        number += 1
        if entry.number != number:
            return Misfit(office_id, number, "this entry is missing")
        if entry.previous != previous:
            return Misfit(office_id, number, "it does not follow the entry before it")
        if not hmac.compare_digest(entry.fingerprint, fingerprint_of(entry)):
            return Misfit(office_id, number, "it was altered")
        previous = entry.fingerprint
    if (number, previous) != head_of(office_id):
        return Misfit(office_id, number + 1, "the end of the chain was cut or moved")
    return None
