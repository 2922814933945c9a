"""What changed from one version of a submission to the next, as whoever decides wants to see it."""

import difflib
from collections.abc import Iterator
from dataclasses import dataclass

from privateoffice.spine.approvals.models import Offer

MOST_LINES = 60


@dataclass(frozen=True)
class Change:
    """One difference: what it is about, what stood there, and what stands there now."""

    word: str
    before: str
    after: str


def changes_of(offer: Offer) -> tuple[int, list[Change]]:
    """The version before this one by its number, and every difference from it; 0 and nothing for the first."""
    before = Offer.objects.filter(submission_id=offer.submission_id, number__lt=offer.number).first()
    if before is None:
        return 0, []
    return before.number, list(_differences(before, offer))


def _differences(before: Offer, after: Offer) -> Iterator[Change]:
    for word, name in (("From", "sender_name"), ("Address", "sender_address"), ("Subject", "subject")):
        if getattr(before, name) != getattr(after, name):
            yield Change(word, getattr(before, name), getattr(after, name))
    for word, people in (("To", "recipients"), ("With", "attachments")):
        one, other = (_names(offer, people) for offer in (before, after))
        if one != other:
            yield Change(word, ", ".join(one), ", ".join(other))
    yield from _paragraphs(before.text, after.text)


def _names(offer: Offer, part: str) -> list[str]:
    rows = getattr(offer, part).order_by("position")
    if part == "attachments":
        return [f"{row.name} ({row.digest[:8]})" for row in rows]
    return [f"{row.get_kind_display()} {row.name} {row.address}".replace("  ", " ") for row in rows]


def _paragraphs(before: str, after: str) -> Iterator[Change]:
    one, other = ([part.strip() for part in text.split("\n") if part.strip()] for text in (before, after))
    matcher = difflib.SequenceMatcher(a=one[:2_000], b=other[:2_000], autojunk=False)
    told = 0
    for tag, start, end, begin, stop in matcher.get_opcodes():
        if tag != "equal" and told < MOST_LINES:
            told += 1
            yield Change("Text", "\n".join(one[start:end]), "\n".join(other[begin:stop]))
