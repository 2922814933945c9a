"""Working days and the bank holidays that they leave out."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from privateoffice.foundations.clock import holidays, working_days
from privateoffice.foundations.clock.holidays import ENGLAND, FOI, OFFICERS, HolidaysUnknown, HolidaysUnreadable

days = st.dates(date(2025, 7, 1), date(2028, 6, 30))
counts = st.integers(-120, 120)
calendars = st.sampled_from([ENGLAND, FOI])


@given(days, counts.filter(bool), calendars)
def test_between_undoes_add(day, count, calendar):
    assert working_days.between(day, working_days.add(day, count, calendar), calendar) == count


@given(days, counts, calendars)
def test_add_never_lands_on_a_day_off(day, count, calendar):
    landed = working_days.add(day, count, calendar)
    assert landed.weekday() < 5
    assert landed not in holidays.off(calendar)


@given(days, days, counts, calendars)
def test_a_later_start_never_ends_earlier(one, other, count, calendar):
    first, second = sorted((one, other))
    assert working_days.add(first, count, calendar) <= working_days.add(second, count, calendar)


@given(days, counts, calendars)
def test_one_more_day_is_always_later(day, count, calendar):
    assert working_days.add(day, count, calendar) < working_days.add(day, count + 1, calendar) or count in (-1, 0)


@given(days, days, days)
def test_counts_add_up(one, other, third):
    first, middle, last = sorted((one, other, third))
    whole = working_days.between(first, last)
    assert working_days.between(first, middle) + working_days.between(middle, last) == whole


@given(days, counts)
def test_the_whole_kingdom_is_never_faster_than_england(day, count):
    slower, faster = working_days.add(day, count, FOI), working_days.add(day, count)
    assert slower >= faster if count >= 0 else slower <= faster


def test_christmas_2027_is_skipped_with_both_substitute_days():
    assert working_days.next(date(2027, 12, 24)) == date(2027, 12, 29)
    assert working_days.add(date(2027, 12, 29), -1) == date(2027, 12, 24)
    assert working_days.between(date(2027, 12, 24), date(2027, 12, 31)) == 3


def test_nought_days_on_is_the_day_itself_or_the_next_working_day():
    assert working_days.add(date(2026, 4, 2), 0) == date(2026, 4, 2)
    assert working_days.add(date(2026, 4, 3), 0) == working_days.on_or_after(date(2026, 4, 3)) == date(2026, 4, 7)


def test_a_scottish_holiday_counts_for_freedom_of_information_only():
    st_andrews = date(2026, 11, 30)
    assert (working_days.is_working(st_andrews), working_days.is_working(st_andrews, FOI)) == (True, False)


def test_officers_have_the_day_itself_and_its_substitute():
    assert [
        (day, holidays.on(date(2027, 12, day), OFFICERS) is not None, holidays.on(date(2027, 12, day)) is not None)
        for day in (24, 25, 26, 27, 28, 29)
    ] == [
        (24, False, False),
        (25, True, False),
        (26, True, False),
        (27, True, True),
        (28, True, True),
        (29, False, False),
    ]


@pytest.mark.parametrize("year", [2025, 2026, 2027, 2028])
def test_every_year_has_eight_days_for_england_and_thirteen_for_the_kingdom_but_one(year):
    def count(calendar):
        return sum(day.year == year for day in holidays.off(calendar))

    assert (count(ENGLAND), count(FOI)) == (8, 14 if year == 2026 else 13)


def test_bank_holidays_fall_on_weekdays_but_for_officers():
    assert all(day.weekday() < 5 for calendar in (ENGLAND, FOI) for day in holidays.off(calendar))


def test_beyond_the_known_years_nothing_is_guessed():
    for ask in (
        lambda: working_days.is_working(date(2029, 5, 1)),
        lambda: working_days.add(date(2028, 12, 20), 10),
        lambda: working_days.between(date(2024, 12, 1), date(2025, 1, 9)),
    ):
        with pytest.raises(HolidaysUnknown, match="not known to this office"):
            ask()
    assert working_days.is_working(date(2029, 5, 5)) is False


@pytest.fixture
def proclaim(settings, tmp_path):
    settings.HOME = tmp_path
    return (tmp_path / "bank-holidays.csv").write_text


def test_a_proclaimed_day_is_added_from_the_data_folder(proclaim):
    day = date(2026, 6, 12)
    assert working_days.is_working(day)
    proclaim("date,name,counts_for,mark\n2026-06-12,Jubilee,england officers foi,V\n")
    assert [working_days.is_working(day, calendar) for calendar in (ENGLAND, FOI)] == [False, False]
    assert working_days.next(day - timedelta(days=1)) == date(2026, 6, 15)
    assert holidays.on(day).name == "Jubilee"


def test_a_moved_day_is_taken_away(proclaim):
    proclaim("date,name,counts_for\n2026-05-25,Moved to June,\n")
    assert working_days.is_working(date(2026, 5, 25))
    assert working_days.add(date(2026, 5, 22), 1, FOI) == date(2026, 5, 25)


def test_one_proclaimed_day_does_not_make_its_year_known(proclaim):
    proclaim("date,name,counts_for\n2029-06-12,Jubilee,england\n")
    assert 2029 not in holidays.known_years()
    proclaim("date,name,counts_for\n" + "".join(f"2029-06-{day},A day,england\n" for day in range(11, 19)))
    assert [2029 in holidays.known_years(calendar) for calendar in (ENGLAND, FOI)] == [True, False]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("date,name,counts_for\n12/06/2026,Jubilee,england\n", "line 2: the date"),
        ("date,name,counts_for\n2026-06-12,Jubilee,wales\n", "line 2: counts_for"),
        ("when,what\n", "line 1: the columns"),
        ("", "line 1: the columns"),
    ],
)
def test_a_file_that_cannot_be_understood_is_not_passed_over(proclaim, text, words):
    proclaim(text)
    with pytest.raises(HolidaysUnreadable, match=words):
        working_days.is_working(date(2026, 6, 12))
