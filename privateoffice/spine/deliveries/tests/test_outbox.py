"""The outbox: posted once, sent once, proved at the door, settled by people where the machine cannot."""

from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.db import transaction

from privateoffice.foundations.clock import clock
from privateoffice.foundations.offices import scope
from privateoffice.foundations.offices.verbs import performing
from privateoffice.foundations.records.shelf import place_of
from privateoffice.spine.approvals import services as approvals
from privateoffice.spine.approvals.models import Addressee, Submission
from privateoffice.spine.approvals.services import Paper, Sender
from privateoffice.spine.approvals.tests.samples import offered
from privateoffice.spine.deliveries import services
from privateoffice.spine.deliveries.models import Attempt, Delivery, Destination, Turn
from privateoffice.spine.deliveries.services import carriers, recording, sending
from privateoffice.spine.deliveries.services.carriers import Answer
from privateoffice.spine.deliveries.tests.far_side import BUSY, CUT_OFF, FarSide

PA = Sender("Homicide private office", "office@homicide.example", "pa")
BRAM = Addressee("to", "Bram Okonjo", "bram.okonjo@prestwood.example")
NADIA = Addressee("cc", "Nadia Prestwood MP", "office@prestwood.example")


@pytest.fixture
def desk(cast, settings, tmp_path_factory):
    settings.FILES_DIR = tmp_path_factory.mktemp("files")
    with scope.acting(cast.pa, office=cast.homicide):
        yield cast


@pytest.fixture
def far_side(tmp_path):
    before = dict(carriers._carriers)
    side = FarSide(tmp_path)
    carriers.register("mail", lambda office: side)
    yield side
    carriers._carriers.clear()
    carriers._carriers.update(before)


def posted(**changes):
    words = {
        "sender": PA,
        "recipients": [BRAM, NADIA],
        "subject": "Papers for Friday",
        "text": "Attached.",
        **changes,
    }
    return services.post(**words)


@contextmanager
def later(**ahead):
    with clock.stopped_at(clock.now() + timedelta(**ahead)):
        yield


def send(cast, **ahead):
    with later(**(ahead or {"seconds": 21})), scope.acting_as_system("test", office=cast.homicide):
        return services.send_due()


def state(delivery):
    return Delivery.objects.with_states().get(pk=delivery.pk).state


def test_what_is_posted_is_sent_once(desk, far_side):
    delivery = posted(papers=[Paper("agenda.pdf", "application/pdf", b"%PDF-1.7")])
    assert state(delivery) == "queued"
    assert send(desk, seconds=10) == 0
    assert (send(desk), send(desk)) == (1, 0)
    assert far_side.taken() == ["Papers for Friday"]
    assert state(delivery) == "sent"
    assert [(each.outcome, bool(each.handing_over_at)) for each in delivery.attempts.all()] == [("taken", True)]


def test_the_same_act_twice_is_one_delivery_and_another_content_is_refused(desk):
    first, second = posted(once="enquiry 1 answer"), posted(once="enquiry 1 answer")
    assert first == second
    assert Delivery.objects.count() == 1
    with pytest.raises(services.SameKeyOtherContent):
        posted(once="enquiry 1 answer", text="Something else")


def _fail_after_posting():
    with performing("test"):
        posted()
        raise ZeroDivisionError


def test_a_delivery_goes_with_the_act_that_caused_it_or_not_at_all(desk, far_side):
    with pytest.raises(ZeroDivisionError):
        _fail_after_posting()
    assert Delivery.objects.count() == Turn.objects.count() == 0


def test_a_person_calls_back_within_the_moment_and_not_after(desk, far_side):
    delivery, gone = posted(), posted(subject="Gone")
    services.withdraw(delivery, reason="Wrong date")
    send(desk)
    assert (far_side.taken(), state(delivery)) == (["Gone"], "withdrawn")
    with pytest.raises(services.TooLate):
        services.withdraw(gone)


@pytest.mark.hostile("H07")
def test_people_go_before_bulk_and_nothing_before_its_time(desk, far_side):
    posted(subject="1 bulk", bulk=True)
    posted(subject="2 person")
    posted(subject="3 tomorrow", not_before=clock.now() + timedelta(days=1))
    with later(seconds=30), scope.acting_as_system("test", office=desk.homicide):
        order = []
        while claim := sending.take_turn():
            order.append(claim.delivery.subject)
            sending.send(claim)
    assert order == ["2 person", "1 bulk"]


@pytest.mark.hostile("A18")
def test_many_in_the_open_are_asked_about_first(desk):
    crowd = [Addressee("to", "", f"person{number}@example.org") for number in range(21)]
    with pytest.raises(approvals.ManyInTheOpen) as refusal:
        posted(recipients=crowd)
    assert refusal.value.count == 21
    assert posted(recipients=crowd, many_may_see=True).destinations.count() == 21
    assert posted(recipients=[Addressee("bcc", "", each.address) for each in crowd]).destinations.count() == 21


def test_nothing_goes_out_in_the_commanders_name_without_approval(desk, far_side):
    with pytest.raises(services.NeedsApproval):
        posted(sender=Sender("The Commander", "commander@homicide.example", "commander"))
    delivery = posted()
    with performing("test"):
        Delivery.objects.filter(pk=delivery.pk).update(in_name_of="commander")
    send(desk)
    assert (far_side.taken(), state(delivery)) == ([], "held")


def approve(cast, submission):
    with scope.acting(cast.commander, office=cast.homicide):
        return approvals.approve(submission, fingerprint=submission.offer.fingerprint)


def test_a_submission_waits_goes_out_as_approved_and_is_closed(desk, far_side):
    submission = offered()
    delivery = services.post_when_approved(submission)
    assert services.post_when_approved(submission) == delivery
    send(desk)
    assert (far_side.taken(), state(delivery)) == ([], "waiting")
    approve(desk, submission)
    send(desk, seconds=10)
    assert state(delivery) == "queued"
    send(desk)
    assert (far_side.taken(), state(delivery)) == ([submission.offer.subject], "sent")
    assert Submission.objects.get(pk=submission.pk).closing.outcome == "sent"


def test_an_approval_voided_meanwhile_holds_and_a_new_one_lets_the_new_version_go(desk, far_side):
    submission = offered()
    delivery = services.post_when_approved(submission)
    approve(desk, submission)
    send(desk, seconds=5)
    approvals.amend(submission, seen=submission.version, subject="Changed since")
    send(desk)
    assert (far_side.taken(), state(delivery)) == ([], "held")
    held = Delivery.objects.with_states().get(pk=delivery.pk).stop
    assert held.reason == "Its approval no longer stands: it was changed after approval."
    with later(minutes=1):
        approve(desk, submission)
        send(desk)
    assert (far_side.taken(), state(delivery)) == (["Changed since"], "sent")


@pytest.mark.parametrize("touched", ["delivery text", "delivery recipient", "offer text", "attachment"])
def test_what_was_altered_after_approval_is_held_at_the_door(desk, far_side, touched):
    submission = offered()
    delivery = services.post_when_approved(submission)
    approve(desk, submission)
    send(desk, seconds=5)
    paper = submission.offer.attachments.get()
    place = place_of(desk.homicide.pk, paper.digest)
    with performing("test"):
        if touched == "delivery text":
            Delivery.objects.filter(pk=delivery.pk).update(text="Dear Ms Prestwood,")
        elif touched == "delivery recipient":
            Destination.objects.filter(delivery=delivery, position=1).update(address="someone@else.example")
        elif touched == "offer text":
            submission.offers.update(text="Dear Ms Prestwood,")
        else:
            place.write_bytes(place.read_bytes()[:-1] + b"?")
    send(desk)
    assert (far_side.taken(), state(delivery)) == ([], "held")


def test_a_withdrawn_submission_calls_its_delivery_back_and_the_other_way_round(desk, far_side):
    one, other = offered(title="One"), offered(title="Other")
    first, second = services.post_when_approved(one), services.post_when_approved(other)
    approvals.withdraw(one)
    services.withdraw(second, reason="Not now")
    send(desk)
    assert (state(first), state(second)) == ("withdrawn", "withdrawn")
    assert Submission.objects.get(pk=other.pk).closing.outcome == "withdrawn"


def test_one_of_two_recipients_refuses_and_the_other_does_not_get_it_twice(desk, far_side):
    far_side.answers = [{1: Answer("refused", "550 No such person")}]
    delivery = posted()
    send(desk)
    assert state(delivery) == "refused"
    assert [(each.name, each.state, each.words) for each in delivery.destinations.all()] == [
        ("Bram Okonjo", "accepted", ""),
        ("Nadia Prestwood MP", "refused", "550 No such person"),
    ]
    services.send_again(delivery)
    with pytest.raises(services.NotInThatState):
        services.send_again(delivery)
    letter = sending.letter_of(delivery)
    assert letter.pending == (1,)
    send(desk)
    assert state(delivery) == "sent"


@pytest.mark.hostile("A16")
def test_a_busy_far_side_is_tried_with_growing_pauses_and_then_counts_as_refused(desk, far_side):
    far_side.answers = [BUSY] * 20
    delivery = posted()
    ahead, pauses = timedelta(seconds=21), []
    while state(delivery) == "queued":
        send(desk, seconds=ahead.total_seconds())
        turn = Turn.objects.filter(delivery=delivery).first()
        if turn:
            pauses.append(turn.not_before - clock.now() - ahead)
            ahead = turn.not_before - clock.now() + timedelta(seconds=1)
    assert [round(pause.total_seconds() / 60) for pause in pauses] == [1, 5, 15, 60, 240, 720]
    assert (state(delivery), far_side.taken()) == ("refused", [])
    assert {each.words for each in delivery.destinations.all()} == {"421 Too busy"}
    services.give_up(delivery, words="Telephoned instead")
    assert state(delivery) == "given_up"


@pytest.mark.hostile("A15")
def test_a_far_side_cut_off_leaves_it_uncertain_until_a_person_decides(desk, far_side):
    far_side.can_be_asked, far_side.answers = False, [CUT_OFF, CUT_OFF]
    arrived, lost = posted(subject="A"), posted(subject="B")
    send(desk)
    send(desk, days=3)
    assert (state(arrived), state(lost), far_side.taken()) == ("uncertain", "uncertain", ["A", "B"])
    services.settle_uncertain(arrived, was_sent=True)
    services.settle_uncertain(lost, was_sent=False)
    with pytest.raises(services.NotInThatState):
        services.settle_uncertain(lost, was_sent=False)
    send(desk)
    assert (state(arrived), state(lost), far_side.taken()) == ("sent", "sent", ["A", "B", "B"])


def stopped_while_handing_over(cast, far_side, *, after: bool):
    """A sender that fell silent just before or just after the letter left."""
    with later(seconds=21), scope.acting_as_system("outbox", office=cast.homicide):
        claim = sending.take_turn()
        sending.mark_hand_over(claim)
        if after:
            far_side.carry(sending.letter_of(claim.delivery))
    return claim


@pytest.mark.parametrize("after", [False, True])
def test_a_far_side_that_can_be_asked_clears_up_where_a_sender_stopped(desk, far_side, after):
    delivery = posted()
    claim = stopped_while_handing_over(desk, far_side, after=after)
    assert state(delivery) == "sending"
    assert send(desk, seconds=22) == 0
    assert send(desk, minutes=10) == 1
    assert (far_side.taken(), state(delivery)) == (["Papers for Friday"], "sent")
    with scope.acting_as_system("outbox", office=desk.homicide), pytest.raises(sending.Fenced):
        recording.later(claim, "The slow sender comes back")


def test_a_far_side_that_cannot_be_asked_leaves_it_to_a_person(desk, far_side):
    far_side.can_be_asked = False
    delivery = posted()
    stopped_while_handing_over(desk, far_side, after=True)
    send(desk, minutes=10)
    assert (far_side.taken(), state(delivery)) == (["Papers for Friday"], "uncertain")
    services.settle_uncertain(delivery, was_sent=False)
    send(desk, minutes=20)
    assert (state(delivery), Attempt.objects.filter(outcome="taken").count()) == ("sent", 1)


def test_one_that_cannot_be_sent_does_not_stop_those_behind_it(desk, far_side):
    nobody_carries = posted(subject="0", channel="page")
    broken = posted(subject="A", papers=[Paper("gone.pdf", "application/pdf", b"%PDF gone")])
    posted(subject="B")
    place_of(desk.homicide.pk, broken.enclosed.get().digest).unlink()
    send(desk)
    assert far_side.taken() == ["B"]
    assert [each.attempts.get().outcome for each in (nobody_carries, broken)] == ["later", "held"]
    assert state(broken) == "held"


def test_a_restored_office_begins_with_its_outbox_held(desk, far_side):
    first, second = posted(), posted(subject="Second")
    assert services.hold_all(reason="Restored from a backup", cause="restored") == 2
    send(desk)
    assert (far_side.taken(), state(first)) == ([], "held")
    services.release(second)
    with pytest.raises(services.NotInThatState):
        services.release(second)
    send(desk)
    assert far_side.taken() == ["Second"]


def test_a_held_delivery_waits_for_a_person(desk, far_side):
    delivery = posted()
    services.hold(delivery, reason="Ask the Commander")
    assert (send(desk), state(delivery)) == (0, "held")
    services.release(delivery)
    assert (send(desk), state(delivery)) == (1, "sent")


def test_another_office_sees_and_sends_nothing_of_it(desk, far_side):
    delivery = posted()
    with later(minutes=1), scope.acting(desk.outsider, office=desk.proactive):
        assert services.send_due() == 0
        assert list(Delivery.objects.all()) == []
    with transaction.atomic():
        assert state(delivery) == "queued"
