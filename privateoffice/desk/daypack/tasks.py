"""The day pack's jobs: at 17:00 for the next working day, again at 07:00 if something changed, and on request."""

from datetime import date

from privateoffice.desk.daypack import services
from privateoffice.foundations.clock import clock, working_days
from privateoffice.foundations.jobs.api import task
from privateoffice.foundations.offices import scope


@task
def make_for_tomorrow() -> str:
    """The pack of the next working day; returns its reference."""
    return _made(working_days.next(clock.today()))


@task
def make_for(day: str) -> str:
    """The pack of a day that somebody asked for."""
    return _made(date.fromisoformat(day))


@task
def freshen_today() -> str:
    """This morning's pack again, where something changed since last evening."""
    office = scope.current().office
    if office is None or not working_days.is_working(clock.today()):
        return ""
    pack = services.freshen(office, day=clock.today())
    return pack.reference if pack else ""


def _made(day: date) -> str:
    office = scope.current().office
    assert office is not None
    return services.make(office, day=day).reference
