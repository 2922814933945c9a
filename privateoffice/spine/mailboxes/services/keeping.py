"""Keeping one batch of what changed in a folder: bytes into a pack, places into the ledger, in one transaction."""

from dataclasses import dataclass
from typing import Any

from privateoffice.connectors.ports.mailbox import Arrival, Changes, Flag
from privateoffice.foundations.clock import clock
from privateoffice.foundations.records import plain
from privateoffice.foundations.records import services as records
from privateoffice.spine.mailboxes.models import Folder, Placement
from privateoffice.spine.mailboxes.services.heads import Head, head_of

TOLD = Flag.ANSWERED | Flag.DELETED
"""Of the flags only these say something about the office's work; the others are kept and nothing more."""


@dataclass
class Counts:
    """What one reading of a mailbox found."""

    new: int = 0
    gone: int = 0
    noted: int = 0
    outside: int = 0

    def __bool__(self) -> bool:
        return bool(self.new or self.gone or self.noted)


def keep(folder: Folder, changes: Changes, counts: Counts) -> None:
    """Write a batch and the state that came with it. What lies at its place already is left as it is."""
    if changes.starts_over:
        Placement.objects.lying().filter(folder=folder).update(gone_at=clock.now(), is_news=True)
    if changes.gone:
        _take_away(folder, changes.gone, counts)
    if changes.flags:
        _note(folder, changes.flags, counts)
    if changes.arrivals:
        _add(folder, changes.arrivals, counts)
    if folder.state != changes.state:
        folder.state = changes.state
        Folder.objects.filter(pk=folder.pk).update(state=changes.state)


def _take_away(folder: Folder, keys: set[str], counts: Counts) -> None:
    lying = Placement.objects.lying().filter(folder=folder)
    for some in _in_runs(sorted(keys)):
        counts.gone += lying.filter(key__in=some).update(gone_at=clock.now(), is_news=True)


def _note(folder: Folder, flags: dict[str, Flag], counts: Counts) -> None:
    lying = Placement.objects.lying().filter(folder=folder)
    changed = []
    for some in _in_runs(sorted(flags)):
        for placement in lying.filter(key__in=some):
            now = int(flags[placement.key])
            if placement.flags != now:
                placement.is_news |= bool((placement.flags ^ now) & TOLD)
                placement.flags = now
                changed.append(placement)
    Placement.objects.bulk_update(changed, ["flags", "is_news"], batch_size=200)
    counts.noted += len(changed)


def _in_runs(keys: list[str]) -> list[list[str]]:
    return [keys[start : start + 500] for start in range(0, len(keys), 500)]


NAMES = (
    *("office", "folder", "key", "original", "message_id", "answers", "sender"),
    *("size", "flags", "is_whole", "arrived_at", "came_at", "is_news"),
)


def _add(folder: Folder, arrivals: list[Arrival], counts: Counts) -> None:
    """Into the ledger in plain rows: what lies at its key already is left by the database itself."""
    lying = Placement.objects.lying().filter(folder=folder, key__in=[one.key for one in arrivals])
    held = set(lying.values_list("key", flat=True))
    fresh = [(one, head_of(one.raw)) for one in arrivals if one.key not in held]
    kept = records.keep_original_keys(
        [one.raw for one, head in fresh if not head.is_held_outside], office=folder.office
    )
    keys, now = iter(kept), plain.moment(clock.now())
    plain.insert_many(
        Placement,
        NAMES,
        [_row(folder, one, head, None if head.is_held_outside else next(keys), now) for one, head in fresh],
    )
    counts.new += len(fresh)
    counts.outside += sum(head.is_held_outside for _, head in fresh)


def _row(folder: Folder, one: Arrival, head: Head, original: int | None, now: Any) -> tuple[Any, ...]:
    place = (folder.office_id, folder.pk, one.key, original)
    told = (head.message_id, head.answers, head.sender, one.size, int(one.flags), one.is_whole)
    return (*place, *told, plain.moment(one.arrived_at), now, True)
