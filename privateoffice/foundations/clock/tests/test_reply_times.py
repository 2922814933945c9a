"""Reply times are dated data: each kind by the days that held when it was received."""

from datetime import date

import pytest

from privateoffice.foundations.clock import clock, reply_times

HEADS = "kind,name,from,acknowledge_in,reply_in,at_most_in,counted_as,weight\n"


def by(kind: str, received: str, at: str = "10:00"):
    """The days on which the three times of a kind end, for something received on a day."""
    received_at = clock.moment(date.fromisoformat(received), at)
    times = reply_times.on(date.fromisoformat(received))[kind]
    found = (times.acknowledge_by(received_at), times.reply_by(received_at), times.at_most_by(received_at))
    return [str(clock.day_of(moment)) if moment else None for moment in found]


@pytest.mark.parametrize(
    ("kind", "received", "expected"),
    [
        ("mp", "2026-03-02", ["2026-03-04", "2026-03-16", "2026-03-30"]),
        ("partner", "2026-03-02", ["2026-03-03", "2026-03-09", "2026-03-16"]),
        ("foi", "2026-03-11", ["2026-03-11", "2026-04-13", "2026-04-13"]),
        ("foi", "2026-12-18", ["2026-12-18", "2027-01-21", "2027-01-21"]),
        ("subject-access", "2026-01-31", ["2026-02-02", "2026-03-02", "2026-03-02"]),
        ("subject-access", "2026-03-03", ["2026-03-03", "2026-04-07", "2026-04-07"]),
        ("internal", "2026-03-02", [None, "2026-03-16", "2026-03-30"]),
        ("none", "2026-03-02", [None, None, None]),
    ],
)
def test_each_kind_is_counted_in_its_own_days(kind, received, expected):
    assert by(kind, received) == expected


def test_what_comes_after_the_office_has_closed_is_due_on_the_next_working_day():
    assert by("complaint", "2026-03-06", "18:10")[1] == "2026-03-09"


def test_an_offices_own_times_hold_from_their_day_and_change_nothing_before_it(home):
    (home / "reply-times.csv").write_text(f"{HEADS}mp,MP,2026-06-01,1,5,15,working days,9\n")
    assert by("mp", "2026-05-29")[1] == "2026-06-12"
    assert by("mp", "2026-06-01") == ["2026-06-02", "2026-06-08", "2026-06-22"]
    assert reply_times.on(date(2026, 6, 1))["mp"].name == "MP"


def test_before_any_times_were_set_nothing_is_promised():
    assert reply_times.on(date(2019, 5, 1)) == {}


@pytest.mark.parametrize(
    "row",
    [
        "mp,MP,soon,1,5,15,working days,9",
        "mp,MP,2026-06-01,one,5,15,working days,9",
        "mp,MP,2026-06-01,1,-5,15,working days,9",
        "mp,MP,2026-06-01,1,5,15,moons,9",
        ",MP,2026-06-01,1,5,15,working days,9",
    ],
)
def test_a_row_that_cannot_be_understood_stops_and_names_its_line(home, row):
    (home / "reply-times.csv").write_text(f"{HEADS}{row}\n")
    with pytest.raises(reply_times.ReplyTimesUnreadable, match=r"reply-times.csv, line 2"):
        reply_times.on(date(2026, 6, 1))


def test_a_file_without_its_columns_says_which_they_are(home):
    (home / "reply-times.csv").write_text("kind,days\nmp,5\n")
    with pytest.raises(reply_times.ReplyTimesUnreadable, match="the columns are kind, name"):
        reply_times.kinds()
