"""A Monday morning at the PA's desk, with one action assigned."""

from datetime import date

import pytest

from privateoffice.foundations.clock import clock
from privateoffice.foundations.offices import scope
from privateoffice.spine.actions import services as actions

MONDAY = date(2026, 11, 23)


@pytest.fixture(autouse=True)
def monday():
    with clock.stopped_at(clock.moment(MONDAY, "09:00")):
        yield


@pytest.fixture
def desk(cast):
    with scope.acting(cast.pa, office=cast.homicide):
        yield cast


@pytest.fixture
def assigned(cast):
    """Recruit four liaison officers, by Friday week, owed by the SLT member."""
    with scope.acting(cast.pa, office=cast.homicide):
        return actions.assign(
            title="Recruit four liaison officers", owner=cast.slt_member.person, due_on=date(2026, 12, 4)
        )
