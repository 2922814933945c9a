"""A cover day: Jonah of Proactive stands in for Delphine of Homicide, from one minute to another."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from privateoffice.desk.daypack.models import DayPack
from privateoffice.foundations.audit.models import Entry
from privateoffice.foundations.clock import clock, working_days
from privateoffice.foundations.jobs import queue, worker
from privateoffice.foundations.offices import scope, services
from privateoffice.rooms.enquiries import services as enquiries
from privateoffice.rooms.enquiries.models import Enquiry, EnquiryKind
from privateoffice.spine.correspondence.models import ImportRun
from privateoffice.spine.correspondence.tests.letters import letter

PLAIN, RESTRICTED = "Who signs for the loan car?", "A grievance in the incident room"


@pytest.fixture
def day():
    """The next working day: cover begins on it at eight in the morning and ends at noon."""
    return working_days.next(clock.today())


@pytest.fixture
def office(cast, day):
    """Two enquiries of Homicide, both to be answered that day, one of them restricted; and the grant."""
    with (
        clock.stopped_at(clock.moment(working_days.add(day, -1), "09:00")),
        scope.acting(cast.pa, office=cast.homicide),
    ):
        for title, marks in ((PLAIN, {}), (RESTRICTED, {"marking": 2, "handling": "PERSONAL DATA"})):
            enquiry = enquiries.log(
                title=title, asked=title, channel="phone", kind=EnquiryKind.objects.first(), **marks
            )
            enquiries.promise(enquiry, due_at=clock.moment(day, "16:00"), reason="They need it then")
        services.grant_cover(
            office=cast.homicide,
            coverer=cast.outsider.person,
            covered=cast.pa.person,
            starts_at=clock.moment(day, "08:00"),
            ends_at=clock.moment(day, "12:00"),
        )
    return cast.homicide


@pytest.fixture
def jonah(cast):
    """Jonah at his browser, signed in all day long."""
    client = Client()
    client.force_login(cast.outsider)
    return client


def read(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, (address, answer.status_code)
    return answer.content.decode()


@pytest.mark.hostile("F02")
def test_cover_opens_and_closes_to_the_minute(office, jonah, day):
    opens, closes = clock.moment(day, "08:00"), clock.moment(day, "12:00")
    second = timedelta(seconds=1)
    answers = []
    for moment in (opens - second, opens, closes - second, closes):
        with clock.stopped_at(moment):
            answers.append([jonah.get(f"/homicide/{place}").status_code for place in ("", "enquiries/", "mail/")])
    assert answers == [[404] * 3, [200] * 3, [200] * 3, [404] * 3]


def test_who_covers_sees_what_is_official_and_the_rest_as_a_number(office, jonah, day):
    with clock.stopped_at(clock.moment(day, "09:00")):
        for address in ("/homicide/", "/homicide/enquiries/"):
            page = read(jonah, address)
            assert PLAIN in page
            assert RESTRICTED not in page
        assert "<h2>Not shown under cover</h2><p>1 enquiry</p>" in read(jonah, "/homicide/")
        with scope.acting_as_system("test", office=office):
            hidden = Enquiry.objects.get(title=RESTRICTED).get_absolute_url()
        assert jonah.get(hidden).status_code == 404


@pytest.mark.hostile("F02")
def test_every_act_is_written_for_whom_it_was_done(cast, office, jonah, day):
    with clock.stopped_at(clock.moment(day, "09:00")):
        with scope.acting_as_system("test", office=office):
            place = Enquiry.objects.get(title=PLAIN).get_absolute_url()
        jonah.post(f"{place}resolution/", {"answer": "The Staff Officer"})
        assert "Jonah Pemberlaw for Delphine Hartsough" in read(jonah, place)
    entry = Entry.objects.filter(verb="enquiries.resolve").get()
    assert (entry.actor, entry.for_whom) == ("Jonah Pemberlaw", "Delphine Hartsough")
    with scope.acting(cast.pa, office=office):
        assert not Enquiry.objects.get(title=PLAIN).is_open


def test_when_cover_ends_nothing_of_the_office_is_left_open(cast, office, jonah, day):
    with clock.stopped_at(clock.moment(day, "09:00")):
        with scope.acting_as_system("test", office=office):
            place = Enquiry.objects.get(title=PLAIN).get_absolute_url()
        assert "Covering Homicide and Major Investigations" in read(jonah, place)
        with scope.acting(cast.outsider, office=office):
            asked = scope.freeze()  # as a job keeps it that he asked for
    with clock.stopped_at(clock.moment(day, "12:00")):
        assert jonah.get(place).status_code == 404
        assert jonah.post(f"{place}resolution/", {"answer": "Too late"}).status_code == 404
        assert "No cover open" in read(jonah, "/proactive/")
        with pytest.raises(scope.ScopeEnded), scope.thawed(asked):
            pass
    with scope.acting_as_system("test", office=office):
        assert Enquiry.objects.get(title=PLAIN).is_open


@pytest.mark.hostile("F02")
def test_an_open_page_closes_in_the_minute_in_which_cover_ends(cast, office, jonah, day):
    """F02: the browser is told when to ask again, a poll closes the whole page, and the page says why."""
    with clock.stopped_at(clock.moment(day, "11:58")):
        page = jonah.get("/homicide/enquiries/")
        assert page["Refresh"] == "120"
        assert 'hx-get="/homicide/standing/"' in page.content.decode()
        assert jonah.get("/homicide/standing/").status_code == 200
    with clock.stopped_at(clock.moment(day, "12:00")):
        closed = jonah.get("/homicide/enquiries/")
        assert closed.status_code == 404
        assert "Your cover has ended" in closed.content.decode()
        assert "Refresh" not in closed
        poll = jonah.get("/homicide/standing/", headers={"HX-Request": "true"})
        assert (poll.status_code, poll["HX-Redirect"]) == (404, "/homicide/")
        stranger = Client()
        stranger.force_login(cast.administrator)
        assert "There is no such page" in stranger.get("/homicide/enquiries/").content.decode()
    with clock.stopped_at(clock.moment(day, "12:00") + timedelta(days=1)):
        assert "There is no such page" in jonah.get("/homicide/enquiries/").content.decode()


def test_cover_that_is_ended_early_closes_at_once(cast, office, jonah, day):
    with clock.stopped_at(clock.moment(day, "09:30")):
        assert jonah.get("/homicide/").status_code == 200
        with scope.acting(cast.pa, office=office):
            services.end_cover(office.covers.get())
        assert jonah.get("/homicide/").status_code == 404
        assert jonah.get("/homicide/standing/", headers={"HX-Request": "true"})["HX-Redirect"] == "/homicide/"


@pytest.mark.hostile("F02")
def test_what_goes_to_the_asker_dies_and_what_the_office_owes_goes_on(cast, office, jonah, day):
    """F02: the day pack that the coverer asked for is not made; the mail they brought in is read in their name."""
    with clock.stopped_at(clock.moment(day, "11:59")):
        jonah.post("/homicide/day-packs/new/", {"day": day.isoformat()})
        upload = SimpleUploadedFile("question.eml", letter("A question of keys"))
        jonah.post("/homicide/mail/imports/", {"file": upload})
    with clock.stopped_at(clock.moment(day, "12:00")):
        assert worker.drain() == 2
    with scope.acting_as_system("test", office=office):
        assert not DayPack.objects.exists()
        assert [run.new for run in ImportRun.objects.all()] == [1]
    assert [job.exception_class_path for job in queue.set_aside()] == [f"{scope.__name__}.ScopeEnded"]
    entry = Entry.objects.filter(verb="correspondence.take_in").last()
    assert (entry.actor, entry.for_whom) == ("Jonah Pemberlaw", "Delphine Hartsough")


def test_the_band_counts_what_is_kept_back(office, jonah, day):
    with clock.stopped_at(clock.moment(day, "09:00")):
        assert "1 restricted record counted, not shown." in read(jonah, "/homicide/enquiries/")


def test_of_two_covers_the_one_that_still_stands_counts(cast, office, jonah, day):
    with clock.stopped_at(clock.moment(day, "08:30")), scope.acting(cast.pa, office=office):
        services.grant_cover(
            office=office,
            coverer=cast.outsider.person,
            covered=cast.staff_officer.person,
            role="staff_officer",
            starts_at=clock.moment(day, "08:30"),
            ends_at=clock.moment(day, "14:00"),
        )
    with clock.stopped_at(clock.moment(day, "13:00")):
        assert "for Tobias Fennimarsh" in read(jonah, "/homicide/")
