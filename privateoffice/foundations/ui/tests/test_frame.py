"""The frame around a page: what each of the cast sees of the house."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import RequestFactory

from privateoffice.foundations.offices import scope
from privateoffice.foundations.registry import house
from privateoffice.foundations.ui.frame import Frame

pytestmark = pytest.mark.django_db


def frame_of(user, office, path="/homicide/") -> Frame:
    request = RequestFactory().get(path)
    request.user, request.office = user, office
    return Frame(request)


def test_the_doors_are_those_that_the_role_may_open(cast):
    open_to_all = [door for room in house.rooms() for door in room.doors]
    with scope.acting(cast.pa, office=cast.homicide):
        frame = frame_of(cast.pa, cast.homicide)
        seen = [door.word for door in frame.doors]
        allowed = [door.word for door in open_to_all if not door.verb or "pa" in house.roles_for(door.verb)]
        assert seen == allowed
        assert frame.role == "Personal Assistant"


def test_the_switcher_says_what_each_office_is_to_this_person(cast):
    with scope.acting(cast.pa, office=cast.homicide):
        switches = frame_of(cast.pa, cast.homicide).switches
    assert [(one.office.code, one.note, one.url, one.key) for one in switches] == [
        ("HOM", "Your office", "/homicide/", "g 1"),
        ("PRO", "No cover open", "", "g 2"),
    ]


def test_only_the_door_that_one_stands_in_is_marked(cast):
    with scope.acting(cast.pa, office=cast.homicide):
        for door in frame_of(cast.pa, cast.homicide).doors:
            path = door.url if door.group == "Today" else f"{door.url}some/page/"
            frame = frame_of(cast.pa, cast.homicide, path=path)
            assert [one.word for one in frame.doors if one.is_here] == [door.word]


def test_cover_shows_whose_name_acts_are_recorded_in(cast):
    cast.cover()
    with scope.acting(cast.outsider, office=cast.homicide):
        frame = frame_of(cast.outsider, cast.homicide)
        band = frame.cover
        assert (band.actor, band.for_whom, band.home.office.code) == (
            "Jonah Pemberlaw",
            "Delphine Hartsough",
            "PRO",
        )
        assert [one.note.split(" until")[0] for one in frame.switches] == ["Your office", "You cover"]


def test_whoever_has_no_role_here_sees_an_empty_frame(cast):
    with scope.acting(cast.outsider, office=cast.homicide):
        frame = frame_of(cast.outsider, cast.homicide)
        assert (frame.office, frame.doors, frame.new, frame.cover, frame.role) == (None, [], [], None, "")


def test_nobody_signed_in_has_a_frame_without_offices(cast):
    frame = frame_of(AnonymousUser(), None)
    assert (frame.person, frame.switches, frame.groups, frame.general_keys) == (
        None,
        [],
        [],
        [("This list", "?"), ("New", "c")],
    )


def test_the_commander_gets_tabs_and_room(cast):
    with scope.acting(cast.commander, office=cast.homicide):
        frame = frame_of(cast.commander, cast.homicide)
        assert frame.is_hand
        assert {tab.word for tab in frame.tabs} <= {"Decisions", "Diary", "On call", "Sent", "Search"}


def test_the_component_sheet_is_for_developers_only(client, cast, settings):
    settings.DEBUG = False
    assert client.get("/components/").status_code == 404
    type(cast.homicide).objects.update(is_sample=True)
    assert client.get("/components/").status_code == 200
