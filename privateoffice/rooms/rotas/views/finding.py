"""Finding the period, duty, rota and person that an address names; what is out of scope does not exist."""

from datetime import date, datetime

from django.http import Http404
from django.shortcuts import get_object_or_404

from privateoffice.foundations.offices.models import Person
from privateoffice.foundations.records.pages import find
from privateoffice.rooms.rotas.models import Duty, DutyType, Member, Period, Rota


def period_of(year: int, number: int) -> Period:
    return find(Period.objects.for_list(), year, number)


def duty_of(period: Period, key: str) -> Duty:
    """The duty that a key names: its letter and first day, "S-20261221", and the hour where it was cut in two."""
    letter, _, begins = key.partition("-")
    try:
        first_on = datetime.strptime(begins[:8], "%Y%m%d").date()
    except ValueError:
        raise Http404 from None
    rows = Duty.objects.filter(period=period, duty_type__letter=letter, first_on=first_on)
    found = [one for one in rows.select_related("duty_type", "person", "published") if one.key == key]
    if not found:
        raise Http404
    found[0].period = period
    return found[0]


def rota_of(slug: str) -> Rota:
    return get_object_or_404(Rota.objects.select_related("office"), slug=slug)


def duty_type_of(rota: Rota, letter: str) -> DutyType:
    return get_object_or_404(DutyType.objects.filter(rota=rota).select_related("rota__office"), letter=letter)


def member_of(rota: Rota, mark: str) -> Member:
    """The newest turn of a person on a rota."""
    people = Person.objects.marked(mark)
    found = Member.objects.filter(rota=rota, person__in=people).select_related("person", "rota__office")
    member = found.order_by("-starts_on", "-pk").first()
    if member is None:
        raise Http404
    return member


def person_marked(mark: str) -> Person:
    return get_object_or_404(Person.objects.all().marked(mark))


def month_asked(text: str | None, otherwise: date) -> date:
    """The first day of the month asked for as 2026-12, or of the one that fits otherwise."""
    try:
        return datetime.strptime(text or "", "%Y-%m").date()
    except ValueError:
        return otherwise.replace(day=1)
