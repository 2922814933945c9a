"""The pages of the diary: a week, an engagement, imports; foreign words are words, and private is private."""

from datetime import UTC, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from privateoffice.foundations.clock import clock
from privateoffice.foundations.jobs import worker
from privateoffice.foundations.offices import scope
from privateoffice.spine.diary import room, services
from privateoffice.spine.diary.models import Engagement, ImportRun
from privateoffice.spine.diary.tests.samples import calendar, event

DIARY = "/homicide/diary/"
WEEK = f"{DIARY}?week=2026-11-23"
MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
HOSTILE = "<img src=x onerror=alert(1)>"


@pytest.fixture(autouse=True)
def monday():
    with clock.stopped_at(MONDAY):
        yield


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def pa(cast) -> Client:
    return signed_in(cast.pa)


def brought_in(cast, *events: str, method: str = "") -> services.Taken:
    with scope.acting(cast.pa, office=cast.homicide):
        return services.take_in(calendar(*events, method=method), source="diary.ics")


def address(cast, uid: str) -> str:
    with scope.acting(cast.pa, office=cast.homicide):
        return Engagement.objects.get(uid=uid).get_absolute_url()


def shown(client: Client, place: str) -> str:
    answer = client.get(place)
    assert answer.status_code == 200, place
    return answer.content.decode()


def test_a_week_shows_what_takes_place_in_it(pa, cast):
    brought_in(cast, event("a", "LOCATION:County Hall"), event("h", "STATUS:TENTATIVE", "SUMMARY:Federation"))
    page = shown(pa, WEEK)
    assert "<h1>23 to 29 November</h1>" in page
    assert "2 engagements, 1 hold" in page
    assert 'class="po-event po-event--meet l" data-at="8" data-for="6"' in page
    assert "Partnership board" not in shown(pa, f"{DIARY}?week=2026-11-16")
    assert "Partnership board" in shown(pa, f"{WEEK}&view=list")


@pytest.mark.parametrize("query", ["week=nonsense", "week=0001-01-01", "week=9999-12-31", "view=secret", "week="])
def test_an_odd_address_shows_this_week(pa, query):
    assert "<h1>23 to 29 November</h1>" in shown(pa, f"{DIARY}?{query}")


def test_a_third_at_one_time_is_not_hidden(pa, cast):
    brought_in(cast, *(event(name, f"SUMMARY:Meeting {name}") for name in ("one", "two", "three")))
    grid = shown(pa, WEEK).partition("po-week-twin")[0]
    assert [grid.count(f"Meeting {name}") for name in ("one", "two", "three")] == [1, 1, 1]


@pytest.mark.hostile("B18")
def test_a_double_booking_is_named_in_the_week_and_in_todays_needs(pa, cast):
    brought_in(cast, event("a"), event("b", "SUMMARY:Gold group"), event("h", "STATUS:TENTATIVE", "SUMMARY:Hold"))
    assert shown(pa, WEEK).count("Clash") == 4
    with scope.acting(cast.pa, office=cast.homicide):
        assert [(n.title, n.group) for n in room.needs(MONDAY)] == [
            ("Double booked: Partnership board and Gold group", "today")
        ]


def test_what_needs_a_look_is_one_line_of_today_until_somebody_looked(pa, cast):
    run = brought_in(cast, event("a", "DTEND:x"), event("b", "DTEND:y")).run
    with scope.acting(cast.pa, office=cast.homicide):
        assert [n.title for n in room.needs(MONDAY)] == ["2 items of the diary to look at"]
    assert "DTEND is not a date" in shown(pa, f"{DIARY}to-look-at/")
    assert pa.post(f"{run.get_absolute_url()}look/").status_code == 302
    with scope.acting(cast.pa, office=cast.homicide):
        assert list(room.needs(MONDAY)) == []


@pytest.mark.hostile("B01")
def test_foreign_words_are_words_everywhere(pa, cast):
    hostile = event(
        "a",
        f"SUMMARY:{HOSTILE}",
        f"LOCATION:{HOSTILE}",
        f"DESCRIPTION:{HOSTILE}",
        f'ORGANIZER;CN="{HOSTILE}":mailto:x@y.example',
        f"URL:javascript:{HOSTILE}",
        f"ATTACH:javascript:{HOSTILE}",
        f"DTEND:{HOSTILE}",
    )
    run = brought_in(cast, hostile).run
    places = (WEEK, address(cast, "a"), run.get_absolute_url(), f"{DIARY}to-look-at/", DIARY, "/homicide/")
    for place in places:
        page = shown(pa, place)
        assert "<img src=x" not in page
        assert 'href="javascript' not in page
    assert "&lt;img src=x onerror=alert(1)&gt;" in shown(pa, address(cast, "a"))


def test_an_engagement_says_all_that_came_with_it(pa, cast):
    brought_in(
        cast,
        event(
            "a",
            "LOCATION:County Hall",
            "DESCRIPTION:Papers follow",
            "RRULE:FREQ=WEEKLY;COUNT=3",
            "ATTENDEE;CN=Sid Marl;PARTSTAT=ACCEPTED:mailto:sid@partners.example",
            "ATTACH:file:///etc/passwd",
            "NONSENSE",
        ),
    )
    page = shown(pa, address(cast, "a"))
    for words in (
        "Tuesday 24 November 2026, 10:00am to 11:30am",
        "County Hall",
        "Papers follow",
        "Sid Marl",
        "accepted",
        "file:///etc/passwd",
        "could not be read",
        "Tuesday 8 December 2026",
    ):
        assert words in page


def test_the_original_is_downloaded_and_never_opened(pa, cast):
    raw = event("a", "X-OWN:kept as it is")
    brought_in(cast, raw)
    answer = pa.get(f"{address(cast, 'a')}original/")
    assert raw.encode() in answer.content
    assert answer["Content-Type"] == "text/calendar"
    assert answer["Content-Disposition"].startswith("attachment")


@pytest.mark.hostile("B20")
def test_the_original_of_a_private_engagement_is_the_commanders(cast):
    brought_in(cast, event("p", "CLASS:CONFIDENTIAL", "SUMMARY:Clinic"))
    place = f"{address(cast, 'p')}original/"
    assert [signed_in(who).get(place).status_code for who in (cast.pa, cast.slt_member, cast.commander)] == [
        404,
        404,
        200,
    ]
    assert "Clinic" not in shown(signed_in(cast.commander), WEEK)


def test_a_sensitive_engagement_is_not_there_for_an_slt_member(cast):
    brought_in(cast, event("a", "SUMMARY:OFFICIAL-SENSITIVE: Exit interview"), event("b"))
    slt, pa = signed_in(cast.slt_member), signed_in(cast.pa)
    assert slt.get(address(cast, "a")).status_code == 404
    assert "Exit interview" not in shown(slt, WEEK)
    assert "1 engagement" in shown(slt, WEEK)
    assert "Exit interview" in shown(pa, WEEK)


def test_a_calendar_is_uploaded_and_read_by_the_worker(pa, cast):
    file = SimpleUploadedFile("my diary.ics", calendar(event("a"), event("t", "DTEND:x")))
    answer = pa.post(f"{DIARY}imports/", {"file": file, "calendar": ""})
    assert "Being read" in shown(pa, answer["Location"])
    worker.drain()
    page = shown(pa, answer["Location"])
    assert "2 items read, 2 new, 0 unchanged, 1 to look at" in page
    assert "Partnership board" in page
    assert "my diary.ics" in shown(pa, f"{DIARY}imports/")


def test_what_is_no_calendar_is_not_taken_up(pa, cast):
    page = pa.post(f"{DIARY}imports/", {"file": SimpleUploadedFile("diary.exe", b"x")}).content.decode()
    assert "The file must end in .ics" in page
    with scope.acting(cast.pa, office=cast.homicide):
        assert not ImportRun.objects.exists()


def test_what_was_listed_and_is_no_engagement_can_be_downloaded(pa, cast):
    claim = event("a", "ORGANIZER:mailto:mallory@else.example", "SUMMARY:Board")
    run = brought_in(cast, claim, method="CANCEL").run
    assert "mallory@else.example claims that “Board” is cancelled" in shown(pa, run.get_absolute_url())
    answer = pa.get(f"{run.get_absolute_url()}items/1/original/")
    assert (claim.encode() in answer.content, answer["Content-Type"]) == (True, "text/calendar")


@pytest.mark.hostile("B20")
def test_of_a_private_claim_nothing_is_said_or_given(pa, cast):
    run = brought_in(cast, event("a", "CLASS:PRIVATE", "SUMMARY:Clinic"), method="CANCEL").run
    page = shown(pa, run.get_absolute_url())
    assert ("Clinic" in page, "Private engagement" in page) == (False, True)
    assert pa.get(f"{run.get_absolute_url()}items/1/original/").status_code == 404


@pytest.mark.parametrize("place", [WEEK, f"{DIARY}to-look-at/", f"{DIARY}imports/", f"{DIARY}imports/1/"])
def test_a_page_costs_the_same_queries_for_one_and_for_three(pa, cast, place, queries_of):
    brought_in(cast, event("a", "DTEND:x"))
    pa.get(place)
    one = queries_of(pa, place)
    brought_in(cast, event("b", "DTEND:x"), event("c", "DTEND:x"))
    assert queries_of(pa, place) == one


@pytest.mark.hostile("B02")
def test_an_event_every_second_leaves_the_pages_quick(pa, cast):
    brought_in(cast, event("s", "RRULE:FREQ=SECONDLY", "SUMMARY:Tick", start="TZID=Europe/London:20261123T100000"))
    assert shown(pa, f"{WEEK}&view=list").count("Repeats very often") == 1
    assert "Repeats very often" in shown(pa, address(cast, "s"))
    assert shown(pa, "/homicide/").count("Tick") == 1


def test_nine_in_the_morning_is_nine_on_both_sides_of_a_clock_change(pa, cast):
    brought_in(cast, event("w", "RRULE:FREQ=DAILY;COUNT=4", start="TZID=Europe/London:20270326T090000"))
    assert shown(pa, f"{DIARY}?week=2027-03-22&view=list").count("9:00am to 10:30am") == 3
    assert 'data-at="4" data-for="6"' in shown(pa, f"{DIARY}?week=2027-03-22")


def test_the_day_pack_says_what_is_missing(cast):
    brought_in(
        cast,
        event("a", "ORGANIZER:mailto:oona@partners.example"),
        event("b", "DTEND:x", start="TZID=Europe/London:20261126T100000"),
    )
    with scope.acting(cast.commander, office=cast.homicide):
        tomorrow, ahead = room.daypack(clock.today().replace(day=24))
    assert [(line.when, line.body, line.standing) for line in tomorrow.lines] == [("10:00am", "No place", "soon")]
    assert [(line.when, line.body) for line in ahead.lines] == [("Thu 26 Nov, 10:00am", "Needs a look")]
