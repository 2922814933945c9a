"""Foreign calendar files are read whole, whatever is wrong with them."""

import io
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from privateoffice.connectors.calendars.parse import events
from privateoffice.connectors.calendars.tests.samples import calendar, one, words
from privateoffice.foundations.quarantine.parcels import packed, unpacked
from privateoffice.foundations.quarantine.reader import read_once

MEETING = "DTSTART;TZID=Europe/London:20261112T090000\nDTEND;TZID=Europe/London:20261112T100000\nSUMMARY:Tasking"


def test_an_event_is_read_whole():
    event = one(
        MEETING
        + "\nLOCATION:Room 4\\, second floor\nDESCRIPTION:Bring\\nthe papers\nCLASS:PRIVATE\nSEQUENCE:3"
        + '\nORGANIZER;CN="Ó Briain, Niamh":mailto:niamh@force.test'
        + "\nATTENDEE;PARTSTAT=ACCEPTED;CN=PA:MAILTO:pa@force.test"
        + "\nBEGIN:VALARM\nACTION:EMAIL\nTRIGGER:-PT1S\nEND:VALARM"
    )
    assert (event["starts_at"], event["ends_at"], event["zone"]) == (
        "2026-11-12T09:00:00Z",
        "2026-11-12T10:00:00Z",
        "Europe/London",
    )
    assert (event["location"], event["description"]) == ("Room 4, second floor", "Bring\nthe papers")
    assert (event["class"], event["private"], event["sequence"], event["alarms"]) == ("PRIVATE", True, 3, 1)
    assert (event["organizer"]["name"], event["organizer"]["address"]) == (
        "Ó Briain, Niamh",
        "niamh@force.test",
    )
    assert [(p["address"], p["answer"]) for p in event["attendees"]] == [("pa@force.test", "ACCEPTED")]
    assert (event["faults"], event["needs_a_look"]) == ([], False)


def test_the_original_is_kept_with_its_time_zone():
    zone = "BEGIN:VTIMEZONE\r\nTZID:Own\r\nBEGIN:STANDARD\r\nDTSTART:19700101T000000\r\nTZOFFSETFROM:+0200\r\n"
    zone += "TZOFFSETTO:+0200\r\nEND:STANDARD\r\nEND:VTIMEZONE"
    event = "BEGIN:VEVENT\r\nUID:a\r\nDTSTART;TZID=Own:20261112T090000\r\nX-OWN:k\u00e9pt\r\nEND:VEVENT"
    raw = f"BEGIN:VCALENDAR\r\n{zone}\r\n{event}\r\nEND:VCALENDAR\r\n".encode()
    found = events(raw)["events"][0]
    assert found["original"] == f"{zone}\r\n{event}".encode()
    assert found["starts_at"] == "2026-11-12T07:00:00Z"


@pytest.mark.hostile("B12")
@pytest.mark.parametrize(
    "change",
    [
        lambda raw: b"\xef\xbb\xbf" + raw,
        lambda raw: raw.replace(b"\r\n", b"\r"),
        lambda raw: raw.replace(b"\r\n", b"\n"),
        lambda raw: raw.replace(b"\r\n", b"\r\r\n"),
        lambda raw: raw.replace("é".encode(), b"\xc3\r\n \xa9"),
        lambda raw: (
            raw.replace(b"BEGIN", b"begin").replace(b"DTSTART", b"dtstart").replace(b"SUMMARY", b"Summary")
        ),
        lambda raw: raw.decode().encode("utf-16"),
        lambda raw: raw.replace(b"SUMMARY:", b"SUMMARY;ENCODING=QUOTED-PRINTABLE:=\r\n").replace(
            "é".encode(), b"=C3=A9"
        ),
    ],
    ids=["mark", "return", "feed", "doubled", "cut letter", "lower case", "utf-16", "quoted-printable"],
)
def test_odd_bytes_change_nothing(change):
    event = events(change(calendar("DTSTART:20261112T090000Z\nSUMMARY:Café")))["events"][0]
    assert (event["summary"], event["starts_at"], event["needs_a_look"]) == (
        "Café",
        "2026-11-12T09:00:00Z",
        False,
    )


@pytest.mark.hostile("B12")
def test_a_missing_end_costs_nobody_else_anything():
    raw = calendar("DTSTART:20261112T090000Z", "DTSTART:20261113T090000Z").replace(
        b"END:VEVENT\r\nBEGIN", b"BEGIN"
    )
    found = events(raw)
    assert [event["starts_at"][:10] for event in found["events"]] == ["2026-11-12", "2026-11-13"]
    assert words(found["events"][0]) == ["This has no end: the line END:VEVENT is missing."]
    assert not found["events"][1]["needs_a_look"]


def test_a_file_cut_short_gives_what_is_there():
    found = events(calendar("DTSTART:20261112T090000Z\nSUMMARY:Whole", "DTSTART:20261113T090000Z")[:-40])
    assert found["read"] == 2
    assert [event["needs_a_look"] for event in found["events"]] == [False, True]


@pytest.mark.hostile("B12")
def test_a_line_that_is_none_is_told_with_its_number():
    event = one("DTSTART:20261112T090000Z\nthis is no property")
    assert event["faults"] == [{"line": 7, "words": "Line 7 could not be read: this is no property", "look": True}]


@pytest.mark.hostile("B12")
def test_two_calendars_in_one_file_stay_apart():
    raw = calendar("UID:same\nDTSTART:20261112T090000Z", head="METHOD:REQUEST") + calendar(
        "UID:same\nDTSTART:20261113T090000Z"
    )
    found = events(raw)
    assert [(e["calendar"], e["method"], e["needs_a_look"]) for e in found["events"]] == [
        (0, "REQUEST", False),
        (1, "", False),
    ]


def test_two_files_joined_without_a_line_end_are_two_calendars():
    raw = calendar("DTSTART:20261112T090000Z").strip() * 2
    found = events(raw)
    assert ([event["calendar"] for event in found["events"]], found["faults"]) == ([0, 1], [])


@pytest.mark.hostile("B12")
def test_two_events_of_one_name_are_both_kept():
    found = events(calendar("UID:same\nDTSTART:20261112T090000Z", "UID:same\nDTSTART:20261113T090000Z"))
    assert [event["needs_a_look"] for event in found["events"]] == [True, True]


def test_a_name_is_made_from_the_content_alone():
    body = "UID:\nDTSTART:20261112T090000Z\nSUMMARY:Nameless"
    again = calendar(body).replace(b"DTSTAMP:20261101", b"DTSTAMP:20261102")
    first, second = events(calendar(body))["events"][0], events(again)["events"][0]
    assert first["uid"] == second["uid"] != one(body + " too")["uid"]
    assert first["uid_made"]


def test_tasks_journals_and_others_are_listed():
    raw = b"".join(calendar("SUMMARY:Kept", kind=kind) for kind in ("VTODO", "VJOURNAL", "VFREEBUSY", "X-VENUE"))
    assert [event["kind"] for event in events(raw)["events"]] == ["task", "journal", "busy", "other"]


def test_what_is_no_calendar_says_so():
    found = events(b"hello\r\n")
    assert (found["read"], found["faults"][0]["words"]) == (
        0,
        "This is not a calendar: there is no event in it.",
    )


@pytest.mark.hostile("B13")
def test_text_is_text_and_addresses_are_not_fetched():
    event = one(
        "DTSTART:20261112T090000Z\nSUMMARY:<img src=x onerror=alert(1)>\x00\nATTACH:file:///etc/passwd\n"
        "CONFERENCE:javascript:alert(1)\nATTACH;ENCODING=BASE64;VALUE=BINARY:" + "A" * 6_000_000
    )
    assert event["summary"] == "<img src=x onerror=alert(1)>"
    assert [(a["address"], a["safe"], a["inside"]) for a in event["attachments"]] == [
        ("file:///etc/passwd", False, False),
        ("", False, True),
    ]
    assert [(link["address"], link["safe"]) for link in event["links"]] == [("javascript:alert(1)", False)]
    assert "An attachment inside the event was refused: 6,000,000 characters is over the ceiling." in words(event)


def test_it_runs_in_the_quarantine_child():
    raw = calendar(MEETING)
    assert read_once("privateoffice.connectors.calendars.parse:events", raw) == events(raw)


_PIECES = st.sampled_from(
    [
        "BEGIN:VCALENDAR",
        "BEGIN:VEVENT",
        "END:VEVENT",
        "END:VCALENDAR",
        "BEGIN:VTIMEZONE",
        "TZID:x",
        "BEGIN:STANDARD",
        "DTSTART:",
        "DTSTART;TZID=x:20261112T",
        "RRULE:FREQ=",
        "DURATION:-P",
        "EXDATE:",
        'ATTENDEE;CN="',
        "\r\n",
        "\n ",
        ":",
        ";",
        "=",
        "20261112T013000",
        "SECONDLY",
        "TZOFFSETFROM:+0100",
        "TZOFFSETTO:-9999",
        "RECURRENCE-ID;RANGE=THISANDFUTURE:",
        "9999",
        "0001",
    ]
)


@settings(max_examples=100, deadline=2_000)
@given(st.lists(_PIECES | st.binary(max_size=8).map(lambda b: b.decode("latin-1")), max_size=60))
def test_no_bytes_break_it(pieces):
    raw = "".join(pieces).encode("utf-8")
    found = events(raw)
    assert found["read"] == len(found["events"])
    head, told, originals = packed(found)
    assert unpacked(io.BytesIO(head + told + originals).read) == found
    assert b"only the original is kept" not in told


@settings(max_examples=60, deadline=2_000)
@given(st.text())
def test_any_text_comes_out_clean(text):
    event = one(
        "DTSTART:20261112T090000Z\nDESCRIPTION:"
        + text.replace("\r", "").encode("utf-8", "replace").decode().split("\n")[0]
    )
    said = json.dumps([event["summary"], event["description"]], ensure_ascii=False)
    assert "\x00" not in said
    assert said.encode("utf-8")
