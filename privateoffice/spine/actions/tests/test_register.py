"""Setting actions and keeping them true."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from privateoffice.foundations.audit.models import Entry
from privateoffice.foundations.clock import clock
from privateoffice.foundations.offices import scope
from privateoffice.foundations.records import services as records
from privateoffice.foundations.records.models import Link, MatterEntry, SearchText
from privateoffice.spine.actions import services as actions
from privateoffice.spine.actions.models import Action, Rag

MONDAY = date(2026, 11, 23)
FRIDAY_WEEK = date(2026, 12, 4)


def test_an_action_has_an_owner_a_day_and_a_close_of_play(desk, assigned):
    action = Action.objects.get()
    assert action.reference == "HOM/ACT/2026/0001"
    assert action.get_absolute_url() == "/homicide/actions/2026/1/"
    assert (action.owner_words, action.setter_words) == ("Det Supt Marguerite Holloweth", "Delphine Hartsough")
    assert clock.london(action.due_at).strftime("%d %H:%M:%S") == "04 17:30:59"
    assert SearchText.objects.get(record_id=action.pk).title == "Recruit four liaison officers"


@pytest.mark.parametrize(
    ("owner", "words"),
    [
        ({"owner_role": "staff_officer"}, "Staff Officer"),
        ({"owner_name": "Corin Eastermoor", "owner_email": "c@northmere.example"}, "Corin Eastermoor"),
    ],
)
def test_an_owner_is_a_role_or_somebody_outside(desk, owner, words):
    assert actions.assign(title="Send the figures", due_on=FRIDAY_WEEK, **owner).owner_words == words


@pytest.mark.parametrize(
    "owner",
    [
        {},
        {"owner_role": "pa", "owner_name": "Corin", "owner_email": "c@northmere.example"},
        {"owner_name": "Corin"},
        {"owner_role": "emperor"},
    ],
)
def test_an_owner_must_be_one_and_reachable(desk, owner):
    with pytest.raises(actions.OwnerUnclear):
        actions.assign(title="Send the figures", due_on=FRIDAY_WEEK, **owner)
    assert not Action.objects.exists()


def test_nobody_who_left_is_given_an_action(desk):
    person = desk.slt_member.person
    person.left_on = MONDAY
    with pytest.raises(actions.OwnerUnclear, match="has left"):
        actions.assign(title="Send the figures", owner=person, due_on=FRIDAY_WEEK)


@pytest.mark.parametrize(
    ("day", "reason"),
    [
        (date(2026, 11, 28), "The date is a Saturday; choose a working day"),
        (date(2026, 12, 25), "The date is a bank holiday; choose a working day"),
        (date(2026, 11, 20), "The date has passed; choose today or later"),
    ],
)
def test_an_action_is_due_on_a_working_day_to_come(desk, day, reason):
    with pytest.raises(actions.NoDateLikeThat, match=reason):
        actions.assign(title="Send the figures", owner_role="pa", due_on=day)


def test_what_an_action_arises_from_lends_its_marking_and_its_matters(desk):
    matter = records.open_matter(title="Family liaison")
    source = records.open_matter(title="Grievance", marking=2, handling="PERSONAL DATA")
    records.put_on(matter, source)
    action = actions.assign(title="See them", owner_role="commander", due_on=FRIDAY_WEEK, arises_from=source)
    assert (action.marking, action.handling) == (2, "PERSONAL DATA")
    link = Link.objects.get()
    assert (link.from_record_id, link.to_record_id, link.kind) == (action.pk, source.pk, "arises_from")
    on_matter = MatterEntry.objects.filter(matter_id=matter.pk).values_list("record_id", flat=True)
    assert set(on_matter) == {source.pk, action.pk}


def test_a_slip_keeps_the_old_day_and_its_reason(desk, assigned):
    actions.say_at_risk(assigned, reason="Nobody applied")
    changed = actions.slip(assigned, due_on=date(2026, 12, 11), reason="Adverts go out again")
    actions.slip(assigned, due_on=date(2026, 12, 9), reason="Sooner after all")
    action = Action.objects.with_standing().get()
    assert (changed.from_on, changed.to_on, changed.changed_by) == (
        FRIDAY_WEEK,
        date(2026, 12, 11),
        "Delphine Hartsough",
    )
    assert (action.due_on, action.slip_count, action.rag) == (date(2026, 12, 9), 1, Rag.GREEN)
    assert action.due_at == clock.closing(date(2026, 12, 9), "17:30")


def test_an_action_is_passed_on_with_a_reason(desk, assigned):
    passed = actions.pass_on(assigned, owner_role="staff_officer", reason="On leave")
    assert (passed.from_owner, passed.to_owner) == ("Det Supt Marguerite Holloweth", "Staff Officer")
    assert Action.objects.get().owner_words == "Staff Officer"
    with pytest.raises(actions.OwnerUnclear):
        actions.pass_on(Action.objects.get(), owner_role="staff_officer", reason="Again")


def test_the_open_actions_of_a_leaver_are_passed_on_at_once(desk, assigned):
    closed = actions.assign(title="Old", owner=desk.slt_member.person, due_on=FRIDAY_WEEK)
    actions.withdraw(closed, reason="Overtaken")
    assert actions.pass_on_all(desk.slt_member.person, owner_role="staff_officer", reason="Posted away") == 1
    assert list(Action.objects.order_by("pk").values_list("owner_role", flat=True)) == ["staff_officer", ""]


def test_of_two_changes_the_second_is_shown_both(desk, assigned):
    mine = Action.objects.get()
    actions.revise(assigned, seen=1, title="Recruit five liaison officers", detail="")
    with pytest.raises(records.ChangedMeanwhile) as refusal:
        actions.slip(mine, due_on=date(2026, 12, 11), reason="More time", seen=1)
    assert [name for name, _, _ in refusal.value.differences] == ["due_on", "due_at"]


def test_an_slt_member_speaks_for_their_own_actions_only(cast, desk, assigned):
    other = actions.assign(title="Not theirs", owner_role="staff_officer", due_on=FRIDAY_WEEK)
    with scope.acting(cast.slt_member, office=cast.homicide):
        actions.note_update(assigned, text="Two applied")
        actions.say_at_risk(assigned, reason="Two only")
        for refused in (
            lambda: actions.note_update(other, text="Mine?"),
            lambda: actions.slip(other, due_on=date(2026, 12, 11), reason="Mine?"),
            lambda: actions.assign(title="New", owner_role="pa", due_on=FRIDAY_WEEK),
            lambda: actions.pass_on(assigned, owner_role="pa", reason="Not me"),
        ):
            with pytest.raises(PermissionDenied):
                refused()
    assert [note.text for note in assigned.notes.all()] == ["Two applied"]


def test_the_outsider_sees_and_does_nothing(cast, assigned):
    with scope.acting(cast.outsider, office=cast.proactive):
        assert list(Action.objects.all()) == []
        with pytest.raises(PermissionDenied):
            actions.note_update(assigned, text="Hello")


def test_under_cover_the_role_is_the_setter(cast):
    cast.cover()
    with scope.acting(cast.outsider, office=cast.homicide):
        action = actions.assign(title="Ring back", owner_role="pa", due_on=FRIDAY_WEEK)
    assert (action.setter_id, action.setter_role) == (None, "pa")


def test_the_trail_names_the_owner_and_the_day(desk, assigned):
    facts = Entry.objects.get(verb="actions.assign").facts
    assert facts == {"owner": "Det Supt Marguerite Holloweth", "due_on": "2026-12-04"}
