"""Filling the rest of a rota of daily duties by the day, and by blocks with the reason where it cannot be so."""

from datetime import date, time, timedelta

import pytest

from privateoffice.foundations.clock import clock
from privateoffice.foundations.offices import scope
from privateoffice.rooms.rotas import services, tasks
from privateoffice.rooms.rotas.models import Breach, Duty, Rule, Run
from privateoffice.rooms.rotas.tests.ground import NOW, officer

pytestmark = pytest.mark.slow

DUTIES = (
    {"name": "Early", "letter": "E", "begins": time(7), "ends": time(15)},
    {"name": "Late", "letter": "L", "begins": time(14), "ends": time(22), "not_before": "E"},
    {"name": "Night", "letter": "N", "begins": time(22), "ends": time(7), "is_night": True, "not_before": "E,L"},
)
SURNAMES = (
    "Ambrewick",
    "Brathcombe",
    "Corvendale",
    "Dunmallow",
    "Elverstow",
    "Farrowgate",
    "Gillanthorpe",
    "Harcastle",
)
FIRST, LAST = date(2026, 12, 7), date(2027, 1, 3)


@pytest.fixture
def team(cast):
    """Eight detectives, three duties a day, four weeks over Christmas."""
    with clock.stopped_at(NOW), scope.acting(cast.pa, office=cast.homicide):
        daily = [duty | {"runs": "1", "is_on_call": False} for duty in DUTIES]
        rota = services.set_up(name="Duty desk", duties=tuple(daily), by_the_day=True)
        types = list(rota.duty_types.all())
        for number, surname in enumerate(SURNAMES, start=31):
            person = officer(cast.homicide, surname, "DI", number)
            services.enrol(rota, person=person, duty_types=types, starts_on=date(2025, 1, 1))
        yield services.open_period(rota, starts_on=FIRST, ends_on=LAST)


def filled(period, **asked) -> Run:
    run = services.ask_solver(period, kind="fill", **asked)
    tasks.work_out.func(run.pk)
    return Run.objects.select_related("period__office", "period__rota").get(pk=run.pk)


def test_a_month_of_daily_duties_is_filled_day_by_day_and_taken(team):
    kept = Duty.objects.filter(period=team, duty_type__letter="N").order_by("starts_at").first()
    kept.period = team
    someone = team.rota.members.order_by("pk").first().person
    services.put_on(kept, someone, reason="Asked for it", authorised_by="DCS Calderwick")
    run = filled(team)
    assert (run.state, run.result.get("method")) == ("done", "day"), run.result
    assert run.result["version"].startswith("by the day")
    assert run.progress
    services.take_plan(run, reason="As proposed", authorised_by="DCS Calderwick")
    on = Duty.objects.filter(period=team).exclude(person=None)
    assert on.count() == 3 * ((LAST - FIRST).days + 1) - len(run.result["gaps"])
    assert Duty.objects.get(pk=kept.pk).person == someone
    assert run.result["waived"] == []
    assert not Breach.objects.filter(period=team).exclude(person=someone).exists()


def test_a_rule_about_blocks_leaves_it_to_the_solver_by_blocks_and_says_so(team):
    Rule.objects.filter(rota=team.rota, key="two-of-three").update(is_kept=True)
    run = filled(team)
    assert run.result["method"] == "blocks"
    assert run.result["why_blocks"] == "The rule “At most 2 of 3 blocks” is one about blocks."


def test_a_search_by_the_day_stops_when_asked(team):
    run = services.ask_solver(team, kind="fill")
    services.stop_solver(run)
    tasks.work_out.func(run.pk)
    run.refresh_from_db()
    assert run.state in ("stopped", "failed")
    assert clock.now() - run.asked_at < timedelta(minutes=5)
