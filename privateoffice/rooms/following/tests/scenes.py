"""What the tests of following up share: a stopped Monday, letters that come, replies that go."""

from datetime import date, timedelta
from pathlib import Path

from privateoffice.foundations.clock import clock
from privateoffice.foundations.offices import scope
from privateoffice.rooms.following.models import ReplyClock
from privateoffice.spine.correspondence.tests.letters import lay, letter, take
from privateoffice.spine.deliveries import services as deliveries
from privateoffice.spine.deliveries.models import Delivery
from privateoffice.spine.letters import services as letters
from privateoffice.spine.letters.models import Draft

MONDAY = date(2026, 11, 23)
MEMBER = "Rosalind Quarrington MP <rosalind.quarrington@parliament.example>"


def at(day: date, hour: str = "09:00"):
    return clock.stopped_at(clock.moment(day, hour))


def seen(cast):
    return scope.acting(cast.pa, office=cast.homicide)


def came(cast, tmp_path: Path, *raws: bytes) -> None:
    take(cast, lay(tmp_path / f"mail{len(list(tmp_path.iterdir()))}", *raws))


def from_member(subject="Knife arches", text="May I have a reply for a constituent?", **said) -> bytes:
    return letter(subject, text, **{"sender": MEMBER, "days_ago": 0, **said})


def clock_of(cast, **said) -> ReplyClock:
    """The one clock, as the PA sees it."""
    with seen(cast):
        return ReplyClock.objects.select_related("record__office", "message").get(**said)


def days_of(one: ReplyClock) -> tuple:
    """The days of acknowledgement, reply and end."""
    moments = (one.acknowledge_by, one.reply_by, one.ended_at)
    return tuple(moment and clock.day_of(moment) for moment in moments)


def accept_all(draft: Draft) -> None:
    for finding in letters.findings_on(draft):
        if finding.stops:
            letters.accept(draft, finding=finding, reason="They asked")


def sent(cast, draft: Draft) -> Delivery:
    """Let a draft go on the office's own authority, and out, a minute later."""
    with seen(cast):
        accept_all(draft)
        draft.refresh_from_db()
        gone = letters.dispatch(draft, seen=draft.version)
    return out(cast, gone.delivery)


def out(cast, reference: str) -> Delivery:
    """What waits in the outbox goes out a minute later, and everybody hears of it."""
    with clock.stopped_at(clock.now() + timedelta(minutes=1)):
        with scope.acting_as_system("outbox", office=cast.homicide):
            deliveries.send_due()
        with seen(cast):
            delivery = Delivery.objects.get(reference=reference)
        letters.follow_record(delivery)
    return delivery
