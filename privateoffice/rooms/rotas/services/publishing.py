"""Publishing a rota: the draft becomes what people are held to, and each is told what is theirs."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.db.models import F

from privateoffice.foundations.clock import clock
from privateoffice.foundations.offices import scope
from privateoffice.foundations.offices.models import Person
from privateoffice.foundations.offices.verbs import trail, verb
from privateoffice.foundations.records import services as records
from privateoffice.rooms.rotas.models import Duty, Notice, Period, Publication
from privateoffice.rooms.rotas.services import board
from privateoffice.rooms.rotas.services.faults import HasGaps, NothingChanged
from privateoffice.rooms.rotas.services.letters import duty_words, spoken, write
from privateoffice.rooms.rotas.services.links import link_of, new_secret


@verb("rotas.publish")
def publish(period: Period, *, with_gaps: bool = False, reason: str = "") -> Publication:
    """Publish the draft. The first time everybody on it is told; later only those whose duties changed."""
    duties = list(Duty.objects.filter(period=period).select_for_update(of=("self",)).in_order())
    if not with_gaps and any(duty.person_id is None for duty in duties):
        raise HasGaps
    return _publish(period, duties, reason=reason)


@verb("rotas.publish")
def publish_duties(period: Period, duty_ids: Iterable[int], *, reason: str) -> Publication:
    """Publish the change of these duties at once, as a mend or a swap does; the rest of the draft waits."""
    rows = Duty.objects.filter(period=period, pk__in=list(duty_ids)).select_for_update(of=("self",))
    return _publish(period, list(rows.in_order()), reason=reason)


def _publish(period: Period, duties: list[Duty], *, reason: str) -> Publication:
    is_first = not period.is_published
    moved = [duty for duty in duties if duty.is_moved]
    if not moved and not is_first:
        raise NothingChanged
    changed = _changes(moved)
    Duty.objects.filter(pk__in=[duty.pk for duty in moved]).update(published=F("person"))
    edition = _edition(period, reason)
    _tell_all(period, edition, changed)
    board.refresh(period)
    trail(period, edition=edition.number, changed=len(moved), told=len(changed), reason=reason)
    return edition


def _changes(moved: list[Duty]) -> dict[Person, list[dict[str, Any]]]:
    """What each person affected gains and loses."""
    changed: dict[Person, list[dict[str, Any]]] = defaultdict(list)
    for duty in moved:
        if duty.published:
            changed[duty.published].append({"what": "lost", **duty_words(duty)})
        if duty.person:
            changed[duty.person].append({"what": "gained", **duty_words(duty)})
    return changed


def _edition(period: Period, reason: str) -> Publication:
    """Keep the whole rota as it is published now, and count it."""
    now_published = list(Duty.objects.filter(period=period).in_order())
    still_moved = any(duty.is_moved for duty in now_published)
    Period.objects.filter(pk=period.pk).update(
        publications=F("publications") + 1,
        published_change=F("published_change") if still_moved else F("last_change"),
    )
    fresh = Period.objects.get(pk=period.pk)
    for name in ("publications", "published_change", "last_change", "version"):
        setattr(period, name, getattr(fresh, name))
    if period.due_at:
        records.revise(period, seen=period.version, due_at=None)
    return Publication.objects.create(
        period=period,
        number=period.publications,
        change_number=period.last_change,
        duties=[_kept(duty) for duty in now_published],
        reason=reason[:300],
        published_at=clock.now(),
        published_by=scope.current().actor,
    )


def _kept(duty: Duty) -> dict[str, Any]:
    person = duty.published
    return duty_words(duty) | {
        "person": person.pk if person else None,
        "name": person.ranked_name if person else "",
    }


def _tell_all(period: Period, edition: Publication, changed: dict[Person, list[dict[str, Any]]]) -> None:
    """Tell each person affected; a newer notice stands for all that went before it."""
    theirs: dict[int, list[Duty]] = defaultdict(list)
    for duty in Duty.objects.filter(period=period, published__in=list(changed)).in_order():
        theirs[duty.published_id].append(duty)
    Notice.objects.filter(period=period, person__in=list(changed)).unacknowledged().update(is_superseded=True)
    for person, lines in sorted(changed.items(), key=lambda pair: pair[0].pk):
        _tell(period, edition, person, lines, theirs[person.pk])


def _tell(
    period: Period, edition: Publication, person: Person, lines: list[dict[str, Any]], duties: list[Duty]
) -> Notice:
    secret, digest = new_secret()
    notice = Notice(
        period=period,
        person=person,
        publication=edition.number,
        lines=lines,
        least_notice=_clear_days(lines),
        told_at=clock.now(),
        secret=digest,
    )
    is_first = edition.number == 1
    notice.delivery = write(
        period.office,
        person,
        subject=f"Your duties: {period.title}" if is_first else f"Your duties have changed: {period.title}",
        template="published",
        once=f"{period.reference}:published:{edition.number}:{person.pk}",
        period=period,
        edition=edition,
        notice=notice,
        gained=spoken(line for line in lines if line["what"] == "gained"),
        lost=spoken(line for line in lines if line["what"] == "lost"),
        duties=duties,
        is_first=is_first,
        link=link_of(secret),
    )
    notice.save()
    return notice


def _clear_days(lines: list[dict[str, Any]]) -> int:
    """Whole days of notice, without the day of telling and the first day of the duty."""
    first = min(line["first_on"] for line in lines)
    return clear_days(clock.today().isoformat(), first)


def clear_days(told_on: str, first_on: str) -> int:
    """Clear days between two dates as ISO text; nothing less than none."""
    gap = date.fromisoformat(first_on) - date.fromisoformat(told_on)
    return max(0, (gap - timedelta(days=1)).days)
