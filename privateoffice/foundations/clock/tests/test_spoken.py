"""Days as they are said, each with the one day that it means, or none."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from privateoffice.foundations.clock.spoken import Moment, days_in

THURSDAY = Moment(date(2026, 11, 26), hour=10, due=date(2026, 11, 26))


def said(text, at=THURSDAY):
    return [str(one.day) if one.day else one.why_none for one in days_in(text, at)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Friday week ok?", ["2026-12-04"]),
        ("a week on Friday", ["2026-12-04"]),
        ("until the 30th", ["2026-11-30"]),
        ("COP Friday", ["2026-11-27"]),
        ("Friday COP", ["2026-11-27"]),
        ("close of play on Tuesday", ["2026-12-01"]),
        ("next Tuesday", ["2026-12-01"]),
        ("next Friday", ["may be this week's or the next"]),
        ("Tuesday next week", ["2026-12-01"]),
        ("Fri 4 Dec", ["2026-12-04"]),
        ("Friday 5 Dec", ["weekday and date disagree"]),
        ("3/12", ["2026-12-03"]),
        ("3.12.26", ["2026-12-03"]),
        ("2026-12-04", ["2026-12-04"]),
        ("Dec 3rd", ["2026-12-03"]),
        ("31 November", ["does not exist"]),
        ("20 November", ["has passed"]),
        ("end of the month", ["2026-11-30"]),
        ("end of January", ["its last day is not worked"]),
        ("eow", ["2026-11-27"]),
        ("end of next week", ["2026-12-04"]),
        ("today week", ["2026-12-03"]),
        ("fortnight today", ["2026-12-10"]),
        ("in 5 working days", ["2026-12-03"]),
        ("another week", ["2026-12-03"]),
        ("the day after tomorrow", ["2026-11-28"]),
        ("Christmas Eve", ["2026-12-24"]),
        ("last Tuesday", ["in the past"]),
        ("Monday or Tuesday", ["2026-11-30", "2026-12-01"]),
        ("w/c 7 December", ["no single day"]),
        ("mid January", ["no single day"]),
        ("sometime next week", ["no single day"]),
        ("by half term", ["no single day"]),
        ("a couple of days", ["no single day"]),
        ("before Friday", ["no single day"]),
        ("Friday-ish", ["no single day"]),
        ("in a fortnight", ["no single day"]),
        ("the 2nd draft", []),
        ("Monday's board", []),
        ("I may do that", []),
        ("march on", []),
        ("9.30", []),
    ],
)  # fmt: skip
def test_a_day_means_one_day_or_none(text, expected):
    assert said(text) == expected


def test_an_extension_counts_only_where_both_readings_agree():
    assert said("another week", Moment(date(2026, 11, 26), due=date(2026, 11, 24))) == [
        "may count from today or from the day due"
    ]


def test_tomorrow_said_in_the_night_is_no_day():
    assert said("tomorrow", Moment(date(2026, 11, 26), hour=0)) == ["said in the night"]


@settings(max_examples=200, deadline=None)
@given(st.dates(date(2026, 1, 1), date(2026, 12, 31)), st.integers(0, 300))
def test_a_whole_date_is_read_as_itself(on, ahead):
    day = on + timedelta(days=ahead)
    at = Moment(on)
    for text in (
        f"{day:%A} {day.day} {day:%B %Y}",
        f"{day.day}/{day.month}/{day.year}",
        day.isoformat(),
        f"{day:%b} {day.day}, {day.year}",
    ):
        assert said(text, at) == [day.isoformat()], text


@settings(max_examples=200, deadline=None)
@given(
    st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1)),
    st.sampled_from(["Monday", "Tuesday", "Wednesday", "Thursday", "Friday"]),
)
def test_a_bare_weekday_is_the_first_after_it_was_said(at, weekday):
    [found] = days_in(weekday, Moment(at.date()))
    assert (found.day.strftime("%A"), 1 <= (found.day - at.date()).days <= 7) == (weekday, True)
