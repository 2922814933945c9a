"""Saying what became of an ask, taking that back, and putting an ask off."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F

from privateoffice.foundations.clock import clock
from privateoffice.foundations.offices import scope
from privateoffice.foundations.offices.verbs import fact, performing, trail, verb
from privateoffice.foundations.records import services as records
from privateoffice.foundations.records.models import Matter, Record
from privateoffice.foundations.registry import house
from privateoffice.spine.correspondence.models import MADE_WAYS, Ask, Disposition, PutOff, Undoing, Way
from privateoffice.spine.correspondence.services.asks import settle_many
from privateoffice.spine.correspondence.services.stirring import stirred


class AlreadySettled(Exception):
    """Something has become of this already. Undo that first."""


class NothingToUndo(Exception):
    """Nothing stands here that could be undone."""


class HasPassed(ValueError):
    """The moment has passed. Choose one to come."""


class NeedsItsOwnAct(ValueError):
    """An enquiry, an action, an engagement and a re-direction are made by acts of their own."""


@verb("correspondence.dispose")
def dispose(
    ask: Ask,
    *,
    way: str,
    words: str = "",
    filed_as: str = "",
    matter: Matter | None = None,
    until_at: datetime | None = None,
    pending_on: str = "",
    by_rule: str = "",
) -> Disposition:
    """Say what became of an ask: answered, filed, for the Commander, waiting until a moment, or no action."""
    if way in MADE_WAYS:
        raise NeedsItsOwnAct
    if until_at and until_at <= clock.now():
        raise HasPassed
    if matter:
        records.put_on(matter, ask.record)
    return settle(
        ask, way, words=words, filed_as=filed_as, until_at=until_at, pending_on=pending_on, by_rule=by_rule
    )


def settle(ask: Ask, way: str, **said: Any) -> Disposition:
    """Write the disposition and its line on the trail. Called inside a verb; two at once make one."""
    try:
        with transaction.atomic():
            made = Disposition.objects.create(
                record=ask.record,
                ask=ask,
                way=way,
                after_number=ask.record.last_number,
                disposed_at=clock.now(),
                disposed_by=scope.current().actor,
                **said,
            )
    except IntegrityError:
        raise AlreadySettled from None
    ask.settled_at = made.disposed_at
    ask.save(update_fields=["settled_at"])
    stirred([ask.record_id])
    trail(
        ask.record,
        way=fact(made.get_way_display().lower()),
        number=ask.message.number,
        words=made.words,
        other=fact(f"{made.made} {by_rule(made.by_rule)}".strip()),
    )
    return made


def by_rule(name: str) -> str:
    """How the trail says that a rule proposed or did it."""
    return f"by the rule “{name}”" if name else ""


def dispose_many(asks: Sequence[Ask], *, way: str, **said: Any) -> int:
    """The same for many asks in one transaction; those settled meanwhile are passed over. Returns how many."""
    if way in MADE_WAYS:
        raise NeedsItsOwnAct
    with performing("correspondence.dispose"):
        locked = Ask.objects.open().filter(pk__in=[ask.pk for ask in asks])
        found = list(locked.select_related("record").select_for_update(of=("self",)))
        settle_many(found, way, **said)
        stirred({ask.record_id for ask in found})
        for ask in found:
            trail(ask.record, way=fact(Way(way).label.lower()))
    return len(found)


@verb("correspondence.undo")
def undo(ask: Ask, *, reason: str = "") -> Undoing:
    """Take back what became of an ask, and what was made of it: it is open again, and nothing is lost."""
    standing = Disposition.objects.standing().filter(ask_id=ask.pk).select_for_update(of=("self",)).first()
    if standing is None:
        return _bring_back_now(ask)
    if standing.sending_id:
        raise NothingToUndo
    if standing.made:
        _take_back(standing)
    return end(ask, standing, Undoing.How.UNDONE, reason)


def end(ask: Ask, standing: Disposition, how: str, reason: str) -> Undoing:
    """End a disposition: the ask is open again."""
    undoing = Undoing.objects.create(
        record=ask.record, how=how, reason=reason, undone_at=clock.now(), undone_by=scope.current().actor
    )
    standing.undoing = undoing
    standing.save(update_fields=["undoing"])
    ask.settled_at = ask.put_off_until = None
    ask.save(update_fields=["settled_at", "put_off_until"])
    stirred([ask.record_id])
    trail(ask.record, way=fact(standing.get_way_display().lower()), reason=reason)
    return undoing


def _bring_back_now(ask: Ask) -> Undoing:
    """Undo a putting off."""
    if not PutOff.objects.filter(ask_id=ask.pk, ended_at=None).update(ended_at=clock.now()):
        raise NothingToUndo
    ask.put_off_until = None
    ask.save(update_fields=["put_off_until"])
    trail(ask.record, way=fact("put off"), reason="")
    return Undoing(record=ask.record, how=Undoing.How.UNDONE)


def _take_back(standing: Disposition) -> None:
    """Let the room that made something of an ask take it back, by the verb that it declares for that."""
    made = Record.objects.filter(reference=standing.made).first()
    if made is not None and made.is_open:
        house.receiver_of(f"{made.kind_declared.word} taken back")(made.in_full)


@verb("correspondence.put_off")
def put_off(ask: Ask, *, until_at: datetime) -> PutOff:
    """Put an ask off: it comes back by itself at the moment."""
    if not ask.is_open:
        raise AlreadySettled
    if until_at <= clock.now():
        raise HasPassed
    PutOff.objects.filter(ask_id=ask.pk, ended_at=None).update(ended_at=clock.now())
    put = PutOff.objects.create(
        record=ask.record,
        ask=ask,
        until_at=until_at,
        put_off_at=clock.now(),
        put_off_by=scope.current().actor,
    )
    ask.put_off_until = until_at
    ask.save(update_fields=["put_off_until"])
    trail(ask.record, until=until_at)
    return put


def standing_of(asks: Iterable[Ask]) -> dict[int, Disposition]:
    """The standing disposition of each of some asks, by the key of the ask."""
    rows = (
        Disposition.objects.standing()
        .filter(ask__in=[ask.pk for ask in asks])
        .select_related("undoing", "sending")
    )
    return {row.ask_id: row for row in rows}


def last_ended(ask: Ask) -> Disposition | None:
    """The last disposition that ended otherwise than by being undone: it came back, or the Commander has said."""
    ended = Disposition.objects.filter(ask_id=ask.pk, undoing__isnull=False).exclude(undoing__how="undone")
    return ended.select_related("undoing").order_by(F("undoing__undone_at").desc()).first()
