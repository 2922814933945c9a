"""Writing to an owner in words of one's own, beside the ladder."""

from datetime import date

import pytest

from privateoffice.foundations.clock import clock
from privateoffice.foundations.offices import scope
from privateoffice.spine.actions import services as actions
from privateoffice.spine.actions.models import Action, Chase
from privateoffice.spine.deliveries.models import Delivery


@pytest.fixture
def owed(cast):
    with (
        clock.stopped_at(clock.moment(date(2026, 11, 23), "09:00")),
        scope.acting(cast.pa, office=cast.homicide),
    ):
        yield actions.assign(
            title="Send the map",
            due_on=date(2026, 11, 27),
            owner_name="I. Crake",
            owner_email="i.crake@example.org",
        )


def test_the_owner_is_written_to_in_those_words_and_the_letter_is_known_as_a_chaser(owed):
    for number in (1, 2):
        chase = actions.write_to_owner(owed, subject=f"{owed.reference}: the map", text="May we have it?\n")
        sent = Delivery.objects.get(reference=chase.delivery)
        assert (chase.step, sent.text.strip(), sent.subject) == (
            f"asked-{number}",
            "May we have it?",
            f"{owed.reference}: the map",
        )
    assert Chase.objects.filter(record=owed).count() == 2


def test_the_ladder_is_not_moved_by_it(owed):
    before = [planned.step for planned in actions.plan(owed, clock.now())]
    actions.write_to_owner(owed, subject="The map", text="May we have it?")
    assert [planned.step for planned in actions.plan(owed, clock.now())] == before


def test_of_a_closed_action_nobody_is_asked(owed):
    actions.withdraw(owed, reason="Found it")
    with pytest.raises(actions.NotOpen):
        actions.write_to_owner(Action.objects.get(pk=owed.pk), subject="The map", text="May we have it?")
