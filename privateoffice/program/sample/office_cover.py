"""The rota by which the four Personal Assistants cover each other's offices: working weeks in turn, published."""

from datetime import date, time, timedelta

from privateoffice.foundations.clock import clock
from privateoffice.program.sample.cast import Cast
from privateoffice.program.sample.days import Days
from privateoffice.program.sample.past import Past
from privateoffice.program.sample.rotas import LONG_AGO, PART, quarter
from privateoffice.rooms.rotas import services
from privateoffice.rooms.rotas.models import Duty, Notice, Period, Rota

NAME = "Office cover"
DUTY = {
    "name": "Covering PA",
    "letter": "C",
    "colour": "green",
    "runs": "5,-2",
    "begins": time(8),
    "ends": time(18),
    "is_on_call": False,
    "order": 200,
}


def plan(past: Past, casts: list[Cast], days: Days) -> None:
    """The first office keeps it: set up before this quarter, published, and acknowledged by all but one."""
    first, last = quarter(days.today, 0)
    keeper = casts[0]
    at = clock.moment(first - timedelta(days=38), "11:00")
    for hours, act in ((0, _set_up), (1, _open), (2, _publish)):
        past.plan(
            PART,
            at + timedelta(hours=hours),
            keeper.office,
            keeper.pa,
            lambda act=act: act(casts, first, last),
        )


def _set_up(casts: list[Cast], first: date, last: date) -> None:
    rota = services.set_up(
        name=NAME, duties=(DUTY,), swaps_approved_by=Rota.Approver.NOBODY, publish_days_before=28, order=200
    )
    duty = rota.duty_types.get()
    for cast in casts:
        services.enrol(rota, person=cast.pa, duty_types=[duty], starts_on=LONG_AGO)


def _open(casts: list[Cast], first: date, last: date) -> None:
    rota = Rota.objects.get(name=NAME)
    period = services.open_period(rota, starts_on=first, ends_on=last)
    placings = []
    for place, duty in enumerate(Duty.objects.filter(period=period).in_order()):
        duty.period = period
        placings.append((duty, casts[place % len(casts)].pa))
    services.place(period, placings, words="Put on in turn")


def _publish(casts: list[Cast], first: date, last: date) -> None:
    period = Period.objects.for_list().get(rota__name=NAME)
    services.publish(period)
    told = Notice.objects.filter(period=period).select_related("person", "period__office")
    for notice in told.exclude(person=casts[-1].pa):
        services.acknowledge(notice, how="mail")
