"""Swaps, volunteers, handovers, call-outs, claims and calendars."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from privateoffice.foundations.clock import clock
from privateoffice.foundations.offices import policy, scope
from privateoffice.foundations.offices.models import User
from privateoffice.rooms.rotas import services
from privateoffice.rooms.rotas.models import Duty, Invitation, OnCall, Swap, SwapSide
from privateoffice.rooms.rotas.services.claiming import allowance_days
from privateoffice.rooms.rotas.services.problem import ground_of
from privateoffice.rooms.rotas.services.volunteering import candidates
from privateoffice.rooms.rotas.tests.test_publishing import fill
from privateoffice.spine.deliveries.models import Delivery

FIRST, SECOND = "S-20261207", "S-20261214"


@pytest.fixture
def published(ground):
    fill(ground)
    services.publish(ground.period)
    return ground


@pytest.fixture
def asked(published):
    duty, other = published.duty(FIRST), published.people["Pennistone"]
    return services.ask_swap(duty, other=other, in_return=published.duty(SECOND), reason="A wedding")


def test_nothing_moves_until_both_agree_and_it_is_approved(asked, published, cast):
    with pytest.raises(services.NotAgreed), scope.acting(cast.staff_officer, office=cast.homicide):
        services.approve_swap(asked)
    services.agree_swap(asked, how="phone")
    assert published.duty(FIRST).published.surname == "Trevannick"
    with pytest.raises(policy.Refused):
        services.approve_swap(asked)
    with scope.acting(cast.staff_officer, office=cast.homicide):
        services.approve_swap(asked)
    assert (published.duty(FIRST).published.surname, published.duty(SECOND).published.surname) == (
        "Pennistone",
        "Trevannick",
    )
    assert OnCall.objects.get(duty_key=published.duty(FIRST).pk).name == "DCI Hal Pennistone"


def test_a_duty_is_in_one_open_swap_at_a_time(asked, published):
    with pytest.raises(services.AlreadySwapping):
        services.ask_swap(published.duty(FIRST), other=published.people["O’Dunleavy"], reason="Another")


@pytest.mark.hostile("C19")
def test_one_withdraws_while_the_other_agrees_and_one_of_the_two_wins(asked, published):
    """C19."""
    services.end_swap(asked, outcome="withdrawn")
    with pytest.raises(services.SwapOver):
        services.agree_swap(asked, how="link")
    assert published.duty(FIRST).published.surname == "Trevannick"
    assert Delivery.objects.filter(subject="The swap will not happen").count() == 2


def test_a_swap_follows_its_duty_when_it_is_cut_and_is_overtaken_when_it_is_given_away(asked, published, cast):
    services.split_duty(published.duty(FIRST), on=date(2026, 12, 10))
    assert SwapSide.objects.filter(swap=asked).count() == 3
    services.agree_swap(asked, how="phone")
    published.put(FIRST, "O’Dunleavy", reason="x", authorised_by="y")
    services.publish(published.period)
    with scope.acting(cast.staff_officer, office=cast.homicide):
        services.approve_swap(asked)
    assert Swap.objects.get().state == "Overtaken: the duty is somebody else’s now"


def test_a_swap_that_a_rule_forbids_is_not_even_offered(published):
    services.note_away(published.people["Pennistone"], kind="court", starts_on=date(2026, 12, 9))
    with pytest.raises(services.MayNotBe, match="Pennistone"):
        services.ask_swap(published.duty(FIRST), other=published.people["Pennistone"], reason="A wedding")


@pytest.fixture
def open_duty(published):
    services.put_on(published.duty("S-20261228"), None)
    services.publish(published.period, with_gaps=True)
    return published


@pytest.mark.hostile("C19")
def test_volunteers_are_asked_in_order_of_who_has_done_least_and_the_first_wins(open_duty):
    """C19: two people take one open duty."""
    made = services.invite(open_duty.duty("S-20261228"))
    assert [one.place for one in made] == [1, 2, 3]
    services.take_open(made[1])
    with pytest.raises(services.AlreadyTaken):
        services.take_open(made[0])
    services.decline_open(made[2])
    assert open_duty.duty("S-20261228").published == made[1].person
    assert Invitation.objects.filter(answer="taken").count() == 1


def test_whoever_declines_is_followed_by_the_next_in_order(open_duty):
    duty = open_duty.duty("S-20261228")
    first = services.invite(duty, people=[candidates(ground_of(duty.period), duty)[0].person])
    services.decline_open(first[0])
    asked = Invitation.objects.filter(duty=duty).order_by("place")
    assert [one.answer for one in asked] == ["declined", ""]
    assert asked[1].person != first[0].person
    services.take_open(asked[1])
    assert open_duty.duty("S-20261228").published == asked[1].person


def test_a_handover_is_accepted_by_whoever_has_the_duty_next(published):
    handover = services.hand_over(published.duty(FIRST), incidents="HOM/ENQ/2026/0001", risks="Snow")
    assert handover.taker == published.people["Pennistone"]
    services.accept_handover(handover, how="phone")
    with pytest.raises(services.AlreadyAccepted):
        services.accept_handover(handover, how="phone")


def test_a_month_is_paid_by_the_day_at_the_rate_of_that_day_and_claimed_once(published):
    with clock.stopped_at(clock.moment(date(2027, 1, 5), "10:00")):
        rows = {row.person.surname: row for row in services.month_of(published.rota, date(2026, 12, 1))}
        assert (len(rows["Pennistone"].days), rows["Pennistone"].amount) == (7, Decimal("245.00"))
        services.claim(published.rota, person=published.people["Pennistone"], month=date(2026, 12, 1))
        with pytest.raises(services.AlreadyClaimed):
            services.claim(published.rota, person=published.people["Pennistone"], month=date(2026, 12, 1))


def test_a_month_that_is_not_over_is_not_claimed(published):
    with pytest.raises(services.NothingToClaim):
        services.claim(published.rota, person=published.people["Pennistone"], month=date(2026, 12, 1))


def test_a_new_rate_counts_from_its_day_on(published):
    services.set_rate(amount=Decimal("40"), source="Circular 1/2026", starts_on=date(2026, 12, 10))
    rows = {row.person.surname: row for row in services.month_of(published.rota, date(2026, 12, 1))}
    assert rows["Trevannick"].amount == Decimal(35 * 3 + 40 * 4 + 40 * 4)


def test_a_week_over_a_change_of_the_clocks_is_seven_days_of_allowance(ground):
    duty = Duty(duty_type=ground.sio)
    for monday in (date(2026, 10, 19), date(2027, 3, 22)):
        duty.set_days(monday, monday + timedelta(days=6))
        assert allowance_days(duty) == [monday + timedelta(days=n) for n in range(7)]


def test_a_call_out_is_working_time(published):
    began = clock.moment(date(2026, 12, 9), "23:00")
    services.record_recall(published.duty(FIRST), began_at=began, ended_at=began + timedelta(hours=5))
    rows = {row.person.surname: row for row in services.month_of(published.rota, date(2026, 12, 1))}
    assert (rows["Trevannick"].call_outs, rows["Trevannick"].called_out_hours) == (1, Decimal("5.00"))
    with pytest.raises(ValueError, match="within the duty"):
        services.record_recall(published.duty(FIRST), began_at=began, ended_at=began)


@pytest.mark.hostile("B21")
def test_a_calendar_shows_what_was_published_until_it_is_taken_back(published):
    person = published.people["Pennistone"]
    feed, secret = services.make_feed(published.rota, reader=person, person=person)
    text = services.calendar_text(services.feed_of(secret)).decode()
    assert text.count("BEGIN:VEVENT") == 1
    assert "DTSTART;TZID=Europe/London:20261214T090000" in text
    services.revoke_feed(feed)
    assert services.feed_of(secret) is None


@pytest.mark.hostile("B21")
def test_a_calendar_ends_with_its_readers_access(published):
    person = published.people["Pennistone"]
    _, secret = services.make_feed(published.rota, reader=person, duty_type=published.sio)
    assert services.feed_of(secret)
    services.release(published.rota.members.get(person=person), ends_on=clock.today() - timedelta(days=1))
    assert services.feed_of(secret) is None


@pytest.mark.hostile("B21", "F04")
def test_a_calendar_ends_with_its_readers_account(published):
    """F04: on suspension one's own duties are no longer read by a feed either."""
    person = published.people["Pennistone"]
    _, secret = services.make_feed(published.rota, reader=person, person=person)
    User.objects.create_user("pennistone@force.example", "three odd words", person=person)
    assert services.feed_of(secret)
    User.objects.filter(person=person).update(is_active=False)
    assert services.feed_of(secret) is None
