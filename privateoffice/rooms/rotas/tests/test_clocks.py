"""A rota across both nights on which the clocks change: hours as they truly pass, calendars and pay by London."""

from datetime import date, timedelta
from itertools import pairwise

import pytest

from privateoffice.foundations.clock import clock
from privateoffice.foundations.offices import scope
from privateoffice.rooms.rotas import services
from privateoffice.rooms.rotas.models import Duty, Period
from privateoffice.rooms.rotas.tests.ground import make_ground


def test_a_year_of_weeks_leaves_no_gap_and_no_overlap_at_either_change(cast, on_a_monday):
    with scope.acting(cast.pa, office=cast.homicide):
        ground = make_ground(cast, starts_on=date(2026, 10, 19), ends_on=date(2027, 4, 4))
        weeks = list(Duty.objects.filter(period=ground.period, duty_type=ground.sio).order_by("starts_at"))
        assert all(a.ends_at == b.starts_at for a, b in pairwise(weeks))
        assert all(clock.london(week.starts_at).strftime("%a %H:%M") == "Mon 09:00" for week in weeks)
        lengths = {week.first_on: week.length for week in weeks}
        week = timedelta(days=7)
        assert lengths.pop(date(2026, 10, 19)) == week + timedelta(hours=1)
        assert lengths.pop(date(2027, 3, 22)) == week - timedelta(hours=1)
        assert set(lengths.values()) == {week}


def test_calendars_and_rest_know_the_night_that_is_an_hour_short(cast, on_a_monday):
    """Ends 11pm on 25 March 2028, begins 10am on the 26th: eleven hours by the clocks, ten that pass."""
    with scope.acting(cast.pa, office=cast.homicide):
        ground = make_ground(cast, starts_on=date(2027, 3, 22), ends_on=date(2027, 3, 28))
        late = services.add_duty(
            ground.rota, name="Late", letter="L", runs="1", begins="15:00", ends="23:00", is_on_call=False
        )
        early = services.add_duty(
            ground.rota, name="Early", letter="E", runs="1", begins="10:00", ends="18:00", is_on_call=False
        )
        late.refresh_from_db()
        early.refresh_from_db()
        person = ground.people["Trevannick"]
        services.enrol(ground.rota, person=person, duty_types=[late, early], starts_on=date(2025, 1, 1))
        spring = services.open_period(ground.rota, starts_on=date(2028, 3, 25), ends_on=date(2028, 3, 26))
        ground.period = Period.objects.for_list().get(pk=spring.pk)
        ground.put("L-20280325", "Trevannick")
        with pytest.raises(services.NeedsAReason, match="10 h"):
            ground.put("E-20280326", "Trevannick")
        ground.put("E-20280326", "Trevannick", reason="Exigencies of duty", authorised_by="DCS Calderwick")
        (breach,) = ground.period.breaches.all()
        assert (breach.code, breach.rest_owed) == ("rest-11", 1)
