"""Opening a period: the blocks of its duties, all of them gaps until somebody is put on them."""

from datetime import date, timedelta

from privateoffice.foundations.clock import clock, words
from privateoffice.foundations.offices.verbs import trail, verb
from privateoffice.foundations.records import services as records
from privateoffice.rooms.rotas.models import Duty, Period, Rota
from privateoffice.rooms.rotas.services.faults import AlreadyThere

LONGEST = 400


@verb("rotas.open_period")
def open_period(rota: Rota, *, starts_on: date, ends_on: date, title: str = "") -> Period:
    """Open a period of a rota: each block of each duty in it is a gap to fill."""
    if ends_on < starts_on or (ends_on - starts_on).days > LONGEST:
        raise ValueError(f"A period ends after it starts, and within {LONGEST} days")
    if Period.objects.filter(rota=rota).between(starts_on, ends_on).exists():
        raise AlreadyThere(str(AlreadyThere.__doc__))
    publish_by = starts_on - timedelta(days=rota.publish_days_before)
    period = records.make(
        Period,
        rota=rota,
        title=title or f"{rota.name} rota, {span_words(starts_on, ends_on)}",
        starts_on=starts_on,
        ends_on=ends_on,
        publish_by=publish_by,
        due_at=clock.closing(publish_by),
    )
    Duty.objects.bulk_create(_gaps(period))
    trail(period, starts_on=starts_on, ends_on=ends_on)
    return period


def _gaps(period: Period) -> list[Duty]:
    """A gap for each block of each duty of the rota, in the order of escalation."""
    gaps = []
    for duty_type in period.rota.duty_types.all():
        for first, last in duty_type.blocks(period.starts_on, period.ends_on):
            gap = Duty(period=period, duty_type=duty_type)
            gap.set_days(first, last)
            gaps.append(gap)
    return gaps


def span_words(first: date, last: date) -> str:
    """ "December 2026", "January to March 2027", or the days where these are no whole months."""
    after = last + timedelta(days=1)
    if first.day != 1 or after.day != 1:
        return f"{words.day(first)} to {words.day(last)}"
    if (first.year, first.month) == (last.year, last.month):
        return f"{first:%B %Y}"
    year = "" if first.year == last.year else f" {first.year}"
    return f"{first:%B}{year} to {last:%B} {last.year}"
