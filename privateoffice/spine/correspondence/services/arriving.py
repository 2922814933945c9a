"""Mail that arrives in a mailbox: read, kept and put into its conversation, as an import does it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from privateoffice.connectors.mail.sources import TOO_LARGE, Found
from privateoffice.foundations.clock import clock, words
from privateoffice.foundations.offices.models import Office
from privateoffice.foundations.offices.verbs import performing
from privateoffice.foundations.quarantine.reader import Reader
from privateoffice.foundations.records.models import Original
from privateoffice.spine.correspondence.models import ImportItem, ImportRun, Message
from privateoffice.spine.correspondence.services import runs
from privateoffice.spine.correspondence.services.bouncing import tell_of_bounces
from privateoffice.spine.correspondence.services.boxes import Box
from privateoffice.spine.correspondence.services.ourselves import addresses_of
from privateoffice.spine.correspondence.services.reading import READS, Item, Outcome
from privateoffice.spine.correspondence.services.runs import Taken
from privateoffice.spine.correspondence.services.taking_in import VERB, keep, read_new
from privateoffice.spine.mailboxes.models import Mailbox
from privateoffice.spine.mailboxes.services.news import Posted


@dataclass
class Arriving:
    """One batch of a mailbox on its way into conversations."""

    mailbox: Mailbox
    posted: list[Posted]
    taken: Taken = field(default_factory=Taken)

    @property
    def office(self) -> Office:
        return self.mailbox.office


def arrive(mailbox: Mailbox, posted: list[Posted]) -> set[int]:
    """Put new mail of a mailbox into conversations, under the run of the day.

    Returns the keys of the originals that turned out to be marked above our ceiling, which must not be kept.
    """
    unknown = _unknown(posted)
    if not unknown:
        return set()
    batch = Arriving(mailbox, unknown)
    with performing(VERB):
        run = _run_of_the_day(batch)
    with Reader(READS) as reader:
        items = read_new([_found(one) for one in unknown], reader, batch.taken)
    ours = addresses_of(mailbox.office)
    with performing(VERB):
        keep(_once(items, ours), run, ours, batch.taken, Box(mailbox.audience))
        tell_of_bounces(items)
        runs.add_up(run, batch.taken)
    outside = {item.digest for item in items if item.outcome == Outcome.HELD_OUTSIDE}
    return {one.original.pk for one in unknown if one.original.digest in outside}


def _unknown(posted: Iterable[Posted]) -> list[Posted]:
    """Those whose bytes are not in a conversation or on a list yet, each once."""
    by_digest = {one.original.digest: one for one in posted}
    held = Message.objects.filter(original__digest__in=by_digest).values_list("original__digest", flat=True)
    listed = ImportItem.objects.filter(digest__in=by_digest).values_list("digest", flat=True)
    return [one for digest, one in by_digest.items() if digest not in {*held, *listed}]


def _run_of_the_day(batch: Arriving) -> ImportRun:
    """One run a day and mailbox, so that the list of imports stays one that people read."""
    source = f"{batch.mailbox.name}, {words.day(clock.now())}"
    earlier = ImportRun.objects.filter(office=batch.office, source=source, look=None).order_by("-number").first()
    return earlier or runs.begin(batch.office, source)


def _found(one: Posted) -> Found:
    trouble = "" if one.is_whole else TOO_LARGE
    raw = _bytes(one.original)
    return Found(raw, f"{one.mailbox.name}, {one.folder}", "eml", Path(), 0, one.size, trouble)


def _bytes(original: Original) -> bytes:
    return original.read()


def _once(items: list[Item], ours: frozenset[str]) -> list[Item]:
    """Without the Sent copies of what is in its conversation already, sent from here."""
    told = {item.told["message_id"]: item for item in items if item.told and _is_ours(item, ours)}
    held = set(
        Message.objects.filter(message_id__in=[one for one in told if one], is_from_us=True).values_list(
            "message_id", flat=True
        )
    )
    return [item for item in items if not (item.told and item.told["message_id"] in held and _is_ours(item, ours))]


def _is_ours(item: Item, ours: frozenset[str]) -> bool:
    sender = (item.told or {}).get("from") or {}
    return sender.get("address", "").lower() in ours
