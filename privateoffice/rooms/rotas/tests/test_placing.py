"""Periods, blocks, putting people on, undoing, cutting, pinning."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from privateoffice.foundations.clock import clock
from privateoffice.rooms.rotas import services
from privateoffice.rooms.rotas.models import Breach, Change, Duty, DutyType, Period
from privateoffice.rooms.rotas.services.placing import cut_at
from privateoffice.rooms.rotas.solver.answers import Breach as Fault

WEEK = "S-20261207"


def test_a_period_has_a_gap_for_each_block_of_each_duty(ground):
    keys = [duty.key for duty in Duty.objects.filter(period=ground.period).in_order()]
    weeks = ("20261207", "20261214", "20261221", "20261228")
    assert sorted(keys) == sorted(f"{letter}-{week}" for letter in "SD" for week in weeks)
    assert ground.period.title == "On call rota, 7 December 2026 to 3 January 2027"
    assert ground.period.publish_by == date(2026, 11, 7)


def test_no_two_periods_of_a_rota_share_a_day(ground):
    with pytest.raises(services.AlreadyThere):
        services.open_period(ground.rota, starts_on=date(2027, 1, 3), ends_on=date(2027, 1, 9))


@pytest.mark.parametrize(
    ("runs", "expected"),
    [
        ("7", [(7, 13), (14, 20)]),
        ("4,3", [(7, 10), (11, 13), (14, 17), (18, 20)]),
        ("5,-2", [(7, 11), (14, 18)]),
        ("7,-7", [(14, 20)]),
        ("1", [(day, day) for day in range(7, 21)]),
    ],
)
def test_blocks_follow_their_pattern_over_the_weeks(runs, expected):
    duty = DutyType(runs=runs)
    blocks = duty.blocks(date(2026, 12, 7), date(2026, 12, 20))
    assert [(first.day, last.day) for first, last in blocks] == expected


@pytest.mark.hostile("B05")
def test_a_duty_over_either_change_of_the_clocks_is_as_long_as_it_truly_is():
    duty = DutyType()
    spring, autumn = (
        duty.span(date(2027, 3, 22), date(2027, 3, 28)),
        duty.span(date(2026, 10, 19), date(2026, 10, 25)),
    )
    assert spring[1] - spring[0] == timedelta(days=7, hours=-1)
    assert autumn[1] - autumn[0] == timedelta(days=7, hours=1)


def test_somebody_is_put_on_and_the_change_says_so(ground):
    change = ground.put(WEEK, "Trevannick")
    assert ground.duty(WEEK).person == ground.people["Trevannick"]
    assert (change.number, change.words) == (1, "SIO, 07 Dec to 13 Dec: DCI Hal Trevannick")
    assert change.lines[0]["before_name"] == ""
    assert change.lines[0]["after_name"] == "DCI Hal Trevannick"


def test_an_undone_change_gives_the_duty_back_and_the_one_before_can_be_undone_next(ground):
    ground.put(WEEK, "Trevannick")
    ground.put(WEEK, "Pennistone")
    services.undo(ground.period)
    assert ground.duty(WEEK).person == ground.people["Trevannick"]
    services.undo(ground.period)
    assert ground.duty(WEEK).person is None
    with pytest.raises(services.NothingToUndo):
        services.undo(ground.period)
    assert Change.objects.filter(period=ground.period).count() == 4


def test_nobody_is_put_on_who_is_sick(ground):
    """C17: a breach is named with person, date and rule."""
    services.note_away(ground.people["Trevannick"], kind="sick", starts_on=date(2026, 12, 9))
    with pytest.raises(services.MayNotBe, match="Trevannick"):
        ground.put(WEEK, "Trevannick")
    assert ground.duty(WEEK).person is None


def test_a_rule_that_may_be_broken_needs_a_reason_and_goes_on_the_ledger(ground):
    ground.put(WEEK, "Trevannick")
    with pytest.raises(services.NeedsAReason):
        ground.put("S-20261214", "Trevannick")
    ground.put("S-20261214", "Trevannick", reason="Nobody else is in date", authorised_by="DCS Calderwick")
    row = Breach.objects.get()
    assert (row.code, row.reason, row.authorised_by) == (
        "weeks-running",
        "Nobody else is in date",
        "DCS Calderwick",
    )


def test_a_duty_cut_in_two_keeps_its_person_and_its_time(ground):
    ground.put(WEEK, "Trevannick")
    whole = ground.duty(WEEK)
    second = services.split_duty(whole, on=date(2026, 12, 11))
    first = ground.duty(WEEK)
    assert (first.last_on, second.first_on, second.person) == (
        date(2026, 12, 10),
        date(2026, 12, 11),
        first.person,
    )
    assert first.ends_at == second.starts_at
    with pytest.raises(services.NotInside):
        services.split_duty(first, on=first.first_on)


def test_a_pin_holds_until_it_is_let_go(ground):
    services.pin(ground.duty(WEEK), is_pinned=True)
    assert ground.duty(WEEK).is_pinned


def test_placing_many_is_one_change(ground):
    placings = [
        (ground.duty(WEEK), ground.people["Trevannick"]),
        (ground.duty("D-20261207"), ground.people["Merriwack"]),
    ]
    change = services.place(ground.period, placings, words="By hand")
    assert len(change.lines) == 2
    with pytest.raises(services.NothingChanged):
        services.place(ground.period, placings, words="Again")
    assert Period.objects.get(pk=ground.period.pk).last_change == 1


def test_a_plan_is_judged_as_a_whole_before_any_of_it_is_written(ground):
    """C17: hand editing and a plan obey the same rules."""
    person = ground.people["Trevannick"]
    weeks = [(ground.duty(WEEK), person), (ground.duty("S-20261214"), person)]
    with pytest.raises(services.NeedsAReason, match="Trevannick"):
        services.place_all(ground.period, weeks, words="Both")
    assert Duty.objects.filter(period=ground.period).gaps().count() == 8
    services.place_all(ground.period, weeks, words="Both", reason="x", authorised_by="y")
    assert Breach.objects.count() == 1


def test_a_breach_that_is_entered_twice_stands_once_on_the_ledger(ground):
    ground.put(WEEK, "Trevannick")
    person = str(ground.people["Trevannick"].pk)
    fault = Fault("rest-11", person, ("1",), date(2026, 12, 7), date(2026, 12, 8), "Short")
    for reason in ("First", "Better said"):
        services.waive(ground.duty(WEEK), fault, reason=reason, authorised_by="DCS", owed=Decimal("1.5"))
    row = Breach.objects.get()
    assert (row.reason, row.rest_owed) == ("Better said", Decimal("1.50"))


def test_a_duty_is_cut_at_an_hour_and_named_by_it(ground):
    six = clock.moment(date(2026, 12, 7), "18:00")
    second = cut_at(ground.duty(WEEK), six)
    assert (second.key, ground.duty(WEEK).ends_at) == ("S-20261207T1800", six)
    with pytest.raises(services.NotInside):
        cut_at(ground.duty(WEEK), six)
