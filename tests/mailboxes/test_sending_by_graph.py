"""Sending by Microsoft 365, exactly once: cut, killed, asleep, throttled, refused, and in whose name."""

from datetime import timedelta

import pytest

from privateoffice.foundations import steps
from privateoffice.foundations.clock import clock
from privateoffice.foundations.offices import scope
from privateoffice.spine.approvals.models import Addressee
from privateoffice.spine.approvals.services import Sender
from privateoffice.spine.correspondence.models import Message
from privateoffice.spine.deliveries import services as deliveries
from privateoffice.spine.deliveries.models import Delivery, State
from privateoffice.spine.mailboxes import services
from privateoffice.spine.mailboxes.models import Mailbox, SentDraft
from privateoffice.spine.mailboxes.services import by_graph
from tests.mailboxes.office import ADDRESS, letter, lying, read_in, set_up
from tests.mailboxes.test_sending import post, send
from tests.servers.graph import SECRET, graph, running_graph  # noqa: F401

pytestmark = pytest.mark.slow

SEND = "/send"


@pytest.fixture
def mailbox(cast, graph, db):  # noqa: F811
    return set_up(cast, kind="graph", word=SECRET, place=graph.place)


class Died(BaseException):
    """The process ended here."""


def dying_at(step):
    """Have the next process that reaches a step die there."""

    def die(name):
        if name == step:
            steps.listen(None)
            raise Died

    steps.listen(die)


def send_and_die(cast, delivery, step):
    dying_at(step)
    try:
        with pytest.raises(Died):
            send(cast, delivery)
    finally:
        steps.listen(None)


def later(**passed):
    return clock.stopped_at(clock.now() + timedelta(**passed))


def sent_for(cast, delivery, *minutes):
    """Try again after so many minutes each; returns how it stands."""
    for each in minutes:
        with later(minutes=each):
            delivery = send(cast, delivery)
    return delivery.state


def drafts(graph):  # noqa: F811
    return graph.lying("drafts")


def test_a_letter_leaves_once_and_lies_in_sent_items_as_it_was_written(cast, mailbox, graph):  # noqa: F811
    delivery = send(cast, post(cast, "a@northmere.example.org", "b@x.example"))
    assert (delivery.state, graph.sent) == (State.SENT, [delivery.message_id])
    [copy] = graph.lying("sentitems")
    told = copy.told
    assert (told["subject"], told["body"]["content"]) == ("A letter", "Attached.")
    assert (
        told["from"] == told["sender"] == {"emailAddress": {"address": ADDRESS, "name": "Homicide private office"}}
    )
    assert [each["emailAddress"]["address"] for each in told["toRecipients"]] == [
        "a@northmere.example.org",
        "b@x.example",
    ]
    with scope.acting(cast.pa, office=cast.homicide):
        assert SentDraft.objects.get().found_at
    assert drafts(graph) == []


def test_our_own_copy_comes_back_as_one_message_of_ours(cast, mailbox, graph):  # noqa: F811
    send(cast, post(cast))
    read_in(mailbox, times=2)
    assert lying(mailbox) == {"Sent Items": 1}
    with scope.acting(cast.pa, office=cast.homicide):
        assert Message.objects.get().is_from_us


def test_a_reply_joins_the_conversation_and_names_what_it_answers(cast, mailbox, graph):  # noqa: F811
    graph.deliver(letter("Could you say?", id="q7"))
    with scope.acting(cast.pa, office=cast.homicide):
        delivery = deliveries.post(
            sender=Sender("Homicide private office", ADDRESS, "pa"),
            recipients=[Addressee("to", "", "a@northmere.example.org"), Addressee("bcc", "", "quiet@x.example")],
            subject="Re: Could you say?",
            text="Yes.",
            in_reply_to="<q7@northmere.example.org>",
        )
    with later(minutes=1):
        assert send(cast, delivery).state == State.SENT
    [(_, recipients, raw)] = graph.tenant.outside
    assert recipients == ["a@northmere.example.org", "quiet@x.example"]
    assert b"In-Reply-To: <q7@northmere.example.org>" in raw
    assert b"quiet@x.example" not in raw
    [copy], [asked] = graph.lying("sentitems"), graph.lying()
    assert copy.told["conversationId"] == f"AAQkA{asked.number}"


@pytest.mark.parametrize("size", [2_000, 8_000_000], ids=["small", "in pieces"])
def test_a_file_goes_with_it_whole(cast, mailbox, graph, size):  # noqa: F811
    from privateoffice.connectors.graph import sending
    from privateoffice.spine.mailboxes.services import microsoft

    file = sending.Attached("Übersicht.bin", "application/octet-stream", bytes(range(250)) * (size // 250))
    told = sending.Letter(sending.Person(graph.user), [sending.Person("a@b.example")], [], [], "S", "T", "<f@x>")
    with scope.acting(cast.pa, office=cast.homicide), microsoft.session(mailbox) as line:
        draft = sending.make(line, sending.Letter(**{**vars(told), "files": [file]}))
        sending.send(line, draft)
    [copy] = graph.lying("sentitems")
    assert [(each.name, each.content) for each in copy.attachments] == [(file.name, file.content)]


@pytest.mark.parametrize("was_taken", [True, False])
def test_cut_off_while_it_is_told_to_leave_it_leaves_once_a15(cast, mailbox, graph, was_taken):  # noqa: F811
    delivery = post(cast)
    graph.faults.plan(SEND, 0, is_done=was_taken)
    assert send(cast, delivery).state == State.QUEUED
    assert sent_for(cast, delivery, 10) == State.SENT
    assert (graph.sent, drafts(graph)) == ([delivery.message_id], [])
    assert len(graph.calls(SEND)) == (1 if was_taken else 2)


def test_a_moment_after_the_cut_it_is_asked_again_and_not_sent_again_a15(cast, mailbox, graph):  # noqa: F811
    delivery = post(cast)
    graph.faults.plan(SEND, 0)
    send(cast, delivery)
    assert sent_for(cast, delivery, 1.5) == State.QUEUED
    assert len(graph.calls(SEND)) == 1
    assert sent_for(cast, delivery, 10) == State.SENT
    assert graph.sent == [delivery.message_id]


def test_what_left_and_is_nowhere_to_be_seen_is_left_to_a_person(cast, mailbox, graph):  # noqa: F811
    delivery = post(cast)
    graph.faults.plan(SEND, 504, is_done=True)
    send(cast, delivery)
    graph.box.remove(graph.lying("sentitems")[0])
    assert sent_for(cast, delivery, 10, 60 * 24) == State.UNCERTAIN
    assert graph.sent == [delivery.message_id]


def test_what_takes_long_to_appear_among_what_was_sent_is_found_later(cast, mailbox, graph):  # noqa: F811
    graph.faults.unseen_for = 1.5
    delivery = send(cast, post(cast))
    with scope.acting(cast.pa, office=cast.homicide):
        assert (delivery.state, SentDraft.objects.get().found_at) == (State.SENT, None)
        graph.box.settle(2**40)
        for one in graph.lying("sentitems"):
            one.seen_from = 0
        services.keep_copies()
        assert SentDraft.objects.get().found_at
    assert graph.sent == [delivery.message_id]


STEPS = [
    ("delivery: the hand-over is marked", 1),
    ("graph: the draft is made", 1),
    ("graph: it says that it took it", 1),
    ("delivery: the far side has answered", 1),
    ("delivery: the answer is being written", 1),
]


@pytest.mark.parametrize(("step", "times"), STEPS, ids=[step for step, _ in STEPS])
def test_a_sender_that_dies_at_any_step_sends_once(cast, mailbox, graph, step, times):  # noqa: F811
    delivery = post(cast)
    send_and_die(cast, delivery, step)
    assert sent_for(cast, delivery, 10) == State.SENT
    assert graph.sent == [delivery.message_id] * times
    assert drafts(graph) == []


def test_a_sender_that_slept_cannot_send_what_another_has_taken_up(cast, mailbox, graph):  # noqa: F811
    """It made its draft and fell asleep; another took the letter up, sent it, and then the first woke."""
    delivery, woken = post(cast), []

    def sleep(name):
        if name == "graph: the draft is made" and not woken:
            woken.append(name)
            assert sent_for(cast, delivery, 10) == State.SENT

    steps.listen(sleep)
    try:
        send(cast, delivery)
    finally:
        steps.listen(None)
    assert woken
    assert graph.sent == [delivery.message_id]


def test_a_sender_that_slept_before_it_began_finds_the_letter_in_other_hands(cast, mailbox, graph):  # noqa: F811
    """Seen by the crash harness: the first woke after all was done, and sent it again."""
    delivery, woken = post(cast), []

    def sleep(name):
        if name == "delivery: the hand-over is marked" and not woken:
            woken.append(name)
            assert sent_for(cast, delivery, 10) == State.SENT

    steps.listen(sleep)
    try:
        send(cast, delivery)
    finally:
        steps.listen(None)
    assert woken
    assert graph.sent == [delivery.message_id]


def test_a_draft_that_was_withdrawn_cannot_be_sent_by_whoever_still_holds_it(cast, mailbox, graph):  # noqa: F811
    from privateoffice.connectors.graph import sending
    from privateoffice.connectors.ports.mailbox import Gone
    from privateoffice.spine.mailboxes.services import microsoft

    told = sending.Letter(sending.Person(graph.user), [sending.Person("a@b.example")], [], [], "S", "T", "<w@x>")
    with scope.acting(cast.pa, office=cast.homicide), microsoft.session(mailbox) as line:
        draft = sending.make(line, told)
        assert sending.withdraw(line, draft)
        with pytest.raises(Gone):
            sending.send(line, draft)
        second = sending.make(line, told)
        sending.send(line, second)
        assert not sending.withdraw(line, second)
    assert graph.sent == ["<w@x>"]


def test_throttled_it_waits_as_asked_without_asking_and_then_leaves_a27(cast, mailbox, graph):  # noqa: F811
    delivery = post(cast)
    graph.faults.plan(SEND, 429, pause="1800", code="ApplicationThrottled")
    assert send(cast, delivery).state == State.QUEUED
    calls = len(graph.emulator.calls)
    assert sent_for(cast, delivery, 20) == State.QUEUED
    assert len(graph.emulator.calls) == calls
    assert sent_for(cast, delivery, 31) == State.SENT
    assert (graph.sent, drafts(graph)) == ([delivery.message_id], [])


def test_throttled_after_it_left_it_is_not_sent_again(cast, mailbox, graph):  # noqa: F811
    graph.faults.plan("GET /v1.0/users", 429, pause="60", times=0)
    delivery = send(cast, post(cast))
    assert (delivery.state, graph.sent) == (State.SENT, [delivery.message_id])


def test_refused_it_is_refused_and_no_draft_is_left(cast, mailbox, graph):  # noqa: F811
    graph.faults.plan(SEND, 400, code="ErrorInvalidRecipients")
    delivery = send(cast, post(cast))
    assert (delivery.state, graph.sent, drafts(graph)) == (State.REFUSED, [], [])
    with scope.acting(cast.pa, office=cast.homicide):
        assert "ErrorInvalidRecipients" in delivery.destinations.get().words


def test_a_subject_with_a_line_break_never_gets_there_a06(cast, mailbox, graph):  # noqa: F811
    delivery = post(cast)
    with scope.acting_as_system("test", office=cast.homicide):
        Delivery.objects.filter(pk=delivery.pk).update(subject="A\r\nBcc: x@y.example")
    assert send(cast, delivery).state == State.REFUSED
    assert graph.calls("POST /v1.0") == []


def test_a_paused_mailbox_keeps_its_letters(cast, mailbox, graph):  # noqa: F811
    with scope.acting(cast.administrator, office=None):
        services.pause(mailbox, reason="The tenant moves.")
    assert send(cast, post(cast)).state == State.QUEUED
    assert graph.emulator.calls == []


def test_out_of_reach_for_a_day_after_the_cut_it_is_uncertain_and_never_refused(cast, mailbox, graph):  # noqa: F811
    """Whoever could tell cannot be asked: that it was not sent is more than anybody knows."""
    delivery = post(cast)
    graph.faults.plan(SEND, 0, is_done=True)
    send(cast, delivery)
    graph.faults.plan("/v1.0/", 503, times=0)
    hours = [60 * each for each in (1, 2, 4, 9, 22, 40, 60)]
    assert sent_for(cast, delivery, *hours) == State.UNCERTAIN
    assert graph.sent == [delivery.message_id]


class TestByThePersonsOwnSignIn:
    """What a person posts goes by that person's sign-in, and bears both names."""

    @pytest.fixture
    def mailbox(self, cast, graph, db):  # noqa: F811
        graph.tenant.add_box(ADDRESS)
        graph.tenant.people[ADDRESS].name = cast.pa.person.name
        graph.tenant.people[ADDRESS].opens |= {graph.user}
        return set_up(
            cast,
            kind="graph",
            word=SECRET,
            place={**graph.place, "by_person": True},
            address="commander@homicide.example",
        )

    def post(self, cast):
        with later(minutes=-1), scope.acting(cast.pa, office=cast.homicide):
            return deliveries.post(
                sender=Sender("The Commander", "commander@homicide.example", "pa"),
                recipients=[Addressee("to", "", "a@northmere.example.org")],
                subject="A letter",
                text="Attached.",
            )

    def sign_in(self, cast, mailbox, graph):  # noqa: F811
        from tests.mailboxes.test_signing_in import sign_in

        assert sign_in(cast.pa, mailbox, account=ADDRESS).status_code == 302

    def test_without_it_the_letter_waits_and_says_for_whom(self, cast, mailbox, graph):  # noqa: F811
        delivery = send(cast, self.post(cast))
        assert delivery.state == State.QUEUED
        with scope.acting(cast.pa, office=cast.homicide):
            assert "has not signed in to Microsoft 365" in delivery.destinations.get().words
        assert graph.sent == []

    @pytest.mark.parametrize("right", ["sends_for", "sends_as"])
    def test_with_it_the_letter_bears_the_names_that_the_right_gives(
        self,
        cast,
        mailbox,
        graph,  # noqa: F811
        right,
    ):
        getattr(graph.tenant.people[ADDRESS], right).add("commander@homicide.example")
        self.sign_in(cast, mailbox, graph)
        assert send(cast, self.post(cast)).state == State.SENT
        [copy] = graph.lying("sentitems")
        sender = copy.told["sender"]["emailAddress"]["address"]
        assert copy.told["from"]["emailAddress"]["address"] == "commander@homicide.example"
        assert sender == (ADDRESS if right == "sends_for" else "commander@homicide.example")

    def test_without_the_right_it_is_refused_in_words(self, cast, mailbox, graph):  # noqa: F811
        self.sign_in(cast, mailbox, graph)
        delivery = send(cast, self.post(cast))
        assert (delivery.state, graph.sent, drafts(graph)) == (State.REFUSED, [], [])
        with scope.acting(cast.pa, office=cast.homicide):
            assert "ErrorSendAsDenied" in delivery.destinations.get().words

    def test_what_the_office_sends_by_itself_goes_by_the_application(self, cast, mailbox, graph):  # noqa: F811
        graph.tenant.applications["the-office"].held_to |= {"commander@homicide.example"}
        with later(minutes=-1), scope.acting_as_system("chaser", office=cast.homicide):
            delivery = deliveries.post(
                sender=Sender("The Commander", "commander@homicide.example", "pa"),
                recipients=[Addressee("to", "", "a@northmere.example.org")],
                subject="A reminder",
                text="Please.",
            )
        assert send(cast, delivery).state == State.SENT


def test_the_mailbox_names_the_sender_it_goes_by(cast, mailbox):
    with scope.acting(cast.pa, office=cast.homicide):
        assert by_graph.sender_of(Mailbox.objects.get(), None) == ""
