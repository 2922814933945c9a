"""The day pack: one PDF for its reader, made again when something changed."""

from datetime import timedelta
from io import StringIO

import pypdfium2
import pytest
from django.apps import apps
from django.core.management import call_command
from django.test import Client

from privateoffice.desk.daypack import services, tasks
from privateoffice.desk.daypack.models import DayPack, changes_between
from privateoffice.foundations.clock import clock
from privateoffice.foundations.jobs.worker import drain
from privateoffice.foundations.offices import scope
from privateoffice.foundations.offices.verbs import performing
from privateoffice.foundations.records import services as records
from privateoffice.foundations.records.markings import Marking

DAY = clock.today() + timedelta(days=1)


def engagement(title, hour="10:00", **said):
    engagements, occurrences = apps.get_model("diary", "Engagement"), apps.get_model("diary", "Occurrence")
    start = clock.moment(DAY, hour)
    with performing("diary.take_in"):
        made = records.make(engagements, title=title, uid=title, digest="x", starts_at=start, **said)
        occurrences.objects.create(
            engagement=made, title=title, starts_at=start, ends_at=start + timedelta(hours=1), place="Room 4.12"
        )
    return made


def words_of(pack):
    paper = pypdfium2.PdfDocument(pack.paper.read())
    return "\n".join(page.get_textpage().get_text_range() for page in paper)


@pytest.fixture
def desk(cast):
    with scope.acting(cast.pa, office=cast.homicide):
        yield cast


def test_the_pack_says_the_day_hour_by_hour(desk):
    engagement("Partnership board")
    pack = services.make(desk.homicide, day=DAY)
    text = words_of(pack)
    assert "Partnership board" in text
    assert "10:00am" in text
    assert text.count("OFFICIAL") >= 2
    assert [line["title"] for line in pack.said] == ["Partnership board"]


@pytest.mark.hostile("D15")
def test_the_highest_marking_inside_is_the_packs(desk):
    engagement("Grievance hearing", marking=Marking.OFFICIAL_SENSITIVE, handling="PERSONAL DATA")
    pack = services.make(desk.homicide, day=DAY)
    assert (pack.marking, pack.handling) == (Marking.OFFICIAL_SENSITIVE, "PERSONAL DATA")


def test_a_pack_is_made_again_only_if_something_changed_and_says_what(desk):
    engagement("Partnership board")
    services.make(desk.homicide, day=DAY)
    assert services.freshen(desk.homicide, day=DAY) is None
    engagement("Gold group", "14:00")
    again = services.freshen(desk.homicide, day=DAY)
    assert [(change["kind"], change["words"]) for change in again.changes] == [
        ("added", "2:00pm, Gold group, Room 4.12, until 3pm")
    ]
    assert "Gold group" in words_of(again)


@pytest.mark.hostile("D15")
def test_what_the_commander_may_not_see_is_not_in_the_pack(desk):
    hidden = engagement("About the Commander")
    records.bar(hidden, person=desk.commander.person, reason="It concerns her")
    assert services.make(desk.homicide, day=DAY).said == []


def test_an_office_without_a_commander_has_no_pack(desk):
    desk.commander.person.holdings.all().delete()
    with pytest.raises(services.NobodyToRead):
        services.make(desk.homicide, day=DAY)


def test_changes_tell_added_removed_and_changed():
    before = [
        {"place": "tomorrow", "title": "A", "when": "9:00am"},
        {"place": "ahead", "title": "B"},
    ]
    after = [{"place": "tomorrow", "title": "A", "when": "9:30am"}, {"place": "decisions", "title": "C"}]
    assert changes_between(before, after) == [
        {"kind": "added", "where": "Decisions wanted", "words": "C", "was": ""},
        {"kind": "changed", "where": "Hour by hour", "words": "9:30am, A", "was": "9:00am, A"},
        {"kind": "removed", "where": "Seven days ahead", "words": "B", "was": ""},
    ]


def test_another_name_on_call_is_told():
    before, after = (
        [{"place": "on_call", "title": "SIO", "detail": name, "when": "until 9am", "body": "07700 900118"}]
        for name in ("DCI Trevannick", "DCI Fallowbourne")
    )
    change = changes_between(before, after)[0]
    assert (change["words"], change["was"]) == (
        "SIO, DCI Fallowbourne, until 9am, 07700 900118",
        "SIO, DCI Trevannick, until 9am, 07700 900118",
    )


@pytest.mark.django_db(transaction=True)
def test_the_pa_asks_for_a_pack_and_the_worker_makes_it(cast):
    client = Client()
    client.force_login(cast.pa)
    answer = client.post("/homicide/day-packs/new/", {"day": DAY.isoformat()})
    assert answer["Location"] == "/homicide/day-packs/"
    drain()
    with scope.acting(cast.pa, office=cast.homicide):
        pack = DayPack.objects.get()
    assert pack.title in client.get("/homicide/day-packs/").content.decode()
    assert client.get(pack.get_absolute_url()).status_code == 200
    paper = client.get(pack.get_absolute_url() + "paper/")
    assert (paper["Content-Type"], paper.content[:5]) == ("application/pdf", b"%PDF-")


def test_a_day_out_of_reach_is_refused_in_words(cast):
    client = Client()
    client.force_login(cast.pa)
    answer = client.post("/homicide/day-packs/new/", {"day": "2020-01-01"})
    assert "a fortnight ahead" in answer.content.decode()


def test_the_command_writes_the_pack_to_a_file(cast, tmp_path):
    said = StringIO()
    call_command("daypack", "homicide", DAY.isoformat(), output=tmp_path / "pack.pdf", stdout=said)
    assert (tmp_path / "pack.pdf").read_bytes().startswith(b"%PDF-")
    assert "HOM/PCK/" in said.getvalue()


def test_the_evening_job_makes_the_next_working_day(cast):
    with scope.acting_as_system("daypack.make", office=cast.homicide):
        reference = tasks.make_for_tomorrow.call()
        assert DayPack.objects.get().reference == reference
