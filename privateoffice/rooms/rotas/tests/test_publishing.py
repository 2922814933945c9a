"""Publishing, telling, acknowledging, chasing, the board and the look-ahead."""

from datetime import date, timedelta

import pytest

from privateoffice.foundations.clock import clock
from privateoffice.foundations.offices import scope
from privateoffice.rooms.rotas import services, tasks
from privateoffice.rooms.rotas.models import Notice, OnCall, Period, Publication
from privateoffice.rooms.rotas.services.publishing import clear_days
from privateoffice.spine.actions.models import Action
from privateoffice.spine.deliveries.models import Delivery

WEEKS = ("20261207", "20261214", "20261221", "20261228")
SIOS = ("Trevannick", "Pennistone", "O’Dunleavy", "Trevannick")


def fill(ground) -> None:
    for week, surname in zip(WEEKS, SIOS, strict=True):
        ground.put(f"S-{week}", surname)
    for place, week in enumerate(WEEKS):
        ground.put(f"D-{week}", ("Merriwack", "Dunnavale")[place % 2])


@pytest.fixture
def published(ground):
    fill(ground)
    services.publish(ground.period)
    ground.period = Period.objects.for_list().get(pk=ground.period.pk)
    return ground


def test_a_rota_with_gaps_is_published_only_if_one_says_so(ground):
    with pytest.raises(services.HasGaps):
        services.publish(ground.period)
    services.publish(ground.period, with_gaps=True)
    assert Period.objects.get().state == "published"


def test_everybody_on_it_is_told_what_is_theirs_and_nothing_else(published):
    letters = {one.destinations.get().address: one.text for one in Delivery.objects.all()}
    assert len(letters) == 5
    of_sio = letters["trevannick1@specialist-crime.example"]
    assert "7 December 2026 at 9am to 14 December 2026 at 9am" in of_sio
    assert "28 December" in of_sio
    assert "Det Supt:" not in of_sio
    assert "21 December 2026 at 9am to" not in of_sio


def test_afterwards_only_those_whose_duties_changed_are_told(published):
    published.put("S-20261214", "O’Dunleavy", reason="Swapped by word", authorised_by="DCS Calderwick")
    assert Period.objects.get().state == "changed since"
    services.publish(published.period)
    newest = Notice.objects.filter(publication=2).order_by("person__surname")
    assert [(n.person.surname, [line["what"] for line in n.lines]) for n in newest] == [
        ("O’Dunleavy", ["gained"]),
        ("Pennistone", ["lost"]),
    ]
    assert {n.least_notice for n in newest} == {41}
    assert Period.objects.get().state == "published"


@pytest.mark.hostile("C18")
def test_a_draft_is_never_shown_as_published(published):
    """C18: what stands on the board and in calendars is what people were told."""
    published.put("S-20261207", "Pennistone", reason="x", authorised_by="y")
    assert OnCall.objects.get(duty="SIO", starts_at__date=date(2026, 12, 7)).name == "DCI Hal Trevannick"
    services.publish(published.period)
    assert OnCall.objects.get(duty="SIO", starts_at__date=date(2026, 12, 7)).name == "DCI Hal Pennistone"


def test_each_state_that_was_published_is_kept(published):
    published.put("S-20261207", "Pennistone", reason="x", authorised_by="y")
    services.publish(published.period)
    names = [edition.duties[0]["name"] for edition in Publication.objects.order_by("number")]
    assert [name for name in names if "Hal" in name][:1]
    assert len(names) == 2
    assert Publication.objects.get(number=1).duties != Publication.objects.get(number=2).duties


def test_the_desk_that_always_answers_stands_on_the_board(published):
    desk = OnCall.objects.get(duty="Press")
    assert (desk.name, desk.phone, desk.duty_key) == ("Bureau desk", "020 7946 0181", None)


def test_whoever_says_nothing_is_chased_by_the_ladder_and_only_until_they_speak(published, cast):
    assert services.chase(published.period) == []
    with clock.stopped_at(clock.now() + timedelta(days=4)):
        made = services.chase(published.period)
        assert {action.owner.surname for action in made} == {
            "Trevannick",
            "Pennistone",
            "O’Dunleavy",
            "Merriwack",
            "Dunnavale",
        }
        assert services.chase(published.period) == []
        notice = Notice.objects.select_related("person", "period__office").get(person__surname="Pennistone")
        services.acknowledge(notice, how="phone")
        assert Action.objects.open().count() == 4
        with pytest.raises(services.AlreadyAcknowledged):
            services.acknowledge(notice, how="phone")


def test_the_job_chases_in_every_period(published, cast):
    with clock.stopped_at(clock.now() + timedelta(days=4)):
        assert tasks.chase_silent.func() == 5


def test_the_look_ahead_goes_once_a_day_to_whom_the_rota_names(published):
    services.revise(published.rota, told_weekly="control.room@example.org\nslt@example.org")
    friday = clock.moment(date(2026, 12, 11), "14:00")
    with clock.stopped_at(friday):
        first, again = services.look_ahead(published.rota), services.look_ahead(published.rota)
    assert first == again
    text = Delivery.objects.get(reference=first).text
    assert "SIO: DCI Hal Trevannick, 07700 900001" in text
    assert "DCI Hal Pennistone" in text


@pytest.mark.parametrize(
    ("told", "first", "days"), [("2026-06-01", "2026-06-17", 15), ("2026-06-01", "2026-06-01", 0)]
)
def test_notice_is_counted_in_clear_days(told, first, days):
    """The handbook's own example: told 1 June for 17 June is 15."""
    assert clear_days(told, first) == days


def test_another_office_sees_names_and_times_and_no_record(published, cast):
    with scope.acting(cast.outsider, office=cast.proactive):
        assert OnCall.objects.filter(duty="SIO").count() == 4
        assert Period.objects.count() == 0


def test_the_change_of_one_duty_is_published_and_the_rest_of_the_draft_waits(published):
    why = {"reason": "x", "authorised_by": "y"}
    published.put("S-20261207", "Pennistone", **why)
    published.put("S-20261221", "Pennistone", **why)
    services.publish_duties(published.period, [published.duty("S-20261207").pk], reason="At once")
    assert published.duty("S-20261207").published.surname == "Pennistone"
    assert published.duty("S-20261221").published.surname == "O’Dunleavy"
    assert Period.objects.get().state == "changed since"
