"""Instants, closing times and the nights on which the clocks change."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from privateoffice.foundations.clock import clock

CHANGES = [
    *[(date(2025, 3, 30), 23), (date(2026, 3, 29), 23), (date(2027, 3, 28), 23), (date(2028, 3, 26), 23)],
    *[(date(2025, 10, 26), 25), (date(2026, 10, 25), 25), (date(2027, 10, 31), 25), (date(2028, 10, 29), 25)],
]
minutes = st.times().map(lambda at: at.replace(second=0, microsecond=0, fold=0))
days = st.dates(date(2000, 1, 1), date(2060, 1, 1))


def utc(*parts):
    return datetime(*parts, tzinfo=UTC)


def test_rest_is_the_time_that_truly_passes():
    def rest(off, off_at, on, on_at):
        return clock.elapsed(clock.moment(off, off_at), clock.moment(on, on_at))

    assert rest(date(2026, 3, 28), "23:00", date(2026, 3, 29), "10:00") == timedelta(hours=10)
    assert rest(date(2026, 10, 24), "23:00", date(2026, 10, 25), "09:00") == timedelta(hours=11)


def test_rest_between_two_london_clock_times_is_not_read_off_the_wall():
    start = clock.london(clock.moment(date(2026, 3, 28), "23:00"))
    end = clock.london(clock.moment(date(2026, 3, 29), "10:00"))
    assert (end - start, clock.elapsed(start, end)) == (timedelta(hours=11), timedelta(hours=10))


@pytest.mark.parametrize(("day", "hours"), CHANGES)
def test_the_day_of_a_clock_change_has_its_own_length(day, hours):
    end = clock.moment(day + timedelta(days=1))
    assert clock.elapsed(clock.moment(day), end) == timedelta(hours=hours)


def test_a_closing_time_is_open_to_its_last_second():
    closing = clock.closing(date(2026, 7, 1), "23:55")
    assert utc(2026, 7, 1, 22, 55, 59) <= closing < utc(2026, 7, 1, 22, 56)


def test_an_hour_that_comes_twice_starts_early_and_closes_late():
    day = date(2026, 10, 25)
    assert clock.moment(day, "01:30") == utc(2026, 10, 25, 0, 30)
    assert clock.closing(day, "01:30") == utc(2026, 10, 25, 1, 30, 59, 999_999)


def test_an_hour_that_never_comes_is_read_by_the_clock_before():
    day = date(2026, 3, 29)
    assert clock.moment(day, "01:30") == utc(2026, 3, 29, 1, 30)
    assert clock.london(clock.moment(day, "01:30")).time() == time(2, 30)
    assert clock.closing(day, "01:30") == utc(2026, 3, 29, 1, 30, 59, 999_999)


def test_the_day_changes_at_midnight_in_london():
    assert clock.day_of(utc(2026, 6, 30, 22, 59)) == date(2026, 6, 30)
    assert clock.day_of(utc(2026, 6, 30, 23, 0)) == date(2026, 7, 1)


def test_a_moment_without_a_zone_is_refused():
    naive = datetime(2026, 10, 25, 1, 30)
    for ask in (clock.london, clock.day_of, lambda at: clock.elapsed(at, at)):
        with pytest.raises(ValueError, match="needs a zone"):
            ask(naive)


def test_a_stopped_clock_stands_and_then_runs_on():
    with clock.stopped_at(utc(2026, 6, 30, 23, 30)):
        assert (clock.now(), clock.today()) == (utc(2026, 6, 30, 23, 30), date(2026, 7, 1))
    assert abs(clock.now() - datetime.now(UTC)) < timedelta(minutes=1)


@given(days, minutes)
def test_every_closing_time_is_after_its_moment_and_within_its_minute_or_the_hour_that_comes_again(day, at):
    open_for = clock.closing(day, at) - clock.moment(day, at)
    minute = timedelta(seconds=59, microseconds=999_999)
    assert open_for in (minute, minute + timedelta(hours=1))


@given(days, minutes)
def test_a_moment_reads_back_as_it_was_said_unless_it_never_came(day, at):
    back = clock.london(clock.moment(day, at))
    said = datetime.combine(day, at)
    assert back.replace(tzinfo=None, fold=0) - said in (timedelta(0), timedelta(hours=1))
    assert back.utcoffset() in (timedelta(0), timedelta(hours=1))
