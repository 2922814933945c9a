"""Statutory dates and promised times."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from privateoffice.foundations.clock import clock, holidays, promises, working_days

days = st.dates(date(2025, 1, 1), date(2028, 6, 30))


@pytest.mark.parametrize(
    ("received", "due"),
    [(date(2026, 3, 11), date(2026, 4, 13)), (date(2026, 12, 18), date(2027, 1, 21))],
)
def test_freedom_of_information_is_due_on_the_twentieth_working_day(received, due):
    assert promises.foi_due(received) == due


@pytest.mark.parametrize(
    ("received", "extra", "due"),
    [
        (date(2026, 1, 31), 0, date(2026, 3, 2)),
        (date(2026, 3, 3), 0, date(2026, 4, 7)),
        (date(2028, 1, 31), 0, date(2028, 2, 29)),
        (date(2026, 11, 30), 0, date(2026, 12, 30)),
        (date(2026, 11, 30), 2, date(2027, 3, 1)),
    ],
)
def test_subject_access_is_due_on_the_same_date_of_the_month(received, extra, due):
    assert promises.subject_access_due(received, extra) == due


@pytest.mark.parametrize("extra", [-1, 3])
def test_subject_access_is_extended_by_two_months_at_most(extra):
    with pytest.raises(ValueError, match="one or two months"):
        promises.subject_access_due(date(2026, 1, 5), extra)


def test_a_breach_is_reported_within_hours_that_truly_pass():
    learned = clock.moment(date(2026, 10, 23), "12:00")
    assert promises.breach_report_due(clock.london(learned)) == clock.moment(date(2026, 10, 26), "11:00")


@pytest.mark.parametrize(
    ("received_at", "within", "due"),
    [
        ("2026-04-01 09:00", 2, date(2026, 4, 7)),
        ("2026-04-01 09:00", 0, date(2026, 4, 1)),
        ("2026-04-01 17:01", 0, date(2026, 4, 2)),
        ("2026-04-03 09:00", 0, date(2026, 4, 7)),
        ("2026-04-03 23:30", 0, date(2026, 4, 7)),
        ("2026-04-01 23:59", 10, date(2026, 4, 17)),
    ],
)
def test_an_answer_is_promised_in_working_days(received_at, within, due):
    received = clock.moment(date.fromisoformat(received_at[:10]), received_at[11:])
    assert promises.answer_due(received, within) == clock.closing(due, "17:00")


def test_in_time_is_to_the_end_of_the_day_or_to_the_second():
    closing = clock.closing(date(2026, 1, 9), "23:55")
    late, last = datetime(2026, 1, 9, 23, 56, tzinfo=UTC), datetime(2026, 1, 9, 23, 55, 59, tzinfo=UTC)
    assert [promises.is_in_time(at, closing) for at in (last, late)] == [True, False]
    assert promises.is_in_time(late, date(2026, 1, 9))
    assert not promises.is_in_time(late + timedelta(minutes=4), date(2026, 1, 9))


@given(days)
def test_statutory_dates_are_working_days_after_receipt(received):
    foi, access = promises.foi_due(received), promises.subject_access_due(received)
    assert foi not in holidays.off(holidays.FOI)
    assert working_days.is_working(foi)
    assert working_days.is_working(access)
    assert received + timedelta(days=26) <= foi <= received + timedelta(days=42)
    assert received + timedelta(days=28) <= access <= received + timedelta(days=36)


@given(days, days, st.integers(0, 2))
def test_a_later_receipt_is_never_due_earlier(one, other, extra):
    first, second = sorted((one, other))
    assert promises.foi_due(first) <= promises.foi_due(second)
    assert promises.subject_access_due(first, extra) <= promises.subject_access_due(second, extra)


@given(st.datetimes(datetime(2025, 1, 1), datetime(2028, 6, 30), timezones=st.just(UTC)), st.integers(0, 30))
def test_a_promise_is_never_over_when_it_is_made(received_at, within):
    due = promises.answer_due(received_at, within)
    assert due >= received_at
    assert working_days.is_working(clock.day_of(due))
