"""Calendars of duties for people's own programs: made, taken back, read."""

from datetime import timedelta
from typing import Any

from privateoffice.connectors.calendars.writing import calendar_of
from privateoffice.foundations.clock import clock
from privateoffice.foundations.offices import scope
from privateoffice.foundations.offices.models import Person, User
from privateoffice.foundations.offices.verbs import fact, trail, verb
from privateoffice.rooms.rotas.models import Duty, DutyType, Feed, Rota
from privateoffice.rooms.rotas.services.links import digest_of, new_secret

KEPT_BEFORE = timedelta(days=92)


@verb("rotas.make_feed")
def make_feed(
    rota: Rota, *, reader: Person, person: Person | None = None, duty_type: DutyType | None = None
) -> tuple[Feed, str]:
    """Make a calendar of published duties for a reader; returns it with the secret, which is shown this once."""
    secret, digest = new_secret()
    feed = Feed.objects.create(
        office=rota.office,
        rota=rota,
        reader=reader,
        person=person,
        duty_type=duty_type,
        secret=digest,
        made_at=clock.now(),
        made_by=scope.current().actor,
    )
    trail(rota, office_id=rota.office_id, what=fact(feed.words[:120]), reader=fact(reader.name))
    return feed, secret


@verb("rotas.revoke_feed")
def revoke_feed(feed: Feed) -> Feed:
    """Take a calendar back: its link shows nothing from now on."""
    feed.revoked_at = feed.revoked_at or clock.now()
    feed.save(update_fields=["revoked_at"])
    trail(feed.rota, office_id=feed.office_id, what=fact(feed.words[:120]), reader=fact(feed.reader.name))
    return feed


def feed_of(secret: str) -> Feed | None:
    """The calendar behind a secret, where it stands and its reader still has access. For the system's scope."""
    kin = ("office", "rota__office", "reader", "person", "duty_type")
    feed = Feed.objects.standing().select_related(*kin).filter(secret=digest_of(secret)).first()
    return feed if feed and _has_access(feed.reader, feed) else None


def _has_access(reader: Person, feed: Feed) -> bool:
    """Whether the reader may still see these duties: their own until they leave; more in a role or on the rota."""
    today = clock.today()
    if reader.has_left(today) or User.objects.filter(person=reader, is_active=False).exists():
        return False
    if feed.person_id == reader.pk:
        return True
    on_rota = feed.rota.members.between(today, today).filter(person=reader).exists()
    return on_rota or reader.holdings.standing(clock.now()).filter(office=feed.office).exists()


def calendar_text(feed: Feed) -> bytes:
    """The calendar as iCalendar text: published duties from three months back on."""
    duties = Duty.objects.filter(period__rota=feed.rota, ends_at__gte=clock.now() - KEPT_BEFORE)
    if feed.person:
        duties = duties.filter(published=feed.person)
    if feed.duty_type:
        duties = duties.filter(duty_type=feed.duty_type)
    rows = duties.exclude(published=None).select_related("duty_type", "published", "period").order_by("starts_at")
    return calendar_of([_event(feed, duty) for duty in rows], name=feed.words)


def _event(feed: Feed, duty: Duty) -> dict[str, Any]:
    who = duty.published.ranked_name if duty.published else ""
    title = duty.duty_type.name if feed.person else f"{duty.duty_type.name}: {who}"
    return {
        "uid": f"duty-{duty.pk}@{feed.office.slug}.private-office",
        "summary": title,
        "location": "",
        "description": f"{who}, {duty.published.phone}" if duty.published and duty.published.phone else who,
        "start": clock.london(duty.starts_at).replace(tzinfo=None).isoformat(),
        "starts_at": duty.starts_at.isoformat(),
        "ends_at": duty.ends_at.isoformat(),
        "zone": "Europe/London",
        "status": "CONFIRMED",
        "dtstamp": duty.period.made_at,
    }
