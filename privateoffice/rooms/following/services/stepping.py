"""Bringing clocks into step with what happened to their letters, in the transaction in which it happened."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db.models import F

from privateoffice.foundations.clock import reply_times
from privateoffice.foundations.clock.holidays import HolidaysUnknown
from privateoffice.rooms.following.models import (
    Acknowledgement,
    HoldingReply,
    OnlyAcknowledged,
    Promise,
    ReplyClock,
)
from privateoffice.rooms.following.services.joining import JOINED, heirs_of, joined_among, running_at
from privateoffice.rooms.following.services.moving import go_with_the_mail
from privateoffice.rooms.following.services.proposing import Proposal, proposals_for
from privateoffice.rooms.following.services.reading import seen_in
from privateoffice.rooms.following.services.rounds import Round, first_of, rounds_of

AT_ONCE = 500
FOLLOWS = ("acknowledge_by", "reply_by", "at_most_by", "acknowledged_at", "ended_at", "outcome")


def keep_step(conversations: Iterable[int]) -> None:
    """Bring the clocks of some conversations into step. Called inside the verb that changed something in them."""
    keys = sorted(set(conversations))
    go_with_the_mail(keys)
    for start in range(0, len(keys), AT_ONCE):
        _keep_step(keys[start : start + AT_ONCE])


def _keep_step(keys: list[int]) -> None:
    rounds = [one for seen in seen_in(keys).values() for one in rounds_of(seen)]
    held = {one.message_id: one for one in ReplyClock.objects.filter(record__in=keys)}
    begun = [one for one in rounds if one.first.pk not in held]
    proposed = proposals_for(first_of(begun))
    made = [clock for one in begun if (clock := _begun(one, proposed[one.first.pk]))]
    ReplyClock.objects.bulk_create(made, batch_size=AT_ONCE)
    standing = {one.first.pk: one for one in rounds}
    clocks = [one for message, one in held.items() if message in standing]
    joined = _join([one for message, one in held.items() if message not in standing], [*clocks, *made])
    _write_what_changed([*clocks, *made] if joined else clocks, standing, joined)


def _join(gone: list[ReplyClock], standing: Sequence[ReplyClock]) -> list[ReplyClock]:
    """Keep of the clocks whose letters begin no round those that go on in another's; the others go."""
    if not gone:
        return []
    kept = joined_among(gone)
    heirs = heirs_of(kept, standing)
    joined = [one for one in kept if one.pk in heirs]
    keys = [one.pk for one in joined]
    ReplyClock.objects.filter(pk__in=[one.pk for one in gone if one.pk not in heirs]).delete()
    ReplyClock.objects.filter(pk__in=keys).exclude(outcome=JOINED).update(
        outcome=JOINED, ended_at=F("received_at")
    )
    return joined


def _begun(one: Round, proposal: Proposal) -> ReplyClock | None:
    """The clock of a new round; none where no times held then, or its bank holidays are not known."""
    found = ReplyClock(
        record_id=one.first.record_id,
        message=one.first,
        kind=proposal.kind,
        why=proposal.why[:200],
        received_at=one.first.at,
    )
    found.record = one.first.record
    told = _told(found, one, [])
    if told is None:
        return None
    for name, value in told.items():
        setattr(found, name, value)
    return found


def _write_what_changed(
    clocks: Sequence[ReplyClock], rounds: dict[int, Round], joined: Sequence[ReplyClock]
) -> None:
    """Write those that stand otherwise than before."""
    heirs = {one.pk: one.pk for one in clocks} | heirs_of(joined, clocks)
    moments, promised = _acknowledgements(clocks, heirs), _promises(heirs)
    changed = []
    for one in clocks:
        told = _told(one, rounds[one.message_id], moments.get(one.pk, []), promised.get(one.pk))
        before = {name: getattr(one, name) for name in FOLLOWS}
        if told and told != before:
            for name, value in told.items():
                setattr(one, name, value)
            changed.append(one)
    ReplyClock.objects.bulk_update(changed, FOLLOWS, batch_size=100)


def _told(
    one: ReplyClock, of: Round, acknowledged: list[datetime], promised: datetime | None = None
) -> dict[str, Any] | None:
    """All that follows for a clock from its kind, its round, what acknowledged it and what was promised."""
    times = one.times
    if times is None:
        return None
    told = _times_of(times, one.received_at)
    if told is None:
        return None
    ended_at, outcome = of.ended_at, of.outcome
    if not times.wants_a_reply and ended_at is None:
        ended_at, outcome = one.received_at, ReplyClock.Outcome.LET_GO
    answered = [ended_at] if ended_at and outcome != ReplyClock.Outcome.LET_GO else []
    return {
        **told,
        "reply_by": (promised or told["reply_by"]) if times.wants_a_reply else None,
        "acknowledged_at": min([*acknowledged, *answered], default=None),
        "ended_at": ended_at,
        "outcome": str(outcome),
    }


def _times_of(times: reply_times.ReplyTimes, received_at: datetime) -> dict[str, datetime | None] | None:
    try:
        return {
            "acknowledge_by": times.acknowledge_by(received_at),
            "reply_by": times.reply_by(received_at),
            "at_most_by": times.at_most_by(received_at),
        }
    except HolidaysUnknown:
        return None


def _acknowledgements(clocks: Sequence[ReplyClock], heirs: dict[int, int]) -> dict[int, list[datetime]]:
    """When each was acknowledged: by hand, by a holding reply that was sent, by a letter that said no more."""
    found: dict[int, list[datetime]] = {}
    by_hand = Acknowledgement.objects.filter(clock__in=heirs).values_list("clock_id", "acknowledged_at")
    held = HoldingReply.objects.filter(clock__in=heirs, sent_at__isnull=False).values_list("clock_id", "sent_at")
    for key, at in [*by_hand, *held]:
        found.setdefault(heirs[key], []).append(at)
    records = {one.record_id for one in clocks}
    letters = OnlyAcknowledged.objects.filter(record__in=records).values_list("record_id", "message__at")
    for record, at in letters:
        if clock_then := running_at(clocks, record, at):
            found.setdefault(clock_then.pk, []).append(at)
    return found


def _promises(heirs: dict[int, int]) -> dict[int, datetime]:
    """The date that was promised last for each that was moved."""
    made = Promise.objects.filter(clock__in=heirs).order_by("pk").values_list("clock_id", "by")
    return {heirs[key]: by for key, by in made}
