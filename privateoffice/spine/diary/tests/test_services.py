"""Taking calendars in: once, newest first, nothing lost, and nothing from outside changes the diary by itself."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from privateoffice.foundations.clock import clock
from privateoffice.foundations.offices import policy, scope
from privateoffice.foundations.records.models import SearchText, Version
from privateoffice.spine.diary import services
from privateoffice.spine.diary.models import Engagement, ImportItem, ImportRun, Occurrence
from privateoffice.spine.diary.tests.samples import calendar, event

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def monday():
    with clock.stopped_at(MONDAY):
        yield


@pytest.fixture
def acting(cast):
    with scope.acting(cast.pa, office=cast.homicide):
        yield cast


def counts(raw: bytes, **said) -> tuple[int, int, int, int]:
    return tuple(services.take_in(raw, **said).counts.values())


def listed() -> list[tuple[str, str]]:
    return [(item.outcome, item.title) for item in ImportItem.objects.all()]


def hours(uid: str) -> list[str]:
    found = Occurrence.objects.filter(engagement__uid=uid).order_by("starts_at")
    return [f"{clock.london(one.starts_at):%d %b %H:%M}" for one in found]


def test_a_calendar_is_taken_in_with_everything_that_it_says(acting):
    raw = calendar(
        event(
            "a",
            "SUMMARY:Partnership board",
            "LOCATION:County Hall",
            "DESCRIPTION:Papers\\nfollow",
            "ORGANIZER;CN=Oona Varley:mailto:oona@partners.example",
            "ATTENDEE;CN=Sid Marl:mailto:sid@partners.example",
        )
    )
    assert counts(raw) == (1, 1, 0, 0)
    one = Engagement.objects.get()
    assert (one.reference, one.title, one.place, one.description, one.organiser, len(one.people)) == (
        "HOM/DIA/2026/0001",
        "Partnership board",
        "County Hall",
        "Papers\nfollow",
        "Oona Varley",
        1,
    )
    assert one.original.read() in raw
    assert (hours("a"), listed()) == (["24 Nov 10:00"], [])
    assert "County Hall" in SearchText.objects.get(record=one).body


@pytest.mark.hostile("B19")
def test_the_second_import_changes_nothing(acting):
    raw = calendar(event("a"), event("b", "RRULE:FREQ=WEEKLY"), event("c", "DTEND:nonsense"))
    assert counts(raw) == (3, 3, 0, 1)
    before = (list(Engagement.objects.values()), list(Occurrence.objects.values()))
    assert counts(raw) == (3, 0, 3, 1)
    assert (list(Engagement.objects.values()), list(Occurrence.objects.values())) == before
    assert len(listed()) == 1


def test_the_same_written_at_another_time_is_unchanged(acting):
    services.take_in(calendar(event("a", "DTSTAMP:20261101T090000Z")))
    assert counts(calendar(event("a", "DTSTAMP:20261102T090000Z"))) == (1, 0, 1, 0)


@pytest.mark.hostile("B09")
def test_a_newer_version_takes_the_place_of_the_older_and_an_older_never_comes_back(acting):
    old, new, oldest = (
        calendar(event("a", f"SEQUENCE:{n}", f"SUMMARY:Version {n}", "RRULE:FREQ=DAILY;COUNT=2"))
        for n in (1, 2, 0)
    )
    services.take_in(old)
    assert counts(new) == (1, 1, 0, 0)
    assert counts(old) == (1, 0, 1, 0)
    assert counts(oldest) == (1, 1, 0, 1)
    assert counts(oldest) == (1, 0, 1, 1)
    one = Engagement.objects.get()
    assert (one.title, one.version, listed()) == ("Version 2", 2, [("older", "Version 0")])
    assert {found.title for found in Occurrence.objects.all()} == {"Version 2"}


def test_a_person_may_put_a_newer_version_in_place(acting):
    services.take_in(calendar(event("a")))
    one = Engagement.objects.get()
    services.renew(one, row={"title": "Moved board", "digest": "x", "marking": 1, "handling": ""})
    fresh = Engagement.objects.get()
    assert (fresh.title, len(fresh.before), fresh.shown_until) == ("Moved board", 1, None)


@pytest.mark.hostile("B11")
def test_one_name_in_two_calendars_is_two_engagements(acting):
    raw = calendar(event("a"))
    assert [counts(raw, calendar=name) for name in ("Imogen", "Office", "Office")] == [
        (1, 1, 0, 0),
        (1, 1, 0, 0),
        (1, 0, 1, 0),
    ]
    assert Engagement.objects.filter(uid="a").count() == 2


def test_two_of_one_name_in_one_file_are_both_kept(acting):
    first, second = event("a"), event("a", start="TZID=Europe/London:20261125T100000")
    services.take_in(calendar(first))
    assert counts(calendar(second, first)) == (2, 1, 1, 2)
    assert hours("a") == ["24 Nov 10:00", "25 Nov 10:00"]


@pytest.mark.hostile("B08", "B10")
@pytest.mark.parametrize(
    ("method", "who", "said"),
    [
        (
            "CANCEL",
            "ORGANIZER:mailto:oona@partners.example",
            "oona@partners.example claims that “Board” is cancelled.",
        ),
        (
            "CANCEL",
            "ORGANIZER:mailto:mallory@else.example",
            "mallory@else.example claims that “Board” is cancelled.",
        ),
        (
            "REPLY",
            "ATTENDEE;PARTSTAT=DECLINED:mailto:sid@partners.example",
            "sid@partners.example claims that the answer to “Board” is: declined.",
        ),
        (
            "COUNTER",
            "ATTENDEE:mailto:sid@partners.example",
            "sid@partners.example claims that another time would be better for “Board”.",
        ),
        (
            "REQUEST",
            "ORGANIZER:mailto:mallory@else.example",
            "mallory@else.example claims that “Board” has changed.",
        ),
    ],
)
def test_what_others_claim_is_listed_and_changes_nothing(acting, method, who, said):
    services.take_in(calendar(event("a", "SUMMARY:Board", "ORGANIZER:mailto:oona@partners.example")))
    before = list(Engagement.objects.values())
    claim = calendar(event("a", "SUMMARY:Board", "SEQUENCE:9", who), method=method)
    assert counts(claim) == (1, 1, 0, 1)
    assert counts(claim) == (1, 0, 1, 1)
    item = ImportItem.objects.get()
    assert item.reasons[0].startswith(said)
    assert (item.outcome, list(Engagement.objects.values())) == ("claim", before)


@pytest.mark.hostile("B20")
def test_of_a_private_engagement_only_the_time_is_kept_in_sight(cast):
    secret = ("Fertility", "Harley", "doctor", "Nameless")
    raw = calendar(
        event(
            "p",
            "CLASS:PRIVATE",
            "SUMMARY:Fertility clinic",
            "LOCATION:Harley Street",
            "DESCRIPTION:See the doctor",
            "ORGANIZER;CN=Nameless:mailto:nameless@clinic.example",
            "DTEND:doctor",
        )
    )
    with scope.acting(cast.pa, office=cast.homicide):
        assert counts(raw) == (1, 1, 0, 1)
        one = Engagement.objects.get()
        kept = str(
            [
                *Engagement.objects.values(),
                *Occurrence.objects.values(),
                *Version.objects.values(),
                *SearchText.objects.values(),
                *ImportItem.objects.values(),
            ]
        )
        assert [word for word in secret if word in kept] == []
        assert (one.title, hours("p"), one.is_busy, one.original_may_be_seen) == (
            "Private engagement",
            ["24 Nov 10:00"],
            True,
            False,
        )
    with scope.acting(cast.commander, office=cast.homicide):
        assert Engagement.objects.get().original_may_be_seen


def test_a_sensitive_engagement_is_marked_so(cast):
    with scope.acting(cast.pa, office=cast.homicide):
        services.take_in(calendar(event("a", "SUMMARY:OFFICIAL-SENSITIVE: Exit interview", "DTEND:nonsense")))
        one = Engagement.objects.get()
        assert (one.title, one.marking, one.handling) == ("Exit interview", 2, "As marked by the sender")
        assert listed() == [("damaged", "An engagement marked OFFICIAL-SENSITIVE")]
    with scope.acting(cast.slt_member, office=cast.homicide):
        assert not Occurrence.objects.exists()


@pytest.mark.parametrize(
    "line", ["SUMMARY:SECRET: The plan", "DESCRIPTION:TOP SECRET\\nThe plan", "LOCATION:SECRET"]
)
def test_what_is_marked_secret_is_held_outside(acting, settings, line):
    raw = calendar(event("a", line), event("b"))
    assert counts(raw) == (2, 2, 0, 1)
    assert counts(raw) == (2, 0, 2, 1)
    item = ImportItem.objects.get()
    assert (item.outcome, item.title, item.line, item.original) == ("held_outside", "", 4, None)
    assert [
        file for file in settings.FILES_DIR.rglob("*") if file.is_file() and b"SECRET" in file.read_bytes()
    ] == []
    assert Engagement.objects.get().uid == "b"


def test_nine_stays_nine_across_the_clock_change(acting):
    services.take_in(calendar(event("w", "RRULE:FREQ=WEEKLY;COUNT=3", start="TZID=Europe/London:20270321T090000")))
    assert hours("w") == ["21 Mar 09:00", "28 Mar 09:00", "04 Apr 09:00"]


def test_a_night_over_the_clock_change_has_nine_hours(acting):
    night = event("n", "DTEND;TZID=Europe/London:20261025T060000", start="TZID=Europe/London:20261024T220000")
    services.take_in(calendar(night))
    one = Occurrence.objects.get()
    assert one.ends_at - one.starts_at == timedelta(hours=9)


def test_a_replaced_time_stands_once_and_a_cancelled_one_not_at_all(acting):
    master = event("a", "RRULE:FREQ=DAILY;COUNT=3")
    moved = event(
        "a", "RECURRENCE-ID;TZID=Europe/London:20261125T100000", start="TZID=Europe/London:20261125T150000"
    )
    services.take_in(calendar(master))
    gone = event("a", "RECURRENCE-ID;TZID=Europe/London:20261126T100000", "STATUS:CANCELLED")
    services.take_in(calendar(moved, gone))
    assert hours("a") == ["24 Nov 10:00", "25 Nov 15:00"]


@pytest.mark.hostile("B02")
@pytest.mark.parametrize("rule", ["FREQ=SECONDLY", "FREQ=MINUTELY;COUNT=2147483647", "FREQ=HOURLY"])
def test_what_repeats_very_often_ends_at_the_ceiling_and_says_so(acting, rule):
    services.take_in(calendar(event("a", f"RRULE:{rule}"), event("b")))
    found = Occurrence.objects.filter(engagement__uid="a")
    assert 1 <= found.count() <= 2000
    assert all(one.repeats_very_often for one in found)
    assert hours("b") == ["24 Nov 10:00"]


def test_every_night_the_diary_is_worked_out_for_another_day(acting):
    services.take_in(calendar(event("d", "RRULE:FREQ=DAILY"), event("once")))
    last = Occurrence.objects.order_by("-starts_at").first().starts_at
    assert services.look_ahead(acting.homicide) == 0
    with clock.stopped_at(MONDAY + timedelta(days=1)):
        services.look_ahead(acting.homicide)
        assert Occurrence.objects.order_by("-starts_at").first().starts_at == last + timedelta(days=1)


def test_a_task_is_kept_and_listed(acting):
    raw = calendar("BEGIN:VTODO\r\nUID:t\r\nSUMMARY:Buy stamps\r\nEND:VTODO")
    assert counts(raw) == (1, 1, 0, 1)
    assert counts(raw) == (1, 0, 1, 1)
    assert (listed(), Engagement.objects.count()) == ([("no_engagement", "Buy stamps")], 0)
    assert b"Buy stamps" in ImportItem.objects.get().original.read()


def test_what_is_no_calendar_is_kept_and_listed(acting):
    assert counts(b"Dear all") == (0, 0, 0, 1)
    item = ImportItem.objects.get()
    assert (item.outcome, item.original.read()) == ("unread", b"Dear all")


def test_a_look_at_an_import_is_recorded_once(acting):
    run = services.take_in(b"Dear all").run
    assert services.look_at(run) == services.look_at(run)
    assert not ImportRun.objects.to_look_at().exists()


def test_an_upload_is_read_once_and_taken_away(acting, settings):
    run = services.receive("diary.ics", [calendar(event("a"))])
    services.read_upload(run)
    run.refresh_from_db()
    assert (run.new, run.state, services.read_upload(run)) == (1, "read", None)
    assert list((settings.FILES_DIR / "incoming").rglob("*.ics")) == []


def test_twenty_engagements_cost_as_many_queries_as_one(acting):
    services.take_in(calendar(event("first")))
    with CaptureQueriesContext(connection) as one:
        services.take_in(calendar(event("0")))
    with CaptureQueriesContext(connection) as twenty:
        services.take_in(calendar(*(event(str(n)) for n in range(1, 21))))
    assert len(one) == len(twenty)


def test_a_reader_brings_nothing_in(cast):
    with scope.acting(cast.reader, office=cast.homicide), pytest.raises(policy.Refused):
        services.take_in(calendar(event("a")))


def test_under_cover_what_is_sensitive_goes_in_unseen(cast):
    cast.cover()
    with scope.acting(cast.outsider, office=cast.homicide):
        assert counts(calendar(event("a", "SUMMARY:OFFICIAL-SENSITIVE: Exit interview"))) == (1, 1, 0, 0)
        assert not Engagement.objects.exists()


lines = st.lists(
    st.sampled_from(
        [
            "SUMMARY:Board",
            "SUMMARY:SECRET: x",
            "SUMMARY:OFFICIAL-SENSITIVE: y",
            "CLASS:PRIVATE",
            "RRULE:FREQ=WEEKLY;COUNT=4",
            "RRULE:FREQ=SECONDLY;UNTIL=19990101",
            "SEQUENCE:3",
            "DTSTAMP:20261101T090000Z",
            "DTEND:19990101T000000Z",
            "RECURRENCE-ID;TZID=Europe/London:20261124T100000",
            "STATUS:CANCELLED",
            "no property at all",
        ]
    ),
    max_size=4,
    unique=True,
)


files = st.tuples(
    st.lists(st.tuples(st.sampled_from("abc"), lines), min_size=1, max_size=6),
    st.sampled_from(["", "PUBLISH", "REQUEST", "CANCEL", "REPLY", "UNKNOWN"]),
)


def kept():
    return list(Engagement.objects.values()), list(Occurrence.objects.values()), ImportItem.objects.count()


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(files, min_size=1, max_size=3))
def test_importing_twice_is_importing_once_whatever_came_before(acting, came):
    """The calendar is new to each example; the file that comes twice is the last of those that came."""
    name = uuid4().hex
    for events, method in came:
        raw = calendar(*(event(uid, *said) for uid, said in events), method=method)
        read, _, _, looks = counts(raw, calendar=name)
    before = kept()
    assert counts(raw, calendar=name) == (read, 0, read, looks)
    assert kept() == before
