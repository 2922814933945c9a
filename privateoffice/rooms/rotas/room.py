"""What the room of rotas declares to the house."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from privateoffice.foundations.clock import clock, words
from privateoffice.foundations.offices import scope
from privateoffice.foundations.registry.declarations import (
    MOST_COUNTED,
    Act,
    Door,
    Every,
    Keep,
    Kind,
    Need,
    New,
    PackLine,
    PackPart,
    Room,
)
from privateoffice.rooms.rotas import policy, tasks
from privateoffice.rooms.rotas.models import Duty, Handover, Notice, OnCall, Period, Rota, Swap
from privateoffice.rooms.rotas.views.board import board

CLERKS = ("pa", "staff_officer")
SOON = timedelta(days=14)
MOST = 20


def needs(now: datetime) -> Iterator[Need]:
    """A gap that is near, a rota to publish, a swap to settle, silence, and who is on now."""
    yield from _gaps(now)
    yield from _to_publish(now)
    yield from _swaps()
    yield from _silent(now)
    yield from _handovers(now)
    yield from _on_now(now)


def _gaps(now: datetime) -> Iterator[Need]:
    near = Duty.objects.gaps().filter(ends_at__gt=now, starts_at__lt=now + SOON)
    for duty in near.select_related("duty_type", "period__office").order_by("starts_at", "pk")[:MOST]:
        here = f"{duty.period.get_absolute_url()}duties/{duty.key}/"
        yield Need(
            key=f"rotas-gap-{duty.pk}",
            title=f"Nobody is {duty.duty_type}, {words.near(duty.starts_at, now)}",
            why=duty.period.title,
            url=here,
            standing="late" if duty.starts_at < now + timedelta(days=3) else "soon",
            group="now" if duty.starts_at < now + timedelta(days=3) else "today",
            due_at=duty.starts_at,
            when=words.near(duty.starts_at, now),
            reference=duty.period.reference,
            weight=70 if duty.starts_at < now + timedelta(days=3) else 20,
            roles=CLERKS,
            acts=(Act("Put somebody on", "e", here),),
        )


def _to_publish(now: datetime) -> Iterator[Need]:
    due = Period.objects.filter(publications=0, due_at__lt=now + timedelta(days=5)).for_list()
    for period in due.order_by("due_at", "pk")[:MOST]:
        yield Need(
            key=f"rotas-publish-{period.reference}",
            title=f"Publish: {period.title}",
            why=f"People are to be told by {words.day(period.publish_by)}",
            url=period.get_absolute_url(),
            standing="late" if period.due_at and period.due_at < now else "soon",
            group="now" if period.due_at and period.due_at < now else "today",
            due_at=period.due_at,
            when=words.due(period.due_at, now) if period.due_at else "",
            reference=period.reference,
            weight=25,
            roles=CLERKS,
            acts=(Act("Publish", "e", f"{period.get_absolute_url()}publication/"),),
        )


def _swaps() -> Iterator[Need]:
    for swap in Swap.objects.open().for_list().order_by("asked_at", "pk")[:MOST]:
        agreed = swap.is_agreed
        here = f"{swap.period.get_absolute_url()}swaps/"
        approver = swap.period.rota.swaps_approved_by
        yield Need(
            key=f"rotas-swap-{swap.pk}",
            title=f"{swap.asker.ranked_name} asks {swap.other.ranked_name} for a swap",
            why=f"{'Both agree: to approve' if agreed else 'Not answered yet'}. {swap.reason}",
            url=here,
            standing="soon" if agreed else "waiting",
            group="today" if agreed else "waiting",
            when="To approve" if agreed else "Waiting for an answer",
            whose="You"
            if not agreed or approver in scope.current().roles
            else swap.period.rota.get_swaps_approved_by_display(),
            reference=swap.period.reference,
            weight=22 if agreed else 0,
            roles=("commander",) if agreed and approver == Rota.Approver.COMMANDER else CLERKS,
            acts=(Act("Approve", "e", f"{here}{swap.number}/approval/", posts=True),) if agreed else (),
        )


def _silent(now: datetime) -> Iterator[Need]:
    """One line a period: how many have not acknowledged since the ladder began to chase them."""
    rows = Notice.objects.unacknowledged().exclude(action="").filter(period__ends_on__gte=clock.day_of(now))
    found: dict[int, list[Notice]] = {}
    for notice in rows.select_related("person", "period__office").order_by("told_at", "pk")[:200]:
        found.setdefault(notice.period_id, []).append(notice)
    for notices in list(found.values())[:MOST]:
        period = notices[0].period
        yield Need(
            key=f"rotas-silent-{period.reference}",
            title=f"{words.counted(len(notices), 'person has', 'people have')} not acknowledged their duties",
            why=", ".join(notice.person.ranked_name for notice in notices[:4]),
            url=f"{period.get_absolute_url()}told/",
            standing="waiting",
            group="waiting",
            when="Being chased",
            whose="They",
            reference=period.reference,
            roles=CLERKS,
        )


def _handovers(now: datetime) -> Iterator[Need]:
    rows = Handover.objects.waiting().filter(duty__ends_at__lt=now, duty__ends_at__gt=now - timedelta(days=3))
    for one in rows.select_related("taker", "giver", "duty__duty_type", "period__office").order_by("pk")[:MOST]:
        yield Need(
            key=f"rotas-handover-{one.pk}",
            title=f"Handover not accepted: {one.duty.duty_type}",
            why=f"{one.giver.ranked_name} to {one.taker.ranked_name if one.taker else 'nobody'}",
            url=f"{one.period.get_absolute_url()}handovers/",
            standing="soon",
            group="today",
            when=words.near(one.duty.ends_at, now),
            reference=one.period.reference,
            weight=15,
            roles=CLERKS,
        )


def _on_now(now: datetime) -> Iterator[Need]:
    """One line: who is on now and how to reach them."""
    office = scope.current().office
    mine = board(now, [office]) if office else []
    if mine:
        said = [f"{t.now.duty}: {t.now.name or 'nobody'} {t.now.phone}".strip() for t in mine[0][1]]
        yield Need(
            key="rotas-on-now",
            title="On call now",
            why="; ".join(said),
            url=f"/{office.slug}/rotas/on-now/" if office else "",
            standing="well",
            group="today",
            when=f"Until {words.near(min(t.now.ends_at for t in mine[0][1]), now)}",
            whose="",
            weight=-5,
            roles=("pa", "staff_officer", "commander", "slt_member"),
        )


def daypack(day: date) -> Iterator[PackPart]:
    """Who is on call through the day, one line each duty, as numbers and names."""
    start, end = clock.moment(day), clock.moment(day + timedelta(days=1))
    office = scope.current().office
    lines = OnCall.objects.filter(office=office, starts_at__lt=end, ends_at__gt=start).order_by(
        "order", "starts_at"
    )
    yield PackPart("on_call", tuple(_pack_line(line, day) for line in lines))


def _pack_line(line: OnCall, day: date) -> PackLine:
    ends_today = clock.day_of(line.ends_at) == day
    begins_today = clock.day_of(line.starts_at) == day
    until = f"until {words.plain_hour(line.ends_at)}" if ends_today and line.duty_key else ""
    since = f"from {words.plain_hour(line.starts_at)}" if begins_today and line.duty_key else ""
    return PackLine(
        title=line.duty, detail=line.name or "Nobody", when=f"{since} {until}".strip(), body=line.phone
    )


def waiting() -> int:
    """Gaps that are near, and swaps to approve."""
    now = clock.now()
    gaps = Duty.objects.gaps().filter(ends_at__gt=now, starts_at__lt=now + SOON).count_to(MOST_COUNTED)
    return gaps + Swap.objects.open().exclude(agreement=None).count_to(MOST_COUNTED)


room = Room(
    "Rotas",
    kinds=(
        Kind(
            Period,
            code="ROT",
            word="rota",
            words="rotas",
            path="rotas",
            icon="rotas",
            keep=Keep(years=7, after="made", heading="People"),
            search=("title", "rota__name", "duties__person__surname", "duties__duty_type__name"),
        ),
    ),
    policy=policy.ROLES,
    phrases=policy.PHRASES,
    doors=(Door("Rotas", "rotas:rotas", "rotas", "Time", key="r", verb="rotas.view", waiting=waiting),),
    new=(New("Rota", "rotas:new", "rotas.set_up"),),
    today=needs,
    daypack=daypack,
    jobs=(
        Every("40 7 * * 1-5", tasks.chase_silent, "rotas.chase_silent"),
        Every("*/5 * * * *", tasks.hear_acknowledgements, "rotas.hear_acknowledgements"),
        Every("0 14 * * 5", tasks.look_ahead, "rotas.look_ahead"),
    ),
)
