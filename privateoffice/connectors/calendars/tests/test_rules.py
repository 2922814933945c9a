"""Repeat rules against dateutil, which is other people's work, and some that it does not know."""

from datetime import datetime, timedelta
from itertools import islice

import pytest
from dateutil.rrule import rrulestr
from hypothesis import given, settings
from hypothesis import strategies as st

from privateoffice.connectors.calendars.rules import Unusable, read
from privateoffice.connectors.calendars.walls import Effort, TooMuch, walls

START = datetime(2026, 1, 31, 9)
FAR = datetime(2060, 1, 1)


def first(text: str, many: int = 5, start: datetime = START) -> list[datetime]:
    return list(islice(walls(read(text), start, since=start, before=FAR, effort=Effort(50_000)), many))


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("FREQ=MONTHLY;SKIP=BACKWARD", ["0131", "0228", "0331", "0430", "0531"]),
        ("FREQ=MONTHLY;SKIP=FORWARD", ["0131", "0301", "0331", "0501", "0531"]),
        ("FREQ=MONTHLY", ["0131", "0331", "0531", "0731", "0831"]),
        ("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", ["0227", "0331", "0430", "0529", "0630"]),
    ],
)
def test_known_answers(text, days):
    assert [f"{wall:%m%d}" for wall in first(text)] == days


@pytest.mark.parametrize(
    "text",
    [
        "",
        "FREQ=NEVER",
        "FREQ=DAILY;INTERVAL=0",
        "FREQ=DAILY;COUNT=0",
        "FREQ=DAILY;BYDAY=XX",
        "FREQ=DAILY;BYMONTH=13",
    ],
)
def test_a_rule_that_cannot_be_followed_says_why(text):
    with pytest.raises(Unusable, match=r"^The repeat rule"):
        read(text)


@pytest.mark.hostile("B03")
def test_a_rule_that_never_yields_stops():
    with pytest.raises(TooMuch):
        first("FREQ=SECONDLY;BYSECOND=1;BYMINUTE=1;INTERVAL=60", start=datetime(2026, 1, 1))


_DAYS = st.lists(
    st.sampled_from(["MO", "TU", "WE", "TH", "FR", "SA", "SU"]), min_size=1, max_size=3, unique=True
).map(",".join)
_PARTS = {
    "YEARLY": {"BYMONTH": (1, 12), "BYYEARDAY": (1, 366)},
    "MONTHLY": {"BYMONTHDAY": (1, 31), "BYMONTH": (1, 12)},
    "WEEKLY": {"BYMONTH": (1, 12)},
    "DAILY": {"BYMONTH": (1, 12), "BYMONTHDAY": (1, 31), "BYHOUR": (0, 23)},
    "HOURLY": {"BYHOUR": (0, 23), "BYMINUTE": (0, 59)},
}


@settings(max_examples=150, deadline=2_000)
@given(
    st.data(),
    st.sampled_from(sorted(_PARTS)),
    st.integers(1, 4),
    st.integers(1, 30) | st.none(),
    st.integers(0, 900),
)
def test_it_agrees_with_dateutil(data, frequency, interval, count, later):
    parts = [f"FREQ={frequency}", f"INTERVAL={interval}", *([f"COUNT={count}"] if count else [])]
    name = data.draw(st.sampled_from(["", "BYDAY", *_PARTS[frequency]]))
    if name == "BYDAY":
        parts.append(f"BYDAY={data.draw(_DAYS)}")
    elif name:
        low, high = _PARTS[frequency][name]
        numbers = data.draw(st.lists(st.integers(low, high).map(str), min_size=1, max_size=3, unique=True))
        parts.append(f"{name}={','.join(numbers)}")
    text, since = ";".join(parts), START + timedelta(days=later)
    before = since + timedelta(days=60)
    ours = list(walls(read(text), START, since=since, before=before, effort=Effort(50_000)))
    assert ours == by_dateutil(text, since, before)


def by_dateutil(text: str, since: datetime, before: datetime) -> list[datetime]:
    try:
        return rrulestr(text, dtstart=START).between(since - timedelta(seconds=1), before, inc=False)
    except ValueError:  # it refuses a rule of which it can tell that nothing will come
        return []
