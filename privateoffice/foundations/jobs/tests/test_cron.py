from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from privateoffice.foundations.jobs.cron import LONDON, is_cron, latest_due

JUMP = datetime(2026, 3, 29, 1, tzinfo=UTC)
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
        ("1 * * * *", "2026-03-29 02:00", "2026-03-29 02:00"),
        ("* * * * 1-5", "2026-10-25 04:00", "2026-10-23 23:59"),
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


def test_at_the_end_of_the_hour_that_comes_twice_an_hourly_schedule_is_as_late_as_ever():
    now = datetime(2026, 10, 25, 1, tzinfo=UTC)
    assert latest_due("1 * * * *", now) == now - timedelta(minutes=59)


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
    assert due.minute == minute or due == JUMP


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


def walked(cron: str, since: datetime, until: datetime) -> list[datetime]:
    """Each moment at which a schedule falls due, by walking minute by minute and reading London's clocks.

    It shares nothing with the product: the fields are matched by hand, and the two nights by what the clocks show.
    """
    fields = [_values(field, *span) for field, span in zip(cron.split(), SPANS, strict=True)]
    every_hour = cron.split()[1].startswith("*")
    found, shown = [], set()
    jumped_over: list[datetime] = []
    moment = since - timedelta(hours=3)
    before = moment.astimezone(LONDON).replace(tzinfo=None) - timedelta(minutes=1)
    while moment <= until:
        wall = moment.astimezone(LONDON).replace(tzinfo=None)
        jumped_over = []
        while before + timedelta(minutes=1) < wall:
            before += timedelta(minutes=1)
            jumped_over.append(before)
        before = wall
        due = _is_due(fields, cron, wall) and (every_hour or wall not in shown)
        shown.add(wall)
        if (due or any(_is_due(fields, cron, skipped) for skipped in jumped_over)) and moment > since:
            found.append(moment)
        moment += timedelta(minutes=1)
    return found


SPANS = ((0, 59), (0, 23), (1, 31), (1, 12), (0, 6))


def _values(field: str, least: int, most: int) -> set[int]:
    """The numbers that a field of a cron expression stands for."""
    found: set[int] = set()
    for part in field.split(","):
        span, _, step = part.partition("/")
        low, _, high = span.partition("-")
        first, last = (least, most) if span == "*" else (int(low), int(high or low))
        found |= set(range(first, last + 1, int(step or 1)))
    return found


def _is_due(fields: list[set[int]], cron: str, wall: datetime) -> bool:
    minute, hour, day, month, weekday = fields
    in_day, in_week = wall.day in day, (wall.weekday() + 1) % 7 in weekday
    _, _, said_day, _, said_week = cron.split()
    on_day = in_day and in_week if "*" in (said_day, said_week) else in_day or in_week
    return wall.minute in minute and wall.hour in hour and wall.month in month and on_day


minutes = st.one_of(
    st.just("*"),
    st.sampled_from(["*/5", "*/7", "*/15", "0,30", "10-20", "5-55/10"]),
    st.integers(0, 59).map(str),
)
hours = st.one_of(st.just("*"), st.sampled_from(["*/2", "0-3", "1,2", "22-23"]), st.integers(0, 5).map(str))
days = st.sampled_from(["*", "25", "29", "28-30", "24-26"])
weeks = st.sampled_from(["*", "0", "1-5", "6,0"])


@pytest.mark.slow
@settings(max_examples=25)
@given(st.sampled_from([SPRING, AUTUMN]), minutes, hours, days, weeks, st.integers(0, 59))
def test_over_both_nights_a_schedule_falls_due_as_a_walk_through_its_minutes_says(
    night, minute, hour, day, week, seconds
):
    cron = f"{minute} {hour} {day} * {week}"
    since, until = night - timedelta(hours=2), night + timedelta(hours=4)
    last, fired, now = latest_due(cron, since), [], since
    while now <= until:
        due = latest_due(cron, now + timedelta(seconds=seconds))
        if due > last and due <= until:
            fired.append(due)
            last = due
        now += timedelta(minutes=1)
    assert fired == walked(cron, since, until)
