"""What becomes of what a mail asks: one disposition at a time, and nothing is lost."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from privateoffice.foundations.audit.models import Entry
from privateoffice.foundations.clock import clock, working_days
from privateoffice.foundations.offices import scope
from privateoffice.foundations.offices.policy import Refused
from privateoffice.foundations.offices.verbs import performing
from privateoffice.foundations.records.story import story_of
from privateoffice.spine.actions.models import Action
from privateoffice.spine.correspondence import services
from privateoffice.spine.correspondence.models import Ask, Conversation, Disposition, Filing, Sight, Way
from privateoffice.spine.correspondence.services.guessing import day_in, hour_in
from privateoffice.spine.correspondence.tests.letters import OURS, THEIRS, answer, lay, letter, take
from privateoffice.spine.correspondence.views.beside import promised_in

TWO = "Could Imogen speak on Friday 12 March 2027 at 9:30am?\n\nAnd what became of the exhibits pilot?"


@pytest.fixture
def ask(cast, tmp_path):
    """The one ask of one mail, as the PA has it before her."""
    take(cast, lay(tmp_path / "one", letter("Two things", TWO, message_id=1)))
    with scope.acting(cast.pa, office=cast.homicide):
        yield Ask.objects.select_related("message", "record__office").get()


def fresh(ask: Ask) -> Ask:
    return Ask.objects.select_related("message", "record__office").get(pk=ask.pk)


def test_every_message_from_outside_asks_one_thing_and_ours_asks_nothing(cast, tmp_path):
    take(cast, lay(tmp_path / "m", letter(message_id=1), letter("B", sender=OURS, to=THEIRS, message_id=2)))
    with scope.acting(cast.pa, office=cast.homicide):
        assert [(ask.message.message_id, ask.number, ask.is_open) for ask in Ask.objects.all()] == [
            ("<1@northmere.example.org>", 1, True)
        ]


def test_what_was_answered_in_the_mailbox_is_settled_and_what_came_after_is_not(cast, tmp_path):
    ours = answer(1, sender=OURS, to=THEIRS, days_ago=2, message_id=2)
    folder = lay(tmp_path / "m", letter(message_id=1, days_ago=3), ours, answer(2, message_id=3, days_ago=1))
    take(cast, folder)
    with scope.acting(cast.pa, office=cast.homicide):
        told = {ask.message.number: str(ask.what_became_of_it) for ask in Ask.objects.select_related("message")}
    assert told == {1: "Answered", 3: "None"}


def test_an_answer_from_a_telephone_settles_what_was_open(cast, ask, tmp_path):
    take(cast, lay(tmp_path / "later", answer(1, sender=OURS, to=THEIRS, days_ago=0)))
    assert [str(found.what_became_of_it) for found in Ask.objects.all()] == ["Answered"]
    assert Disposition.objects.get().words == "Answered from the mailbox"


def test_an_ask_has_one_disposition_however_often_it_is_settled(ask):
    services.dispose(ask, way=Way.NO_ACTION)
    with pytest.raises(services.AlreadySettled):
        services.dispose(fresh(ask), way=Way.ANSWERED)
    assert [str(found) for found in Disposition.objects.all()] == ["No action"]


def test_the_database_itself_keeps_a_second_disposition_out(ask):
    services.dispose(ask, way=Way.NO_ACTION)
    with pytest.raises(IntegrityError), transaction.atomic(), performing("correspondence.dispose"):
        Disposition.objects.create(record=ask.record, ask=ask, way=Way.ANSWERED, disposed_by="x")


def test_undoing_opens_it_again_and_loses_nothing(ask):
    services.dispose(ask, way=Way.FILED, filed_as=Filing.COMPLAINT)
    services.undo(fresh(ask), reason="It was the wrong one")
    again = fresh(ask)
    assert again.is_open
    services.dispose(again, way=Way.NO_ACTION)
    told = [(found.way, str(found.undoing or "")) for found in Disposition.objects.order_by("pk")]
    assert told == [("filed", "It was the wrong one"), ("no_action", "")]
    with pytest.raises(services.NothingToUndo):
        services.undo(_undone(fresh(ask)))


def _undone(ask: Ask) -> Ask:
    services.undo(ask)
    return fresh(ask)


def test_splitting_makes_a_second_ask_of_a_part_of_the_text(ask):
    second = services.split(ask, quoted="And what became of the exhibits pilot?")
    assert (second.number, second.text, second.at) == (2, "And what became of the exhibits pilot?", ask.at)
    services.dispose(ask, way=Way.NO_ACTION)
    assert [found.number for found in Ask.objects.to_sort(clock.now())] == [2]
    for nothing in ("", "What nobody wrote"):
        with pytest.raises(services.NotInTheText):
            services.split(ask, quoted=nothing)


def test_an_action_takes_the_marking_of_the_mail_with_it(cast, tmp_path):
    take(cast, lay(tmp_path / "m", letter("OFFICIAL-SENSITIVE: Leave")))
    with scope.acting(cast.pa, office=cast.homicide):
        one = Ask.objects.select_related("message", "record__office").get()
        due = working_days.add(clock.today(), 5)
        services.hand_on(one, way=Way.ACTION, title="Look at cover", due_on=due, owner_role="staff_officer")
        assert (Action.objects.get().marking, Action.objects.get().handling) == (2, "As marked by the sender")
        services.undo(fresh(one))
        assert Action.objects.get().closing.outcome == "withdrawn"


def test_what_waits_comes_back_when_nobody_answered(cast, ask):
    services.dispose(ask, way=Way.WAITING, until_at=clock.now() + timedelta(days=3), words="The unit")
    assert services.bring_back(cast.homicide) == 0
    assert [found.pk for found in Ask.objects.waiting()] == [ask.pk]
    with clock.stopped_at(clock.now() + timedelta(days=4)):
        assert services.bring_back(cast.homicide) == 1
        assert [found.pk for found in Ask.objects.to_sort(clock.now()).back(clock.now() - timedelta(hours=1))] == [
            ask.pk
        ]
        assert services.last_ended(ask).undoing.reason.startswith("No answer came by")
        assert services.bring_back(cast.homicide) == 0


def test_what_waits_does_not_come_back_when_an_answer_came(cast, ask, tmp_path):
    services.dispose(ask, way=Way.WAITING, until_at=clock.now() + timedelta(days=3))
    with clock.stopped_at(clock.now() + timedelta(days=1)):
        take(cast, lay(tmp_path / "answer", answer(1, days_ago=0)))
    assert not Ask.objects.waiting().exists()
    with clock.stopped_at(clock.now() + timedelta(days=4)):
        assert services.bring_back(cast.homicide) == 0
    assert [(found.message.number, found.is_open) for found in Ask.objects.order_by("pk")] == [
        (1, False),
        (2, True),
    ]


def test_an_automatic_message_is_no_answer(cast, ask, tmp_path):
    services.dispose(ask, way=Way.WAITING, until_at=clock.now() + timedelta(days=3))
    with clock.stopped_at(clock.now() + timedelta(days=1)):
        take(cast, lay(tmp_path / "away", answer(1, days_ago=0, auto_submitted="auto-replied")))
    with clock.stopped_at(clock.now() + timedelta(days=4)):
        assert services.bring_back(cast.homicide) == 1


def test_what_is_put_off_comes_back_at_its_time(ask):
    now = clock.now()
    services.put_off(ask, until_at=now + timedelta(hours=2))
    assert not Ask.objects.to_sort(now).exists()
    assert Ask.objects.put_off(now).exists()
    assert Ask.objects.to_sort(now + timedelta(hours=2)).back(now).exists()
    services.undo(fresh(ask))
    assert Ask.objects.to_sort(now).exists()
    with pytest.raises(services.HasPassed):
        services.put_off(fresh(ask), until_at=now)


def test_the_commander_sees_and_says_what_is_to_become_of_it(cast, ask):
    services.dispose(ask, way=Way.COMMANDER, words="Accept, and take the figures")
    with pytest.raises(Refused):
        services.see(ask)
    with scope.acting(cast.commander, office=cast.homicide):
        services.see(fresh(ask))
        services.see(fresh(ask))
        services.rule(fresh(ask))
    assert [sight.person for sight in Sight.objects.all()] == [cast.commander.person]
    assert (fresh(ask).is_open, services.last_ended(ask).undoing.reason) == (
        True,
        "As recommended: Accept, and take the figures",
    )


def test_whoever_stands_in_cannot_have_seen_it_as_the_commander(cast, ask):
    services.dispose(ask, way=Way.COMMANDER, words="Accept")
    with scope.acting_as_system("test", office=cast.homicide), pytest.raises(services.NotTheCommander):
        services.see(fresh(ask))


@pytest.mark.hostile("F03")
def test_a_private_conversation_is_the_commanders_alone_f03(cast, ask):
    with scope.acting(cast.commander, office=cast.homicide):
        services.keep_private(Conversation.objects.get())
        assert Ask.objects.count() == 1
    assert (Ask.objects.count(), Conversation.objects.count()) == (0, 0)


def test_many_are_settled_at_once_and_each_has_its_line(cast, tmp_path):
    take(cast, lay(tmp_path / "m", letter("A"), letter("B"), letter("C")))
    with scope.acting(cast.pa, office=cast.homicide):
        asks = list(Ask.objects.select_related("record"))
        services.dispose(asks[0], way=Way.ANSWERED)
        assert services.dispose_many(asks, way=Way.NO_ACTION) == 2
        assert sorted(Disposition.objects.values_list("way", flat=True)) == ["answered", "no_action", "no_action"]
        assert Entry.objects.filter(verb="correspondence.dispose").count() == 3
        with pytest.raises(services.NeedsItsOwnAct):
            services.dispose_many(asks, way=Way.ENQUIRY)


def test_what_is_pending_on_a_draft_is_sent_or_comes_back(ask):
    services.dispose(ask, way=Way.ANSWERED, pending_on="HOM/DRA/2026/0001")
    assert (str(fresh(ask).what_became_of_it), Ask.objects.pending().count()) == (
        "Answered by HOM/DRA/2026/0001, not sent yet",
        1,
    )
    assert [services.say_sent("HOM/DRA/2026/0001", "HOM/DEL/2026/0001") for _ in range(2)] == [1, 0]
    assert (str(fresh(ask).what_became_of_it), Ask.objects.pending().count()) == ("Answered", 0)
    with pytest.raises(services.NothingToUndo):
        services.undo(fresh(ask))


def test_what_was_pending_on_a_draft_that_is_given_up_is_open_again(ask):
    services.dispose(ask, way=Way.ANSWERED, pending_on="HOM/DRA/2026/0001")
    assert services.release("HOM/DRA/2026/0001", reason="The draft was withdrawn") == 1
    assert fresh(ask).is_open


def test_the_trail_reads_like_a_sentence(ask):
    services.dispose(ask, way=Way.FILED, filed_as=Filing.CORRESPONDENCE)
    services.undo(fresh(ask))
    told = [happening.words.strip() for happening in story_of(ask.record)][:2]
    assert told == [
        "opened again what this conversation asks, which was filed",
        "settled what this conversation asks: filed",
    ]


def test_taking_in_costs_the_same_queries_for_one_batch_however_full(cast, tmp_path):
    def cost(folder):
        with CaptureQueriesContext(connection) as queries:
            take(cast, folder)
        return len(queries)

    take(cast, lay(tmp_path / "first", letter()))
    one = cost(lay(tmp_path / "one", letter("One")))
    assert cost(lay(tmp_path / "many", *(letter(f"Many {at}") for at in range(25)))) == one


WAYS = st.sampled_from(["no_action", "answered", "filed", "waiting", "for_commander", "undo", "put_off"])


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(WAYS, max_size=8))
def test_whatever_is_done_an_ask_is_open_or_has_exactly_one_disposition(ask, acts):
    with transaction.atomic():
        before = Disposition.objects.count()
        for act in acts:
            _try(fresh(ask), act)
        standing = Disposition.objects.standing().filter(ask=ask).count()
        assert standing == (0 if fresh(ask).is_open else 1)
        assert Disposition.objects.count() >= before
        transaction.set_rollback(True)


def _try(ask: Ask, act: str) -> None:
    later = clock.now() + timedelta(days=1)
    said = {"waiting": {"until_at": later}, "filed": {"filed_as": "case"}}.get(act, {})
    try:
        if act == "undo":
            services.undo(ask)
        elif act == "put_off":
            services.put_off(ask, until_at=later)
        else:
            services.dispose(ask, way=act, **said)
    except (services.AlreadySettled, services.NothingToUndo):
        pass


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("on Friday 12 March 2027", "2027-03-12"),
        ("by the 3rd of January, please", "2027-01-03"),
        ("on 31 February", None),
        ("next week", None),
    ],
)
def test_a_day_is_found_in_a_text(text, found):
    said = day_in(text, date(2026, 11, 23))
    assert (said and said.isoformat()) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [("at 9:30am", "09:30:00"), ("12pm", "12:00:00"), ("at 14.30 or 14:45", "14:45:00"), ("9", None)],
)
def test_an_hour_is_found_in_a_text(text, found):
    said = hour_in(text)
    assert (said and said.isoformat()) == found


def test_what_was_promised_is_found_and_what_was_quoted_is_not():
    text = "Thank you. Imogen will let you have the evaluation.\nWill you come?\nOn 2 July A wrote:\n> I will pay."
    assert promised_in(text) == ["Imogen will let you have the evaluation."]
