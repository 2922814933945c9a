"""Clocks whose letters joined the round of an earlier one: what was promised and told for them counts there."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from privateoffice.rooms.following.models import Acknowledgement, HoldingReply, Promise, ReplyClock

JOINED = ReplyClock.Outcome.JOINED


def running_at(clocks: Sequence[ReplyClock], record: int, at: datetime) -> ReplyClock | None:
    """The last clock of a conversation that had begun at a moment."""
    begun = [one for one in clocks if one.record_id == record and one.received_at <= at]
    return max(begun, key=lambda one: one.received_at, default=None)


def joined_among(clocks: Iterable[ReplyClock]) -> list[ReplyClock]:
    """Of clocks that begin no round any more, those that are kept: something was promised or told for them."""
    by_key = {one.pk: one for one in clocks}
    kept: set[int] = set()
    for model in (Promise, HoldingReply, Acknowledgement):
        kept |= set(model._default_manager.filter(clock__in=by_key).values_list("clock_id", flat=True))
    return [one for key, one in by_key.items() if key in kept]


def heirs_of(joined: Iterable[ReplyClock], standing: Sequence[ReplyClock]) -> dict[int, int]:
    """By the key of each that joined, the key of the clock in which it goes on."""
    found = {one.pk: running_at(standing, one.record_id, one.received_at) for one in joined}
    return {key: heir.pk for key, heir in found.items() if heir}


def keys_of(one: ReplyClock) -> list[int]:
    """The keys of a clock and of those that joined it."""
    clocks = list(ReplyClock.objects.filter(record=one.record_id))
    standing = [each for each in clocks if each.outcome != JOINED]
    heirs = heirs_of((each for each in clocks if each.outcome == JOINED), standing)
    return [one.pk, *(key for key, heir in heirs.items() if heir == one.pk)]


def heir_of(one: ReplyClock) -> ReplyClock:
    """The clock in which one goes on: mostly itself."""
    if one.outcome != JOINED:
        return one
    standing = list(ReplyClock.objects.standing().filter(record=one.record_id).select_related("record"))
    return running_at(standing, one.record_id, one.received_at) or one


def promises_of(one: ReplyClock) -> list[Promise]:
    """The promises by which the reply date of a letter moved, those of letters that joined it among them."""
    return list(Promise.objects.filter(clock__in=keys_of(one)))


def holdings_of(one: ReplyClock):  # type: ignore[no-untyped-def]
    """The holding replies to a letter, and to those that joined it."""
    return HoldingReply.objects.filter(clock__in=keys_of(one))
