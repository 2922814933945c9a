"""How days and times are said."""

from datetime import UTC, date, datetime, time

import pytest

from privateoffice.foundations.clock import clock, words

NOW = clock.moment(date(2026, 11, 23), "10:41")  # a Monday


def at(day, hour):
    return clock.moment(date.fromisoformat(day), hour)


@pytest.mark.parametrize(
    ("when", "said"),
    [
        (date(2026, 11, 23), "Today"),
        (date(2026, 11, 24), "Tomorrow"),
        (at("2026-11-23", "16:00"), "Today 4:00pm"),
        (at("2026-11-24", "16:00"), "Tomorrow 4:00pm"),
        (at("2026-11-24", "12:00"), "Tomorrow midday"),
        (date(2026, 11, 25), "Wed 25 Nov"),
        (at("2026-11-25", "09:30"), "Wed 25 Nov 9:30am"),
        (date(2027, 1, 21), "Thu 21 Jan 2027"),
        (clock.closing(date(2026, 11, 24)), "Tomorrow"),
        (date(2026, 11, 20), "1 working day late"),
        (at("2026-11-20", "17:00"), "1 working day late"),
        (date(2026, 11, 9), "10 working days late"),
        (at("2026-11-23", "10:40"), "1 minute late"),
        (at("2026-11-23", "10:01"), "40 minutes late"),
        (at("2026-11-23", "08:00"), "2 hours late"),
        (date(2003, 3, 3), "late since 3 March 2003"),
        (date(2031, 3, 3), "Mon 3 Mar 2031"),
    ],
)
def test_what_is_due(when, said):
    assert words.due(when, NOW) == said


@pytest.mark.parametrize(
    ("when", "now", "said"),
    [
        (date(2026, 11, 20), at("2026-11-22", "09:00"), "late since Fri 20 Nov"),
        (date(2026, 11, 20), at("2026-11-21", "09:00"), "late since yesterday"),
        (at("2026-11-20", "17:30"), at("2026-11-21", "09:00"), "late since yesterday"),
        (at("2026-10-25", "00:30"), at("2026-10-25", "03:30"), "4 hours late"),
        (clock.closing(date(2026, 1, 9), "23:55"), datetime(2026, 1, 9, 23, 56, tzinfo=UTC), "1 minute late"),
        (clock.closing(date(2026, 1, 9), "23:55"), datetime(2026, 1, 9, 23, 55, 59, tzinfo=UTC), "Today 11:55pm"),
    ],
)
def test_what_is_late_outside_working_days(when, now, said):
    assert words.due(when, now) == said


def test_on_paper_days_go_by_their_names():
    with words.days_by_name():
        said = [words.near(at("2026-11-24", "17:30"), NOW), words.due(date(2026, 11, 23), NOW)]
    assert (said, words.near(date(2026, 11, 24), NOW)) == (["Tue 24 Nov 5:30pm", "Mon 23 Nov"], "Tomorrow")


def test_days_and_times_in_the_government_manner():
    late = at("2026-01-26", "17:30")
    assert [words.day(late), words.weekday(late), words.moment(late)] == [
        "26 January 2026",
        "Monday 26 January 2026",
        "26 January 2026 at 5:30pm",
    ]
    assert words.hours(time(10), time(11)) == "10am to 11am"
    assert words.hours(time(10, 15), time(12)) == "10:15am to midday"
    assert [words.hour(time(hour)) for hour in (0, 1, 11, 12, 13, 23)] == [
        *["midnight", "1:00am", "11:00am", "midday", "1:00pm", "11:00pm"]
    ]
    assert [words.hour(time(0, 5)), words.hour(time(12, 5))] == ["12:05am", "12:05pm"]


def test_times_are_said_by_the_clock_in_london():
    assert words.moment(datetime(2026, 6, 30, 23, 30, tzinfo=UTC)) == "1 July 2026 at 12:30am"


def test_things_are_counted():
    assert [words.counted(1, "enquiry", "enquiries"), words.counted(2, "enquiry", "enquiries")] == [
        "1 enquiry",
        "2 enquiries",
    ]
    assert words.counted(1200, "action") == "1,200 actions"
