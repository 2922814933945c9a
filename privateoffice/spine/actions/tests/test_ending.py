"""How an action ends: discharged by its owner, accepted by its setter, or withdrawn."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from privateoffice.foundations.clock import clock
from privateoffice.foundations.offices import scope
from privateoffice.foundations.records import services as records
from privateoffice.foundations.records.models import Link
from privateoffice.spine.actions import services as actions
from privateoffice.spine.actions.models import Action, Rag

FRIDAY_WEEK = date(2026, 12, 4)


def test_the_owner_discharges_and_the_setter_accepts(cast, assigned):
    with scope.acting(cast.slt_member, office=cast.homicide):
        done = actions.discharge(assigned, words="Four have joined")
        with pytest.raises(actions.AlreadyDischarged):
            actions.discharge(assigned, words="Again")
        with pytest.raises(PermissionDenied):
            actions.accept(assigned)
    with scope.acting(cast.pa, office=cast.homicide):
        assert list(Action.objects.awaiting_acceptance()) == [assigned]
        closing = actions.accept(assigned)
        action = Action.objects.with_standing().get()
    assert (done.discharged_by, done.owner_words) == ("Marguerite Holloweth", "Det Supt Marguerite Holloweth")
    assert (closing.outcome, closing.words) == ("done", "Four have joined")
    assert (action.rag, action.is_awaiting) == (Rag.CLOSED, False)


def test_the_pa_speaks_for_an_owner_without_an_account_only(desk, assigned):
    outside = actions.assign(
        title="Send the figures",
        owner_name="Corin Eastermoor",
        owner_email="c.eastermoor@northmere.example",
        due_on=FRIDAY_WEEK,
    )
    assert actions.discharge(outside, words="They came by post").discharged_by == "Delphine Hartsough"
    with pytest.raises(PermissionDenied, match="Only the owner"):
        actions.discharge(assigned, words="She told me")


def test_who_owns_what_they_set_waits_for_nobody(desk):
    own = actions.assign(title="Book the hall", owner_role="pa", due_on=FRIDAY_WEEK)
    actions.discharge(own, words="Booked")
    assert Action.objects.get().closing.words == "Booked"


def test_the_evidence_is_linked(desk):
    own = actions.assign(title="Book the hall", owner_role="pa", due_on=FRIDAY_WEEK)
    letter = records.open_matter(title="Hall")
    actions.discharge(own, words="Booked", evidence=letter)
    link = Link.objects.get()
    assert (link.from_record_id, link.kind, link.to_record_id) == (letter.pk, "evidence_for", own.pk)


def test_what_is_sent_back_is_its_owners_again(cast, assigned):
    with scope.acting(cast.slt_member, office=cast.homicide):
        actions.discharge(assigned, words="Three have joined")
    with scope.acting(cast.pa, office=cast.homicide):
        sent = actions.send_back(assigned, reason="Four were wanted")
        with pytest.raises(actions.NothingToAccept):
            actions.accept(assigned)
        assert list(Action.objects.unfinished()) == [assigned]
    assert (sent.reason, sent.discharge.words) == ("Four were wanted", "Three have joined")


def test_another_role_may_not_accept(cast, assigned):
    with scope.acting(cast.slt_member, office=cast.homicide):
        actions.discharge(assigned, words="Done")
    with scope.acting(cast.staff_officer, office=cast.homicide), pytest.raises(PermissionDenied):
        actions.accept(assigned)


def test_what_the_pa_sets_for_the_commander_either_accepts(cast, desk):
    action = actions.assign(
        title="Send the figures",
        owner_name="Corin",
        owner_email="c@northmere.example",
        due_on=FRIDAY_WEEK,
        setter_role="commander",
        asked="In the car",
    )
    actions.discharge(action, words="Came by post")
    with scope.acting(cast.commander, office=cast.homicide):
        assert list(Action.objects.set_by_me()) == [action]
        actions.accept(action)


def test_a_closed_action_takes_no_more_until_it_is_opened_again(desk, assigned):
    actions.withdraw(assigned, reason="Overtaken")
    for refused in (
        lambda: actions.slip(assigned, due_on=date(2026, 12, 11), reason="More time"),
        lambda: actions.pass_on(assigned, owner_role="pa", reason="Mine"),
        lambda: actions.say_at_risk(assigned, reason="Perhaps"),
        lambda: actions.pause_chasing(assigned, until=date(2026, 12, 11), reason="Leave"),
        lambda: actions.nudge(assigned),
    ):
        with pytest.raises(actions.NotOpen):
            refused()
    with pytest.raises(records.AlreadyClosed):
        actions.withdraw(assigned, reason="Again")
    actions.reopen(assigned, reason="Wanted after all")
    assert Action.objects.get().rag == Rag.GREEN


def test_an_accepted_action_opened_again_can_be_discharged_again(desk):
    own = actions.assign(title="Book the hall", owner_role="pa", due_on=FRIDAY_WEEK)
    actions.discharge(own, words="Booked")
    actions.reopen(own, reason="The hall fell through")
    actions.discharge(own, words="Booked another")
    assert [done.words for done in own.discharges.all()] == ["Booked", "Booked another"]
    assert Action.objects.get().closing.words == "Booked another"


@pytest.mark.parametrize(
    ("day", "hour", "rag"),
    [
        (date(2026, 11, 26), "23:00", Rag.GREEN),
        (date(2026, 11, 27), "00:00", Rag.AMBER),
        (date(2026, 12, 4), "17:30", Rag.AMBER),
        (date(2026, 12, 4), "17:31", Rag.RED),
        (date(2026, 12, 7), "09:00", Rag.RED),
    ],
)
def test_its_colour_by_the_handbook(desk, assigned, day, hour, rag):
    at = clock.moment(day, hour)
    assert Action.objects.get().rag_at(at) == rag
    assert list(Action.objects.coloured(rag, at)) == [assigned]
    assert [each for each in Rag if assigned in Action.objects.coloured(each, at)] == [rag]
    counts = Action.objects.all().counts(at)
    assert (counts["red"], counts["amber"]) == (int(rag == Rag.RED), int(rag == Rag.AMBER))


def test_said_to_be_at_risk_it_is_amber_until_it_is_on_track(desk, assigned):
    actions.say_at_risk(assigned, reason="Nobody applied")
    actions.say_at_risk(assigned, reason="Still nobody")
    assert (Action.objects.get().rag, Action.objects.get().risk.reason) == (Rag.AMBER, "Still nobody")
    assert list(Action.objects.at_risk()) == [assigned]
    actions.say_on_track(assigned)
    assert Action.objects.get().rag == Rag.GREEN


def test_what_is_due_within_days(desk, assigned):
    assert list(Action.objects.due_within(8)) == []
    assert list(Action.objects.due_within(9)) == [assigned]
