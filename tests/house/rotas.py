"""Rows for the lists of rotas: people, periods, duties, notices, swaps, handovers, claims and questions."""

from datetime import date, timedelta
from decimal import Decimal

from privateoffice.foundations.clock import clock
from privateoffice.foundations.offices import scope
from privateoffice.foundations.offices.models import Person
from privateoffice.foundations.offices.verbs import performing
from privateoffice.rooms.rotas import services
from privateoffice.rooms.rotas.models import (
    Breach,
    Claim,
    Duty,
    Handover,
    Notice,
    Period,
    Rota,
    Run,
    Swap,
)

WEEK = timedelta(days=7)
BASE = "/homicide/rotas/"


def fill_rotas(cast, count: int) -> list[str]:
    """So many rounds of everything that a list of rotas shows; returns the lists."""
    with scope.acting(cast.pa, office=cast.homicide), performing("rotas.place"):
        rota = Rota.objects.filter(slug="desk").first() or services.set_up(
            name="Desk", duties=({"name": "Duty officer", "letter": "O", "runs": "7"},)
        )
        first = Period.objects.filter(rota=rota).order_by("starts_on").first() or _open(rota, clock.today())
        for _ in range(count):
            _round(cast, rota, first, Notice.objects.filter(period=first).count())
        return _lists(rota, first)


def _open(rota: Rota, day: date) -> Period:
    return services.open_period(rota, starts_on=day, ends_on=day + 4 * WEEK)


def _round(cast, rota: Rota, period: Period, number: int) -> None:
    person = Person.everyone.create(
        office=cast.homicide,
        forenames="Hal",
        surname=f"Ambrewick{number}",
        rank="DI",
        pay_number=f"PX96{number:03}",
    )
    today, kind = clock.today(), rota.duty_types.get()
    services.enrol(rota, person=person, duty_types=[kind], starts_on=date(2025, 1, 1))
    services.certify(person, name="PIP 3", starts_on=today)
    services.note_away(person, kind="leave", starts_on=today + 60 * WEEK, ends_on=today + 61 * WEEK)
    last = Period.objects.filter(rota=rota).order_by("-ends_on")[0].ends_on
    _open(rota, last + timedelta(days=1))
    mine = Duty.objects.filter(period=period).order_by("starts_at")[number % 4]
    Duty.objects.filter(pk=mine.pk).update(person=person, published=person)
    Period.objects.filter(pk=period.pk).update(publications=1)
    Notice.objects.create(period=period, person=person, publication=1, lines=[])
    Swap.objects.create(period=period, number=number + 1, asker=person, other=cast.pa.person, reason="A wedding")
    Handover.objects.create(
        period=period, duty=_new_duty(period, kind, number), giver=person, taker=cast.pa.person
    )
    Run.objects.create(
        period=period, number=number + 1, kind=Run.Kind.FILL, basis=0, asked_by="x", ended_at=clock.now()
    )
    Claim.objects.create(
        office=cast.homicide,
        rota=rota,
        person=person,
        month=today.replace(day=1),
        amount=Decimal(35),
        claimed_by="x",
    )
    Breach.objects.create(
        period=period, duty=mine, person=person, code="rest-11", words="Too little rest", reason="x",
        authorised_by="x", recorded_by="x",
    )  # fmt: skip
    services.make_feed(rota, reader=person, person=person)


def _new_duty(period: Period, kind, number: int) -> Duty:
    """A duty of its own for each round, a year before."""
    day = period.starts_on - 52 * WEEK + timedelta(days=number)
    duty = Duty(period=period, duty_type=kind)
    duty.set_days(day, day)
    duty.save()
    return duty


def _lists(rota: Rota, period: Period) -> list[str]:
    one, here = f"{BASE}{rota.slug}/", period.get_absolute_url()
    return [
        BASE,
        one,
        *(f"{BASE}{page}/" for page in ("on-now", "away", "skills", "rates")),
        *(f"{one}{page}/" for page in ("pay", "feeds")),
        *(f"{here}{page}/" for page in ("told", "ledger", "changes", "runs", "handovers", "swaps", "gaps")),
        here,
        f"{here}?show=whole",
    ]
