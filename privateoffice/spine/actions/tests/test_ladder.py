"""The ladder: when each step is planned, and that none fires early, twice, after the end, or while paused."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import islice

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from privateoffice.foundations.clock import clock, holidays, working_days
from privateoffice.spine.actions.models.ladder import Course, coming, due, steps

FRIDAY = date(2026, 12, 4)
LONG_AGO = clock.moment(date(2026, 1, 2), "09:00")


def planned(course, how_many):
    return [
        (step.rung, clock.london(step.at).strftime("%a %d %b %H:%M")) for step in islice(steps(course), how_many)
    ]


def test_five_working_days_before_on_the_day_then_weekly():
    assert planned(Course(FRIDAY, LONG_AGO), 4) == [
        ("before", "Fri 27 Nov 08:00"),
        ("day", "Fri 04 Dec 08:00"),
        ("late", "Fri 11 Dec 08:00"),
        ("late", "Fri 18 Dec 08:00"),
    ]


def test_a_step_that_falls_on_a_bank_holiday_goes_on_the_next_working_day():
    assert planned(Course(FRIDAY, LONG_AGO), 7)[4:] == [
        ("late", "Tue 29 Dec 08:00"),
        ("late", "Mon 04 Jan 08:00"),
        ("late", "Fri 08 Jan 08:00"),
    ]


def test_summer_time_does_not_move_the_morning():
    step = next(steps(Course(date(2026, 6, 12), LONG_AGO)))
    assert clock.london(step.at).hour == 8
    assert step.at.hour == 7


@pytest.mark.parametrize(
    ("course", "copies"),
    [
        (Course(FRIDAY, LONG_AGO), [("line_manager",), ("line_manager", "staff_officer")]),
        (Course(FRIDAY, LONG_AGO, is_senior=True), [("staff_officer",), ("staff_officer",)]),
        (
            Course(FRIDAY, LONG_AGO, dates=3, slips=3),
            [("line_manager", "commander"), ("line_manager", "staff_officer", "commander")],
        ),
    ],
)
def test_who_is_copied_once_it_is_late(course, copies):
    late = [step for step in islice(steps(course), 6) if step.rung == "late"]
    assert [step.copies for step in late[:2]] == copies


def test_the_third_slip_goes_to_the_commander_the_next_morning():
    slipped_at = clock.moment(date(2026, 11, 20), "15:00")
    course = Course(FRIDAY, slipped_at, dates=3, slips=3, slipped_at=slipped_at)
    first = coming(course, slipped_at)[0]
    assert (first.rung, first.to, clock.london(first.at).strftime("%a %d %H:%M")) == (
        "slips",
        "commander",
        "Mon 23 08:00",
    )


def test_a_date_beyond_the_known_bank_holidays_is_planned_by_the_week():
    last = date(max(holidays.known_years(holidays.ENGLAND)), 12, 1)
    far = Course(working_days.on_or_after(last), LONG_AGO)
    assert len(planned(far, 12)) == 12


DAYS = st.dates(date(2026, 1, 5), date(2027, 11, 30)).map(working_days.on_or_after)
HOURS = st.integers(0, 24 * 120)


@st.composite
def lives(draw):
    """An action's course, and the moments at which somebody looks whether a step is due."""
    due_on = draw(DAYS)
    slips = draw(st.integers(0, 5))
    begun = clock.moment(due_on, "00:00") - timedelta(hours=draw(HOURS))
    course = Course(
        due_on,
        since=begun,
        dates=slips + draw(st.integers(0, 2)),
        slips=slips,
        slipped_at=begun if slips else None,
        is_senior=draw(st.booleans()),
    )
    looks = sorted(begun + timedelta(hours=hour) for hour in draw(st.lists(HOURS, min_size=1, max_size=12)))
    return course, looks


def lived(course, looks):
    """Every firing, with the look at which it fired."""
    fired = []
    for look in looks:
        for step in due(course, look):
            fired.append((look, step))
            course = replace(course, fired=course.fired | {step.key})
    return fired


@settings(deadline=None)
@given(lives())
def test_no_step_fires_early_or_twice_or_before_the_present_date_was_set(life):
    course, looks = life
    fired = lived(course, looks)
    keys = [step.key for _, step in fired]
    assert len(keys) == len(set(keys))
    assert all(course.since < step.at <= look for look, step in fired)


@settings(deadline=None)
@given(lives())
def test_whatever_the_looks_the_same_steps_fire_by_the_last_of_them(life):
    course, looks = life
    once = lived(course, looks[-1:])
    assert {step.key for _, step in lived(course, looks)} == {step.key for _, step in once}


@settings(deadline=None)
@given(lives())
def test_late_steps_stand_on_the_first_working_day_of_each_week_after_the_date(life):
    course, _ = life
    late = [step for step in islice(steps(course), 9) if step.rung == "late"]
    for week, step in enumerate(late, 1):
        exact = course.due_on + timedelta(days=7 * week)
        day = clock.day_of(step.at)
        assert clock.london(step.at).strftime("%H:%M") == "08:00"
        assert day == working_days.on_or_after(exact)
        assert step.week == week


@settings(deadline=None)
@given(lives())
def test_what_is_silent_stays_silent(life):
    course, looks = life
    assert lived(replace(course, is_silent=True), looks) == []
    assert coming(replace(course, is_silent=True), looks[0]) == []


@settings(deadline=None)
@given(lives(), HOURS)
def test_a_pause_is_silent_and_what_fell_in_it_is_not_sent_late(life, hours):
    course, looks = life
    until: datetime = course.since + timedelta(hours=hours)
    fired = lived(replace(course, since=until), looks)
    assert all(look > until and step.at > until for look, step in fired)


@settings(deadline=None)
@given(lives())
def test_what_is_shown_as_coming_is_what_fires(life):
    course, looks = life
    shown = coming(course, looks[-1], how_many=40)
    assert [step.key for _, step in lived(course, looks[-1:])] == [
        step.key for step in shown if step.at <= looks[-1]
    ]
