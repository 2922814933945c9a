from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from privateoffice.foundations.jobs.cron import LONDON, is_cron, latest_due

SPRING, AUTUMN = datetime(2026, 3, 29, tzinfo=UTC), datetime(2026, 10, 25, tzinfo=UTC)
nights = st.sampled_from([SPRING, AUTUMN, datetime(2026, 6, 1, tzinfo=UTC)])


def london(text):
    return datetime.fromisoformat(text).replace(tzinfo=LONDON)


@pytest.mark.parametrize(
    ("cron", "now", "due"),
    [
        ("0 7 * * *", "2026-01-26 07:00:00", "2026-01-26 07:00:00"),
        ("0 7 * * *", "2026-01-26 06:59:59.900000", "2026-01-25 07:00:00"),
        ("0 7 * * *", "2026-07-01 07:00:30", "2026-07-01 07:00:00"),
        ("30 16 * * 1-5", "2026-01-25 12:00", "2026-01-23 16:30"),
        ("*/15 * * * *", "2026-03-29 02:05", "2026-03-29 02:00"),
    ],
)
def test_a_schedule_falls_due_by_the_clocks_of_london(cron, now, due):
    assert latest_due(cron, london(now)) == london(due)


def test_a_time_that_the_spring_night_skips_falls_due_when_the_clocks_have_jumped():
    jump = datetime(2026, 3, 29, 1, tzinfo=UTC)
    assert latest_due("30 1 * * *", jump - timedelta(seconds=1)) == london("2026-03-28 01:30")
    assert latest_due("30 1 * * *", jump) == jump


def test_a_time_that_the_autumn_night_repeats_falls_due_once():
    first, second = datetime(2026, 10, 25, 0, 30, tzinfo=UTC), datetime(2026, 10, 25, 1, 45, tzinfo=UTC)
    assert latest_due("30 1 * * *", first) == latest_due("30 1 * * *", second) == first


def test_what_runs_every_hour_runs_in_both_hours_of_the_autumn_night():
    moments = [datetime(2026, 10, 25, 0, 5, tzinfo=UTC) + timedelta(minutes=15 * n) for n in range(8)]
    assert [latest_due("*/15 * * * *", now) for now in moments] == [now - timedelta(minutes=5) for now in moments]


@given(nights, st.integers(0, 23), st.integers(0, 59), st.lists(st.integers(1, 7200), min_size=1, max_size=60))
def test_a_daily_schedule_fires_once_for_each_day_that_it_was_watched(night, hour, minute, naps):
    """A scheduler that looks, sleeps and looks again over a night of changing clocks."""
    now = night - timedelta(hours=18)
    last, fired = now, []
    for nap in naps:
        now += timedelta(seconds=nap)
        due = latest_due(f"{minute} {hour} * * *", now)
        assert due <= now
        if due > last:
            last = due
            fired.append(due.astimezone(LONDON).date())
    assert fired == sorted(set(fired))


@given(st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1), timezones=st.just(UTC)), st.integers(0, 59))
def test_an_hourly_schedule_is_never_more_than_an_hour_behind(now, minute):
    due = latest_due(f"{minute} * * * *", now)
    assert timedelta() <= now - due < timedelta(hours=1)
    assert due.minute == minute


@given(
    st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1), timezones=st.just(UTC)),
    st.sampled_from(["0 7 * * *", "30 1 * * *", "*/5 * * * *", "0,30 1 * * *", "15 1,2 * * 0", "0 9 1 * *"]),
    st.integers(0, 100_000),
)
def test_time_that_goes_on_never_takes_a_schedule_back(now, cron, seconds):
    assert latest_due(cron, now) <= latest_due(cron, now + timedelta(seconds=seconds))


@pytest.mark.parametrize("text", ["", "0 7 * *", "61 7 * * *", "weekday 07:30", "0 7 * * * *"])
def test_what_cron_does_not_know_is_no_schedule(text):
    assert not is_cron(text)
