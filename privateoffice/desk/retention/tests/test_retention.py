"""The register of retention: what is proposed and when, who decides, and what remains."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from privateoffice.desk.daypack.models import DayPack
from privateoffice.desk.retention.models import due, over_before, register, to_decide
from privateoffice.desk.retention.services import NotProposed, decide
from privateoffice.desk.today.models import board
from privateoffice.foundations.audit import services as audit
from privateoffice.foundations.clock import clock
from privateoffice.foundations.offices import scope
from privateoffice.foundations.offices.verbs import performing
from privateoffice.foundations.records import services as records
from privateoffice.foundations.records.asking import asked
from privateoffice.foundations.records.models import Disposal, Matter, Original, Record, SearchText, Version
from privateoffice.foundations.registry.declarations import Keep

REGISTER = "/homicide/retention/"


def signed_in(user):
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def desk(cast):
    with scope.acting(cast.staff_officer, office=cast.homicide):
        yield cast


def old_matter(title="Old thread", years=7):
    matter = records.open_matter(title=title, summary="Long over")
    with performing("records.test"):
        records.close(matter, outcome="closed", at=clock.now() - timedelta(days=years * 366))
    return matter


def old_pack(raw, year=2020):
    with performing("records.test"):
        return records.make(
            DayPack,
            title="Day pack",
            for_on=date(year, 1, 2),
            paper=records.keep_original(raw),
            made_at=clock.moment(date(year, 1, 1), "17:00"),
        )


@pytest.mark.parametrize(
    ("today", "day", "is_over"),
    [
        (date(2026, 11, 22), date(2024, 11, 23), False),
        (date(2026, 11, 23), date(2024, 11, 23), True),
        (date(2026, 2, 28), date(2024, 2, 29), False),
        (date(2026, 3, 1), date(2024, 2, 29), True),
        (date(2028, 2, 29), date(2026, 2, 28), True),
        (date(2028, 2, 29), date(2026, 3, 1), False),
    ],
)
def test_a_record_is_kept_for_its_years_to_the_day(today, day, is_over):
    assert (clock.moment(day, "23:58") < over_before(Keep(years=2), today)) == is_over


def test_what_is_open_young_or_reopened_is_not_proposed(desk):
    old, young = old_matter(), old_matter(years=1)
    records.open_matter(title="Open")
    again = old_matter("Opened again")
    records.reopen_matter(again, reason="An appeal")
    assert list(due(clock.today())) == [old.record_ptr]
    counts = {rule.kind.word: (rule.due, rule.held) for rule in register(clock.today())}
    assert (counts["matter"], counts["enquiry"]) == ((1, 0), (0, 0))
    assert young.closing is not None


def test_kept_longer_is_proposed_again_from_its_day(desk):
    old = old_matter()
    until = clock.today() + timedelta(days=30)
    with pytest.raises(records.NoDay):
        decide([old], decision="keep", reason="An inquiry may come")
    decide([old], decision="keep", reason="An inquiry may come", keep_until=until)
    assert list(due(clock.today())) == []
    assert list(due(until - timedelta(days=1))) == []
    assert list(due(until)) == [old.record_ptr]


def test_what_went_to_the_archive_is_not_proposed_again(desk):
    old = old_matter()
    decide([old], decision="archive", reason="Of lasting interest")
    assert list(due(clock.today())) == []
    assert Matter.objects.get() == old


def test_a_held_record_is_counted_and_cannot_be_chosen(desk):
    old, other = old_matter(), old_matter("Other")
    records.hold(old, reason="Public inquiry")
    assert list(to_decide(clock.today())) == [other.record_ptr]
    with pytest.raises(NotProposed) as refusal:
        decide([other, old], decision="destroy", reason="Time is up")
    assert refusal.value.references == [old.reference]
    assert set(Matter.objects.all()) == {old, other}


def test_destroying_leaves_the_decision_and_a_whole_trail_and_nothing_else(
    desk, django_capture_on_commit_callbacks
):
    pack, twin = old_pack(b"shared"), old_pack(b"shared")
    alone = old_pack(b"alone")
    place = {pack: pack.paper.path, alone: alone.paper.path}
    old = old_matter("Thread of the fire")
    records.put_on(old, alone)
    reference = alone.reference
    with django_capture_on_commit_callbacks(execute=True):
        decide([old, pack, alone], decision="destroy", reason="Time is up")
    assert list(Record.objects.all()) == [twin.record_ptr]
    assert not Record.objects.found(asked("fire")).exists()
    with scope.acting_as_system("test"):
        remaining = {model: model.objects.count() for model in (Version, SearchText, Original)}
    assert remaining == {Version: 1, SearchText: 0, Original: 1}
    assert (place[pack].exists(), place[alone].exists()) == (True, False)
    assert twin.paper.read() == b"shared"
    assert list(audit.verify()) == []
    made = Disposal.objects.get(reference=reference)
    assert (made.decided_by, made.rule) == ("Tobias Fennimarsh", "2 years after it is made, then destroy")


def test_the_pa_sees_the_register_and_does_not_decide(cast, desk):
    old = old_matter()
    client = signed_in(cast.pa)
    assert "Old thread" in client.get(f"{REGISTER}kinds/matters/").content.decode()
    assert client.get(f"{REGISTER}decision/", {"record": old.reference}).status_code == 403
    with scope.acting(cast.pa, office=cast.homicide), pytest.raises(PermissionDenied):
        decide([old], decision="destroy", reason="x")


def test_many_are_decided_on_one_page(cast, desk):
    chosen = [old_matter(f"Thread {n}").reference for n in range(3)]
    client = signed_in(cast.staff_officer)
    page = client.get(f"{REGISTER}decision/", {"record": chosen})
    assert "Decide on 3 records" in page.content.decode()
    said = {"record": chosen, "decision": "destroy", "reason": "Time is up"}
    assert "Tick this to destroy" in client.post(f"{REGISTER}decision/", said).content.decode()
    assert client.post(f"{REGISTER}decision/", said | {"is_meant": "on"}).status_code == 302
    assert not Matter.objects.exists()
    assert chosen[0] in client.get(f"{REGISTER}decided/").content.decode()
    assert client.post(f"{REGISTER}decision/", said).status_code == 404


def test_a_record_that_was_held_meanwhile_is_refused_with_its_reference(cast, desk):
    old = old_matter()
    records.hold(old, reason="Public inquiry")
    client = signed_in(cast.staff_officer)
    said = {"record": old.reference, "decision": "archive", "reason": "x"}
    answer = client.post(f"{REGISTER}decision/", said)
    assert (answer.status_code, f"does not propose {old.reference}" in answer.content.decode()) == (409, True)
    assert "Public inquiry" in client.get(f"{REGISTER}held/").content.decode()


def test_a_sensitive_record_is_absent_for_whoever_may_not_see_it(cast, desk):
    hidden = old_matter("Grievance")
    with scope.acting(cast.pa, office=cast.homicide):
        records.bar(hidden, person=cast.staff_officer.person, reason="It is about them")
    assert list(due(clock.today())) == []


def test_today_says_once_a_month_how_many_wait(cast, desk):
    old_matter()
    (line,) = board().today
    assert (line.title, line.url) == ("1 record is due for a decision", REGISTER)
    with scope.acting(cast.pa, office=cast.homicide):
        assert board().today == ()


@pytest.mark.parametrize("place", ["", "kinds/matters/", "held/", "decided/"])
@pytest.mark.parametrize("page", ["-1", "9" * 12, "abc"])
def test_no_page_is_an_error(cast, desk, place, page):
    old_matter()
    assert signed_in(cast.commander).get(REGISTER + place, {"page": page}).status_code == 200


def test_three_cost_as_many_queries_as_one(cast, desk):
    client = signed_in(cast.staff_officer)
    counts = []
    for new in (1, 2):
        for n in range(new):
            held, archived = old_matter(f"Held {new} {n}"), old_matter(f"Archived {new} {n}")
            old_matter("Due")
            records.hold(held, reason="Public inquiry")
            decide([archived], decision="archive", reason="x")
        for place in ("", "kinds/matters/", "held/", "decided/"):
            client.get(REGISTER + place)
            with CaptureQueriesContext(connection) as run:
                client.get(REGISTER + place)
            counts.append(len(run))
    assert counts[:4] == counts[4:]
