"""The office's own Word template: kept, and a draft made a letter by it."""

from typing import Any

from privateoffice.foundations.clock import clock, words
from privateoffice.foundations.offices import scope
from privateoffice.foundations.offices.verbs import fact, trail, verb
from privateoffice.foundations.printing import LetterText
from privateoffice.foundations.quarantine.reader import read_once
from privateoffice.foundations.records.markings import Marking
from privateoffice.spine.approvals.models import frozen
from privateoffice.spine.letters.models import Draft, Letterhead

FIELDS = "privateoffice.connectors.papers.wording:fields"
FILL = "privateoffice.connectors.papers.wording:fill"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


class NoLetterhead(ValueError):
    """The office keeps no Word template. Keep one, or send the letter as PDF."""


@verb("letters.keep_letterhead")
def keep_letterhead(*, name: str, data: bytes) -> Letterhead:
    """Keep a Word template. It takes the place of the one before. Raises Unreadable with what is wrong with it."""
    office = scope.current().office
    if office is None:
        raise scope.NoScope
    named = read_once(FIELDS, data)
    digest = frozen.keep(office, data)
    Letterhead.objects.filter(office=office, withdrawn_at=None).update(withdrawn_at=clock.now())
    made = Letterhead.objects.create(
        office=office,
        name=name[:200],
        digest=digest,
        size=len(data),
        fields=named,
        made_at=clock.now(),
        made_by=scope.current().actor,
    )
    trail(office_id=office.pk, name=fact(made.name))
    return made


def letterhead_of(office_id: int) -> Letterhead | None:
    """The Word template that an office keeps now."""
    return Letterhead.objects.filter(office=office_id, withdrawn_at=None).select_related("office").first()


def worded(draft: Draft, text: LetterText) -> bytes:
    """A draft as a Word document. Raises NoLetterhead, or Unreadable or Damaged with a sentence fit to show."""
    kept = letterhead_of(draft.office_id)
    if kept is None:
        raise NoLetterhead(str(NoLetterhead.__doc__))
    return bytes(read_once(FILL, frozen.read(draft.office, kept.digest), said=_said(draft, text)))


def _said(draft: Draft, text: LetterText) -> dict[str, Any]:
    office = draft.office
    return {
        "text": text.body,
        "reference": text.reference,
        "signed_by": [text.signed_by, *text.signed_as],
        "marking": Marking(draft.marking).label,
        "handling": draft.handling,
        "date": words.day(text.on),
        "to": "\n".join(text.to),
        "salutation": text.salutation,
        "subject": text.heading,
        "close": text.close,
        "office": office.name,
        "address": "\n".join(office.address.splitlines()),
        "phone": office.phone,
        "email": office.email,
        "enclosures": ", ".join(text.enclosures),
        "copies": ", ".join(text.copies),
    }
