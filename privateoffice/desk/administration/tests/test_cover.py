"""Cover: granted from a minute to a minute, shown in words, counted and never titled, ended at once."""

from datetime import timedelta

import pytest
from django.apps import apps

from privateoffice.desk.administration.tests.seats import client_of, words_of
from privateoffice.foundations.clock import clock, words
from privateoffice.foundations.offices import scope
from privateoffice.foundations.offices.models import Cover, Holding
from privateoffice.foundations.records import services as records
from privateoffice.foundations.records.markings import Marking
from privateoffice.foundations.registry import house

COVER = "/homicide/cover/"


def asked(cast, **more):
    """A grant from five minutes ago to this time tomorrow."""
    starts, ends = clock.london(clock.now() - timedelta(minutes=5)), clock.london(clock.now() + timedelta(days=1))
    jonah, delphine = (Holding.objects.get(person=user.person) for user in (cast.outsider, cast.pa))
    return {
        "coverer": jonah.pk,
        "covered": delphine.pk,
        "starts_on": starts.date().isoformat(),
        "starts_at": f"{starts:%H:%M}",
        "ends_on": ends.date().isoformat(),
        "ends_at": f"{ends:%H:%M}",
        "clearance": 1,
        "reason": "Leave",
    } | more


def test_cover_is_granted_seen_in_words_and_ended(cast, pa, outsider):
    assert "Jonah Pemberlaw, Proactive and Trident" in words_of(pa.get(COVER + "new/"))
    assert pa.post(COVER + "new/", asked(cast))["Location"] == COVER
    granted = Cover.objects.get()
    assert (granted.starts_at.second, granted.clearance, granted.reason) == (0, 1, "Leave")
    page = words_of(pa.get(COVER))
    assert "Jonah Pemberlaw covers now" in page
    assert "OFFICIAL only. Each act is recorded as “Jonah Pemberlaw for Delphine Hartsough”" in page
    today = outsider.get("/homicide/")
    assert "Covering Homicide and Major Investigations" in words_of(today)
    assert "Jonah Pemberlaw" in words_of(outsider.get("/proactive/cover/"))
    end = f"{COVER}{granted.pk}/end/"
    assert "It cannot be undone" in words_of(pa.get(end))
    assert Cover.objects.standing(clock.now()).exists()
    pa.post(end)
    assert outsider.get("/homicide/").status_code == 404
    assert (pa.get(end).status_code, "ended early" in words_of(pa.get(COVER))) == (404, True)


def test_cover_ends_at_its_minute_also_for_a_page_that_is_open(cast, pa, outsider):
    pa.post(COVER + "new/", asked(cast))
    ends_at = Cover.objects.get().ends_at
    with clock.stopped_at(ends_at - timedelta(seconds=1)):
        assert outsider.get("/homicide/").status_code == 200
    with clock.stopped_at(ends_at):
        assert outsider.get("/homicide/").status_code == 404


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ({"ends_on": "2020-01-01"}, "Cover must end after it starts"),
        ({"starts_on": "2020-01-01", "ends_on": "2020-01-02"}, "Cover must end in the time to come"),
        ({"reason": ""}, "Enter: why?"),
        ({"coverer": "999"}, "Select a valid choice"),
        ({"clearance": 3}, "Select a valid choice"),
        ({"starts_at": "25:00"}, "Enter a valid time"),
    ],
)
def test_a_grant_that_makes_no_sense_is_refused(cast, pa, more, why):
    answer = pa.post(COVER + "new/", asked(cast, **more))
    assert (answer.status_code, why in words_of(answer)) == (422, True)
    assert not Cover.objects.exists()


def test_nobody_opens_more_than_they_see_and_nobody_covers_from_within(cast, ada, pa):
    place = "/administration/offices/homicide/cover/new/"
    assert "OFFICIAL-SENSITIVE too" not in words_of(ada.get(place))
    assert ada.post(place, asked(cast, clearance=2)).status_code == 422
    assert ada.post(place, asked(cast))["Location"] == "/administration/offices/homicide/"
    assert "Jonah Pemberlaw" in words_of(ada.get("/administration/cover/"))
    ada.post(f"/administration/cover/{Cover.objects.get().pk}/end/")
    assert not Cover.objects.standing(clock.now()).exists()
    staff = Holding.objects.get(person=cast.staff_officer.person)
    assert pa.post(COVER + "new/", asked(cast, coverer=staff.pk)).status_code == 422


def test_whoever_covers_lets_nobody_else_in(cast, outsider):
    cast.cover()
    assert "Grant cover" not in words_of(outsider.get(COVER))
    assert outsider.post(COVER + "new/", asked(cast)).status_code in {403, 422}
    assert Cover.objects.count() == 1


def test_cover_of_another_office_cannot_be_ended(cast, outsider):
    granted = cast.cover()
    other = f"/proactive/cover/{granted.pk}/end/"
    assert (outsider.get(other).status_code, outsider.post(other).status_code) == (404, 404)


def test_a_reader_does_not_see_who_covers(cast):
    assert client_of(cast.reader).get(COVER).status_code == 403


def test_what_is_restricted_is_a_number_on_today_under_cover_and_nothing_at_home(cast, pa, outsider):
    kind = apps.get_model("enquiries", "EnquiryKind").objects.get(slug="general")
    with scope.acting(cast.commander, office=cast.homicide):
        made = [
            house.receiver_of("enquiry")(
                records.open_matter(title="Inquest"),
                title=f"Hidden {number}",
                asked="?",
                channel="email",
                kind=kind,
                received_at=clock.now(),
                marking=marking,
                handling="",
            )
            for number, marking in enumerate([Marking.OFFICIAL, Marking.OFFICIAL, Marking.OFFICIAL_SENSITIVE])
        ]
        records.narrow(made[0], roles=["commander"])
    cast.cover()
    page = words_of(outsider.get("/homicide/"))
    assert "<h2>Not shown under cover</h2><p>2 enquiries</p>" in page
    assert ("Hidden 0" in page, "Hidden 2" in page) == (False, False)
    assert "Not shown under cover" not in words_of(pa.get("/homicide/"))


def test_the_band_says_until_when(cast, outsider):
    cover = cast.cover()
    assert f"until {words.hour(cover.ends_at)}" in words_of(outsider.get("/homicide/people/"))
