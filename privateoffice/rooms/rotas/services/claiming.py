"""What was worked and what is owed for it: days on call, call-outs, the allowance of a month."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.db import IntegrityError, transaction

from privateoffice.foundations.clock import clock
from privateoffice.foundations.offices import scope
from privateoffice.foundations.offices.models import Person
from privateoffice.foundations.offices.verbs import fact, trail, verb
from privateoffice.rooms.rotas.models import A_DAY, Claim, Duty, Rate, Recall, Rota
from privateoffice.rooms.rotas.services.faults import AlreadyClaimed, NoRate, NothingToClaim
from privateoffice.rooms.rotas.services.setting_up import office_at_hand

HOUR = timedelta(hours=1)


@dataclass
class Worked:
    """One person's month: the days on call, the hours of tours and call-outs, and what the allowance comes to."""

    person: Person
    days: set[date] = field(default_factory=set)
    tours: timedelta = timedelta(0)
    called_out: timedelta = timedelta(0)
    call_outs: int = 0
    amount: Decimal | None = Decimal(0)
    claim: Claim | None = None

    @property
    def tour_hours(self) -> Decimal:
        return _hours(self.tours)

    @property
    def called_out_hours(self) -> Decimal:
        return _hours(self.called_out)


def _hours(length: timedelta) -> Decimal:
    return (Decimal(int(length.total_seconds())) / 3600).quantize(Decimal("0.01"))


def month_of(rota: Rota, month: date) -> list[Worked]:
    """What each person did of a rota in a month, by elapsed time, with the allowance at each day's own rate."""
    first, last = month.replace(day=1), _last_of(month)
    start, end = clock.moment(first - A_DAY), clock.moment(last + 2 * A_DAY)
    duties = Duty.objects.between(start, end).filter(period__rota=rota).exclude(published=None)
    found: dict[int, Worked] = {}
    for duty in duties.select_related("duty_type", "published").order_by("starts_at", "pk"):
        mine = found.setdefault(duty.published_id, Worked(duty.published))
        if duty.duty_type.is_on_call:
            mine.days.update(day for day in allowance_days(duty) if first <= day <= last)
        else:
            mine.tours += _within(duty.starts_at, duty.ends_at, first, last)
    _add_recalls(found, rota, first, last)
    _price(found.values(), Rate.objects.filter(office=rota.office).between(first, last))
    claims = {claim.person_id: claim for claim in Claim.objects.filter(rota=rota, month=first)}
    for person_id, mine in found.items():
        mine.claim = claims.get(person_id)
    shown = [mine for mine in found.values() if mine.days or mine.tours or mine.called_out]
    return sorted(shown, key=lambda mine: (mine.person.surname, mine.person.forenames, mine.person.pk))


def allowance_days(duty: Duty) -> list[date]:
    """The days of 24 hours, beginning at the hour of the handover, that hold any time of the duty.

    Each is named by the date on which it begins. On the nights when the clocks change it has 23 or 25 hours.
    """
    days, day = [], duty.first_on - A_DAY
    while clock.moment(day, duty.duty_type.begins) < duty.ends_at:
        if clock.moment(day + A_DAY, duty.duty_type.begins) > duty.starts_at:
            days.append(day)
        day += A_DAY
    return days


def _last_of(month: date) -> date:
    return (month.replace(day=28) + timedelta(days=4)).replace(day=1) - A_DAY


def _within(start: datetime, end: datetime, first: date, last: date) -> timedelta:
    """The part of a time that lies in the days from first to last."""
    start, end = max(start, clock.moment(first)), min(end, clock.moment(last + A_DAY))
    return max(timedelta(0), clock.elapsed(start, end))


def _add_recalls(found: dict[int, Worked], rota: Rota, first: date, last: date) -> None:
    start, end = clock.moment(first), clock.moment(last + A_DAY)
    recalls = Recall.objects.filter(period__rota=rota, began_at__lt=end, ended_at__gt=start)
    for recall in recalls.select_related("person"):
        mine = found.setdefault(recall.person_id, Worked(recall.person))
        mine.called_out += _within(recall.began_at, recall.ended_at, first, last)
        mine.call_outs += 1


def _price(people: Iterable[Worked], rates: Iterable[Rate]) -> None:
    """Give each person what their days come to; nothing where a day has no rate."""
    rates = list(rates)
    price: dict[date, Decimal | None] = defaultdict(lambda: None)
    for mine in people:
        for day in mine.days:
            if day not in price:
                price[day] = next((r.amount for r in rates if r.starts_on <= day <= (r.ends_on or day)), None)
        prices = [price[day] for day in mine.days]
        mine.amount = None if None in prices else sum((p for p in prices if p is not None), Decimal(0))


@verb("rotas.record_recall")
def record_recall(duty: Duty, *, began_at: datetime, ended_at: datetime, reference: str = "") -> Recall:
    """Record that somebody on call was called out. It is working time, and their rest begins anew."""
    if duty.published is None or not (duty.starts_at <= began_at < ended_at):
        raise ValueError("The call-out begins within the duty and ends after it began")
    recall = Recall.objects.create(
        period=duty.period,
        duty=duty,
        person=duty.published,
        began_at=began_at,
        ended_at=ended_at,
        reference=reference[:80],
        recorded_at=clock.now(),
        recorded_by=scope.current().actor,
    )
    trail(duty.period, person=fact(recall.person.name), began_at=began_at, ended_at=ended_at)
    return recall


@verb("rotas.claim")
def claim(rota: Rota, *, person: Person, month: date) -> Claim:
    """Claim a person's on-call allowance for a month that has ended, as the rota was published."""
    office = office_at_hand()
    first = month.replace(day=1)
    mine = next((one for one in month_of(rota, first) if one.person == person), None)
    if mine is None or not mine.days or clock.today() <= _last_of(first):
        raise NothingToClaim
    if mine.amount is None:
        raise NoRate
    try:
        with transaction.atomic():
            made = Claim.objects.create(
                office=office,
                rota=rota,
                person=person,
                month=first,
                days=sorted(day.isoformat() for day in mine.days),
                amount=mine.amount,
                claimed_at=clock.now(),
                claimed_by=scope.current().actor,
            )
    except IntegrityError:
        raise AlreadyClaimed from None
    trail(rota, office_id=office.pk, person=fact(person.name), month=fact(f"{first:%B %Y}"), days=len(mine.days))
    return made
