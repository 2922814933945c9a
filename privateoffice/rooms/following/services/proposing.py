"""Of what kind a letter is likely to be: by what was said of its writer before, its words, and its sender."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models.functions import Left

from privateoffice.foundations.offices.models import Office
from privateoffice.rooms.following.models import ReplyClock
from privateoffice.spine.approvals.models import Addressee
from privateoffice.spine.correspondence.models import Message
from privateoffice.spine.letters.models import Class
from privateoffice.spine.letters.services import classes_of

LOOKED_AT = 3_000
"""Of the text so many letters are looked at: what a letter is about stands at its head."""

WORDS = (
    ("foi", re.compile(r"\bfreedom of information\b|\bFOI(?:A)?\b(?: request)?", re.I)),
    ("subject-access", re.compile(r"\bsubject access\b|\bS?DSAR\b|\bcopy of (?:all )?my personal data\b", re.I)),
    ("complaint", re.compile(r"\b(?:formal |make a |wish to |want to )complain(?:t)?\b|^complaint\b", re.I)),
    ("press", re.compile(r"\b(?:my|our) deadline\b|\bpress (?:enquiry|query|office)\b|\bjournalist\b", re.I)),
)
"""Words that make a letter of a kind wherever it comes from."""

HINTS = (
    "freedom of",
    "foi",
    "subject access",
    "sar",
    "personal data",
    "complain",
    "deadline",
    "press",
    "journalist",
)
"""One of these stands in every letter that has such words; most have none, and are not looked at more closely."""

DOMAINS = (
    ("minister", re.compile(r"(?:^|\.)(?:homeoffice|cabinetoffice|no10|justice)\.")),
    ("mopac", re.compile(r"(?:^|\.)mopac\.")),
)
CLASSES = {
    Class.INTERNAL: ("internal", "It comes from inside the service"),
    Class.CHIEF: ("internal", "It comes from a chief officer"),
    Class.MEMBER: ("mp", "Its writer is an MP or Assembly Member"),
    Class.PARTNER: ("partner", "It comes from a public body"),
    Class.FAMILY: ("family", "Its writer is kept as family or victim"),
    Class.PRESS: ("press", "Its writer is kept as press"),
    Class.PUBLIC: ("public", "Nothing says that it is of another kind"),
}


@dataclass(frozen=True)
class Proposal:
    """A kind, and the sentence that says why."""

    kind: str
    why: str


def proposals_for(messages: Sequence[Message]) -> dict[int, Proposal]:
    """A proposal for each letter by its key, in a fixed number of queries for each office."""
    found: dict[int, Proposal] = {}
    by_office: dict[int, list[Message]] = {}
    for message in messages:
        by_office.setdefault(message.record.office_id, []).append(message)
    for office_id, of_one in by_office.items():
        found |= _for_office(Office.objects.get(pk=office_id), of_one)
    return found


def _for_office(office: Office, messages: list[Message]) -> dict[int, Proposal]:
    before = _said_before(messages)
    begins = dict(
        Message.objects.filter(pk__in=[one.pk for one in messages])
        .annotate(begins=Left("text", LOOKED_AT))
        .values_list("pk", "begins")
    )
    people = [Addressee("to", one.from_name, one.from_address) for one in messages]
    classes = classes_of(office, people)
    return {
        one.pk: before.get(one.from_address.lower())
        or _by_words(f"{one.subject}\n{begins.get(one.pk, '')}")
        or _by_place(one.from_address, of)
        for one, of in zip(messages, classes, strict=True)
    }


def _said_before(messages: Sequence[Message]) -> dict[str, Proposal]:
    """What somebody said of the last letter from an address. Kinds that its words made are not repeated."""
    addresses = {form for one in messages for form in (one.from_address, one.from_address.lower())} - {""}
    said = ReplyClock.objects.exclude(kind_by="").filter(record__correspondent_address__in=addresses)
    said = said.exclude(kind__in=[kind for kind, _ in WORDS]).order_by("received_at", "pk")
    rows = said.values_list("record__correspondent_address", "kind")
    return {address.lower(): Proposal(kind, "As the last letter from the same address") for address, kind in rows}


def _by_words(text: str) -> Proposal | None:
    plain = text.lower()
    if not any(hint in plain for hint in HINTS):
        return None
    for kind, pattern in WORDS:
        if found := pattern.search(text):
            return Proposal(kind, f"It says “{' '.join(found[0].split())[:60]}”")
    return None


def _by_place(address: str, recipient_class: str) -> Proposal:
    domain = address.lower().rpartition("@")[2]
    for kind, pattern in DOMAINS:
        if pattern.search(domain):
            return Proposal(kind, f"It comes from {domain}"[:200])
    return Proposal(*CLASSES[Class(recipient_class)])
