"""Climbing the ladder: what goes out, to whom, once; and what is not sent any more."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from privateoffice.foundations.clock import clock
from privateoffice.foundations.offices import scope
from privateoffice.foundations.offices.models import Person
from privateoffice.foundations.records import services as records
from privateoffice.spine.actions import services as actions
from privateoffice.spine.actions.models import Chase
from privateoffice.spine.deliveries.models import Delivery

FRIDAY_WEEK = date(2026, 12, 4)
DAYS = {"before": date(2026, 11, 27), "day": FRIDAY_WEEK, "late": date(2026, 12, 11)}


def climb(office, day, hour="08:00"):
    """One climb at a moment; what went out as (address, subject), in order."""
    at = clock.moment(day, hour)
    with clock.stopped_at(at), scope.acting_as_system("chasers", office=office):
        before = set(Delivery.objects.values_list("pk", flat=True))
        actions.climb(at)
        sent = Delivery.objects.exclude(pk__in=before).order_by("pk")
        return [(post.destinations.get().address, post.subject) for post in sent]


def posted(office):
    with scope.acting_as_system("test", office=office):
        return Delivery.objects.latest("pk")


@pytest.fixture
def dci(cast):
    """A detective without an account, managed by Holloweth."""
    return Person.everyone.create(
        office=cast.homicide,
        forenames="Hamish",
        surname="Trevannick",
        rank="DCI",
        warrant_number="WX90118",
        email="hamish.trevannick@specialist-crime.example",
        line_manager=cast.slt_member.person,
    )


@pytest.fixture
def owed(desk, dci):
    """Owed by the DCI, due on Friday week."""
    return actions.assign(title="Send the review", owner=dci, due_on=FRIDAY_WEEK)


HAMISH = "hamish.trevannick@specialist-crime.example"
MARGUERITE = "marguerite.holloweth@specialist-crime.example"
TOBIAS = "tobias.fennimarsh@specialist-crime.example"
IMOGEN = "imogen.calderwick@specialist-crime.example"


def addresses(sent):
    return sorted(address for address, _ in sent)


def test_each_step_goes_out_at_eight_and_once(cast, owed):
    office = cast.homicide
    assert climb(office, DAYS["before"], "07:59") == []
    assert climb(office, DAYS["before"]) == [(HAMISH, "HOM/ACT/2026/0001: Send the review, due 4 December 2026")]
    assert climb(office, DAYS["before"], "09:20") == []
    assert addresses(climb(office, DAYS["day"])) == [HAMISH]
    assert addresses(climb(office, DAYS["late"])) == [HAMISH, MARGUERITE]
    assert addresses(climb(office, date(2026, 12, 18))) == [HAMISH, MARGUERITE, TOBIAS]
    with scope.acting_as_system("test", office=office):
        fired = list(Chase.objects.values_list("step", "to_name", "copied"))
    assert fired == [
        ("0/before", "DCI Hamish Trevannick", ""),
        ("0/day", "DCI Hamish Trevannick", ""),
        ("0/week-1", "DCI Hamish Trevannick", "Det Supt Marguerite Holloweth"),
        ("0/week-2", "DCI Hamish Trevannick", "Det Supt Marguerite Holloweth, DS Tobias Fennimarsh"),
    ]


def test_the_letter_says_what_is_owed_and_how_to_answer(cast, owed):
    climb(cast.homicide, DAYS["before"])
    delivery = posted(cast.homicide)
    assert delivery.text == (
        "Dear DCI Hamish Trevannick,\n"
        "\n"
        "A reminder of an action that the private office has down to you:\n"
        "\n"
        "  Send the review\n"
        "  HOM/ACT/2026/0001, due 4 December 2026\n"
        "\n"
        "Please reply to this email with one of these:\n"
        "- done, and in a few words what was done\n"
        "- a new date, and why\n"
        "- not mine, and whose it is\n"
        "\n"
        "Delphine Hartsough\n"
        "Personal Assistant\n"
        "Homicide and Major Investigations private office\n"
    )


def test_a_superintendent_is_asked_softly_and_nobody_above_is_copied(cast, assigned):
    assert addresses(climb(cast.homicide, DAYS["late"])) == [MARGUERITE, TOBIAS]
    with scope.acting_as_system("test", office=cast.homicide):
        text = Delivery.objects.get(destinations__address=MARGUERITE).text
    assert "would be grateful for a word" in text
    assert "A line back is all that is needed" in text


@pytest.mark.hostile("H05")
def test_after_days_without_the_machine_each_person_gets_one_letter(cast, desk, dci):
    for number in range(5):
        actions.assign(title=f"Owed {number}", owner=dci, due_on=date(2026, 11, 23 + number % 2))
    actions.assign(title="Theirs", owner=cast.slt_member.person, due_on=date(2026, 11, 24))
    sent = climb(cast.homicide, date(2026, 12, 7), "11:20")
    assert addresses(sent) == [HAMISH, MARGUERITE, TOBIAS]
    subjects = dict(sent)
    assert subjects[HAMISH] == "5 actions for you"
    assert subjects[MARGUERITE] == "HOM/ACT/2026/0006: Theirs, and 5 for your information"
    assert climb(cast.homicide, date(2026, 12, 7), "12:20") == []


@pytest.mark.hostile("H06")
def test_a_step_of_what_is_closed_moved_or_paused_is_not_sent(cast, desk, dci):
    closed, moved, paused, said_done = (
        actions.assign(title=title, owner=dci, due_on=FRIDAY_WEEK) for title in ("A", "B", "C", "D")
    )
    actions.withdraw(closed, reason="Overtaken")
    actions.slip(moved, due_on=date(2027, 1, 29), reason="More time")
    actions.pause_chasing(paused, until=date(2026, 12, 7), reason="On leave")
    actions.discharge(said_done, words="Done")
    assert climb(cast.homicide, DAYS["before"]) == []
    assert climb(cast.homicide, DAYS["day"]) == []
    assert climb(cast.homicide, date(2026, 12, 7)) == []
    assert [subject for _, subject in climb(cast.homicide, DAYS["late"])][:1] == [
        "HOM/ACT/2026/0003: C, 5 working days late"
    ]


def test_resumed_it_goes_on_from_then(cast, owed):
    with scope.acting(cast.pa, office=cast.homicide):
        actions.pause_chasing(owed, until=date(2027, 1, 8), reason="On leave")
    with clock.stopped_at(clock.moment(date(2026, 12, 2), "10:00")), scope.acting(cast.pa, office=cast.homicide):
        actions.resume_chasing(owed)
        with pytest.raises(actions.NotPaused):
            actions.resume_chasing(owed)
    assert addresses(climb(cast.homicide, DAYS["day"])) == [HAMISH]


@pytest.mark.hostile("H06")
def test_a_step_goes_to_the_present_owner(cast, owed):
    with scope.acting(cast.pa, office=cast.homicide):
        actions.pass_on(owed, owner_role="staff_officer", reason="Trevannick is on leave")
    assert addresses(climb(cast.homicide, DAYS["before"])) == [TOBIAS]


def test_where_the_owner_has_left_their_line_manager_hears(cast, owed, dci):
    dci.left_on = date(2026, 11, 25)
    dci.save()
    assert addresses(climb(cast.homicide, DAYS["before"])) == [MARGUERITE]
    assert posted(cast.homicide).text.split("\n\n")[1:3] == [
        "The owner of this can no longer be written to. Please say whose it is now:",
        "  Send the review\n  HOM/ACT/2026/0001, due 4 December 2026\n  Owner: DCI Hamish Trevannick",
    ]


def test_the_third_slip_goes_to_the_commander(cast, owed):
    with scope.acting(cast.pa, office=cast.homicide):
        for day in (11, 18, 22):
            actions.slip(owed, due_on=date(2026, 12, day), reason="More time")
    assert climb(cast.homicide, date(2026, 11, 24)) == [
        (IMOGEN, "HOM/ACT/2026/0001: Send the review, put back 3 times"),
        (TOBIAS, "HOM/ACT/2026/0001: Send the review, put back 3 times"),
    ]
    assert addresses(climb(cast.homicide, date(2026, 12, 15))) == [HAMISH]
    assert addresses(climb(cast.homicide, date(2026, 12, 29))) == [HAMISH, IMOGEN, MARGUERITE]


def test_nobody_is_copied_who_may_not_know(cast, owed):
    with scope.acting(cast.pa, office=cast.homicide):
        records.bar(owed, person=cast.slt_member.person, reason="It is about her")
    assert addresses(climb(cast.homicide, DAYS["late"])) == [HAMISH]


def test_the_page_shows_before_what_will_go(cast, owed):
    with scope.acting(cast.pa, office=cast.homicide):
        planned = actions.plan(owed, clock.now())
    assert [(plan.step.rung, clock.day_of(plan.step.at), plan.to.email) for plan in planned[:3]] == [
        (rung, day, HAMISH) for rung, day in DAYS.items()
    ]
    assert [contact.name for contact in planned[2].copies] == ["Det Supt Marguerite Holloweth"]
    climb(cast.homicide, DAYS["before"])
    delivery = posted(cast.homicide)
    assert (planned[0].letter.subject, planned[0].letter.text) == (delivery.subject, delivery.text)


def test_a_nudge_by_hand_goes_at_once_and_may_be_repeated(cast, owed):
    with scope.acting(cast.pa, office=cast.homicide):
        actions.nudge(owed)
        actions.nudge(owed)
        assert list(Chase.objects.values_list("step", flat=True)) == ["nudge-1", "nudge-2"]
        assert Delivery.objects.count() == 2
    with scope.acting(cast.slt_member, office=cast.homicide), pytest.raises(PermissionDenied):
        actions.nudge(owed)


def test_an_office_is_chased_by_itself_only(cast, owed):
    assert climb(cast.proactive, DAYS["before"]) == []


def test_a_letter_wears_the_highest_marking_inside(cast, desk, dci):
    actions.assign(title="Plain", owner=dci, due_on=FRIDAY_WEEK)
    actions.assign(title="Grievance", owner=dci, due_on=FRIDAY_WEEK, marking=2, handling="PERSONAL DATA")
    climb(cast.homicide, DAYS["before"])
    delivery = posted(cast.homicide)
    assert (delivery.marking, delivery.handling) == (2, "PERSONAL DATA")


@pytest.mark.parametrize("how_many", [1, 3])
def test_a_climb_looks_with_a_fixed_number_of_queries(cast, desk, dci, how_many, django_assert_num_queries):
    for number in range(how_many):
        actions.assign(title=f"Owed {number}", owner=dci, due_on=FRIDAY_WEEK)
    at = clock.moment(date(2026, 11, 24), "08:00")
    with scope.acting_as_system("chasers", office=cast.homicide), django_assert_num_queries(LOOKING):
        actions.climb(at)


LOOKING = 11


def test_two_of_one_rank_and_name_are_told_apart_by_address(cast, desk, dci):
    twin = Person.everyone.create(
        office=cast.homicide,
        forenames="Hamish",
        surname="Trevannick",
        rank="DCI",
        warrant_number="WX90119",
        email="hamish.trevannick2@specialist-crime.example",
    )
    actions.assign(title="One", owner=dci, due_on=FRIDAY_WEEK)
    actions.assign(title="Two", owner=twin, due_on=FRIDAY_WEEK)
    assert climb(cast.homicide, DAYS["before"]) == [
        (HAMISH, "HOM/ACT/2026/0001: One, due 4 December 2026"),
        ("hamish.trevannick2@specialist-crime.example", "HOM/ACT/2026/0002: Two, due 4 December 2026"),
    ]
