"""Telling the house of the ledger's news: new mail is handed over, what was answered or moved is said."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import Any

from django.db.models import F, Q, QuerySet

from privateoffice.connectors.ports.mailbox import Flag
from privateoffice.foundations.offices import scope
from privateoffice.foundations.offices.verbs import performing, verb
from privateoffice.foundations.records.services.originals import drop_unused
from privateoffice.foundations.registry import house
from privateoffice.spine.mailboxes.models import Mailbox, Placement
from privateoffice.spine.mailboxes.services.news import ANSWERED, DELETED, Posted, Whereabouts

AT_ONCE = 100
VERB = "mailboxes.pull"


def has_news() -> bool:
    """Whether there is something to tell in the office at hand."""
    return _news().exists()


@verb(VERB)
def _may() -> None:
    """Asks the policy; the work itself is done in many transactions."""


def file_news() -> int:
    """Hand over what came and say what changed, in batches; returns how many places were told of."""
    _may()
    told = 0
    with scope.acting_as_system("mailbox", office=scope.current().office):
        while batch := list(_news()[:AT_ONCE]):
            _tell(batch)
            told += len(batch)
    return told


def _news() -> QuerySet[Placement]:
    """What may be told. What is gone may only have moved, so it waits until all folders were read after that."""
    is_settled = Q(gone_at=None) | Q(gone_at__lte=F("folder__mailbox__read_at"))
    news = Placement.objects.news().filter(is_settled).order_by("pk")
    return news.select_related("folder__mailbox__office", "original")


def _tell(batch: list[Placement]) -> None:
    for mailbox, placements in _by_mailbox(batch).items():
        posted = [_posted(one) for one in placements if _is_mail(one)]
        outside = _receiver("mail")(mailbox, posted) if posted else set()
        if outside:
            _let_go(outside)
    keys = {one.original_id for one in batch if one.original_id}
    _receiver("whereabouts")(_whereabouts(keys))
    _mark_told(batch)


def _receiver(noun: str) -> Callable[..., Any]:
    return house.receiver_of(noun)


def _by_mailbox(batch: Iterable[Placement]) -> dict[Mailbox, list[Placement]]:
    grouped: dict[Mailbox, list[Placement]] = defaultdict(list)
    for one in batch:
        grouped[one.folder.mailbox].append(one)
    return grouped


def _is_mail(placement: Placement) -> bool:
    """Whether it belongs among the office's mail: what lies in Deleted at first sight was dealt with before us."""
    is_deleted = placement.folder.use == "deleted" or Flag(placement.flags) & Flag.DELETED
    return placement.gone_at is None and placement.original_id is not None and not is_deleted


def _posted(placement: Placement) -> Posted:
    folder = placement.folder
    assert placement.original is not None
    return Posted(folder.mailbox, folder.name, folder.use, placement.original, placement.size, placement.is_whole)


def _whereabouts(keys: set[int]) -> list[Whereabouts]:
    """Where each of these originals lies now, over all mailboxes."""
    lying = Placement.objects.lying().filter(original__in=keys)
    places: dict[int, list[tuple[str, str, int]]] = {key: [] for key in keys}
    rows = lying.order_by("pk").values_list("original_id", "folder__use", "folder__name", "flags")
    for key, use, name, flags in rows:
        places[key].append((use, name, flags))
    return [Whereabouts(key, *_standing(places[key])) for key in sorted(keys)]


def _standing(places: list[tuple[str, str, int]]) -> tuple[str, str]:
    kept = [place for place in places if place[0] != "deleted" and not Flag(place[2]) & Flag.DELETED]
    if not kept:
        return (places[0][1] if places else "", DELETED)
    is_answered = any(Flag(flags) & Flag.ANSWERED for *_, flags in kept)
    return kept[-1][1], ANSWERED if is_answered else ""


def _let_go(originals: set[int]) -> None:
    """What turned out to be marked above our ceiling is not kept here."""
    with performing(VERB):
        Placement.objects.filter(original__in=originals).update(original=None)
        drop_unused(originals)


def _mark_told(batch: list[Placement]) -> None:
    """Only what has not changed again meanwhile. Places left behind by new numbers go."""
    with performing(VERB):
        locked = Placement.objects.select_for_update(of=("self",)).filter(pk__in=[one.pk for one in batch])
        now = {row[0]: row[1:] for row in locked.values_list("pk", "flags", "gone_at")}
        told = [one for one in batch if now.get(one.pk) == (one.flags, one.gone_at)]
        Placement.objects.filter(pk__in=[one.pk for one in told]).update(is_news=False)
        left = [one for one in told if one.gone_at and one.original_id]
        again = set(
            Placement.objects.lying()
            .filter(original__in=[one.original_id for one in left])
            .values_list("folder_id", "original_id")
        )
        superseded = [one.pk for one in left if (one.folder_id, one.original_id) in again]
        Placement.objects.filter(pk__in=superseded).delete()
