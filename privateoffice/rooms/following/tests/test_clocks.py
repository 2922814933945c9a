"""The clock of a letter: when it begins, what it promises, what stops it, and what it never counts."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from privateoffice.foundations.clock import clock
from privateoffice.foundations.offices import scope
from privateoffice.foundations.offices.policy import Refused
from privateoffice.foundations.offices.verbs import performing
from privateoffice.rooms.following import services
from privateoffice.rooms.following.models import Acknowledgement, Promise, ReplyClock
from privateoffice.rooms.following.room import needs
from privateoffice.rooms.following.tests.scenes import (
    MEMBER,
    MONDAY,
    at,
    came,
    clock_of,
    days_of,
    from_member,
    seen,
    sent,
)
from privateoffice.spine.correspondence import services as correspondence
from privateoffice.spine.correspondence.models import Ask, Message
from privateoffice.spine.correspondence.tests.letters import OURS, answer, letter
from privateoffice.spine.letters import services as letters
from privateoffice.spine.letters.models import Class


@pytest.fixture(autouse=True)
def monday():
    with at(MONDAY):
        yield


@pytest.mark.parametrize(
    ("sender", "subject", "text", "kind"),
    [
        (MEMBER, "Knife arches", "A constituent asks.", "mp"),
        ("Amabel <a@mopac.london.example>", "Plan", "See below.", "mopac"),
        ("Desk <office@homeoffice.example>", "Return", "By Friday please.", "minister"),
        ("A. Clerk <clerk@northmere.police.uk>", "Board", "A date?", "partner"),
        ("Ivo Crake <ivo.crake@specialist-crime.example>", "Room", "Is it free?", "internal"),
        ("N. Prest <n.prest@example.org>", "Thanks", "A word.", "public"),
        ("N. Prest <n.prest@example.org>", "My case", "I wish to complain about an officer.", "complaint"),
        ("N. Prest <n.prest@example.org>", "Request", "Under the Freedom of Information Act I ask", "foi"),
        ("N. Prest <n.prest@example.org>", "Subject access request", "Please.", "subject-access"),
    ],
)
def test_a_kind_is_proposed_from_sender_and_words_and_says_why(cast, tmp_path, sender, subject, text, kind):
    came(cast, tmp_path, letter(subject, text, sender=sender, days_ago=0))
    one = clock_of(cast)
    assert (one.kind, one.is_proposed, bool(one.why)) == (kind, True, True)


def test_what_the_office_keeps_of_a_sender_is_proposed(cast, tmp_path):
    with scope.acting(cast.staff_officer, office=cast.homicide):
        letters.class_as(cast.homicide, place="n.prest@example.org", recipient_class=Class.FAMILY)
    came(cast, tmp_path, letter(sender="N. Prest <n.prest@example.org>", days_ago=0))
    assert (clock_of(cast).kind, days_of(clock_of(cast))) == ("family", (None, MONDAY, None))


def test_a_letter_starts_the_clocks_of_its_kind_from_its_receipt(cast, tmp_path):
    came(cast, tmp_path, from_member(days_ago=3))
    assert days_of(clock_of(cast)) == (date(2026, 11, 24), date(2026, 12, 4), None)


def test_the_kind_that_is_said_sets_the_clocks_again_and_the_next_letter_is_proposed_alike(cast, tmp_path):
    came(cast, tmp_path, letter(sender="N. Prest <n.prest@example.org>", days_ago=0))
    with seen(cast):
        one = services.set_kind(clock_of(cast), kind="partner")
        assert (one.kind_by, days_of(one)) == (
            "Delphine Hartsough",
            (date(2026, 11, 24), date(2026, 11, 30), None),
        )
        with pytest.raises(services.NoSuchKind):
            services.set_kind(one, kind="nobody")
    came(cast, tmp_path, letter("Another", sender="N. Prest <n.prest@example.org>", days_ago=0))
    with seen(cast):
        assert [(c.kind, c.is_proposed) for c in ReplyClock.objects.order_by("pk")] == [
            ("partner", False),
            ("partner", True),
        ]


def test_a_letter_that_wants_no_reply_has_no_clock_until_it_is_said_to_be_of_another_kind(cast, tmp_path):
    came(cast, tmp_path, from_member())
    with seen(cast):
        one = services.set_kind(clock_of(cast), kind="none")
        assert (one.reply_by, one.outcome, one.is_running) == (None, "let_go", False)
        one = services.set_kind(one, kind="mp")
        assert (days_of(one)[1], one.outcome) == (date(2026, 12, 7), "")


@pytest.mark.parametrize(
    "fields", [{"auto_submitted": "auto-replied"}, {"list_id": "<all.example.org>"}, {"sender": OURS}]
)
def test_machines_lists_and_we_ourselves_are_owed_nothing(cast, tmp_path, fields):
    came(cast, tmp_path, letter(days_ago=0, **fields))
    with seen(cast):
        assert not ReplyClock.objects.exists()


def test_a_reply_seen_in_sent_items_stops_both_clocks_when_it_was_written(cast, tmp_path):
    came(cast, tmp_path, from_member(days_ago=3, message_id="q"))
    came(cast, tmp_path, answer("q", sender=OURS, to=MEMBER, days_ago=1))
    one = clock_of(cast)
    assert (one.outcome, days_of(one)[2], one.acknowledged_at) == ("answered", date(2026, 11, 22), one.ended_at)


def test_their_next_letter_begins_another_clock_and_joins_the_one_that_runs(cast, tmp_path):
    came(
        cast,
        tmp_path,
        from_member(days_ago=6, message_id="q"),
        from_member("Re: it", days_ago=5, in_reply_to="<q@northmere.example.org>"),
    )
    came(cast, tmp_path, answer("q", sender=OURS, to=MEMBER, days_ago=4))
    came(cast, tmp_path, from_member("Re: it", days_ago=0, in_reply_to="<q@northmere.example.org>"))
    with seen(cast):
        clocks = list(ReplyClock.objects.order_by("received_at"))
    assert [(days_of(one)[1], one.outcome) for one in clocks] == [
        (date(2026, 12, 1), "answered"),
        (date(2026, 12, 7), ""),
    ]


def test_a_reply_sent_from_here_stops_the_clock_once_it_is_sent_and_not_before(cast, tmp_path):
    came(cast, tmp_path, letter(sender="N. Prest <n.prest@example.org>", days_ago=0))
    with seen(cast):
        ask = Ask.objects.select_related("record__office", "message__record__office").get()
        draft = letters.answer(ask)
        letters.write(draft, seen=draft.version, text="Dear N. Prest\n\nYes.")
    assert clock_of(cast).is_running
    sent(cast, draft)
    assert (clock_of(cast).outcome, clock_of(cast).acknowledged_at is None) == ("answered", False)


@pytest.mark.parametrize(
    ("way", "said", "outcome"),
    [
        ("answered", {}, "answered"),
        ("no_action", {}, "let_go"),
        ("filed", {"filed_as": "correspondence"}, "let_go"),
        ("for_commander", {"words": "Accept"}, ""),
    ],
)
def test_what_became_of_the_mail_ends_its_clock_or_leaves_it_running(cast, tmp_path, way, said, outcome):
    came(cast, tmp_path, from_member())
    with seen(cast):
        ask = Ask.objects.select_related("record", "message").get()
        correspondence.dispose(ask, way=way, **said)
        assert clock_of(cast).outcome == outcome
        correspondence.undo(ask)
        assert (clock_of(cast).outcome, clock_of(cast).is_running) == ("", True)


def test_a_mail_that_became_an_enquiry_has_its_clock_there(cast, tmp_path):
    came(cast, tmp_path, from_member())
    with seen(cast):
        ask = Ask.objects.select_related("record", "message").get()
        correspondence.hand_on(ask, way="enquiry", title="Arches", asked="Where?", channel="email")
        assert clock_of(cast).outcome == "handed_on"


def test_a_split_mail_is_over_when_nothing_that_it_asks_is_open(cast, tmp_path):
    came(cast, tmp_path, from_member(text="May I come?\n\nAnd where are the arches?"))
    with seen(cast):
        first = Ask.objects.select_related("record", "message").get()
        second = correspondence.split(first, quoted="And where are the arches?")
        correspondence.dispose(first, way="answered")
        assert clock_of(cast).is_running
        correspondence.dispose(second, way="no_action")
        assert clock_of(cast).outcome == "answered"


def test_an_acknowledgement_by_hand_stops_its_own_clock_only_and_once(cast, tmp_path):
    came(cast, tmp_path, from_member())
    with seen(cast):
        services.acknowledge(clock_of(cast), how="phone")
        one = clock_of(cast)
        assert (one.acknowledged_at, one.is_running, one.next_by) == (clock.now(), True, one.reply_by)
        with pytest.raises(services.AlreadyAcknowledged):
            services.acknowledge(one, how="phone")
        assert Acknowledgement.objects.count() == 1


def test_a_letter_of_ours_that_only_acknowledged_lets_the_clock_run_on(cast, tmp_path):
    came(cast, tmp_path, from_member(days_ago=3, message_id="q"))
    came(cast, tmp_path, answer("q", sender=OURS, to=MEMBER, days_ago=2))
    with seen(cast):
        ours = Message.objects.select_related("record__office").get(is_from_us=True)
        services.say_only_acknowledged(ours)
        one = clock_of(cast)
        assert (one.outcome, one.acknowledged_at, Ask.objects.get().is_open) == ("", ours.at, True)
        with pytest.raises(services.NoReplyOfOurs):
            services.say_only_acknowledged(ours)
    came(cast, tmp_path, answer("q", sender=OURS, to=MEMBER, days_ago=0))
    assert (clock_of(cast).outcome, days_of(clock_of(cast))[2]) == ("answered", MONDAY)


def test_a_promise_keeps_the_old_day_and_the_reason_and_goes_no_further_than_the_last_day(cast, tmp_path):
    came(cast, tmp_path, from_member())
    with seen(cast):
        services.promise(clock_of(cast), due_on=date(2026, 12, 18), reason="The team is at court")
        [kept] = Promise.objects.all()
        assert (clock.day_of(kept.was_by), days_of(clock_of(cast))[1]) == (date(2026, 12, 7), date(2026, 12, 18))
        for day, fault in (
            (date(2026, 12, 18), services.NotThatDay),
            (date(2026, 12, 19), services.NotThatDay),
            (date(2026, 11, 20), services.NotThatDay),
            (date(2026, 12, 22), services.TooLate),
        ):
            with pytest.raises(fault):
                services.promise(clock_of(cast), due_on=day, reason="x")
        assert Promise.objects.count() == 1


def test_beyond_the_last_day_whoever_waits_hears_within_twenty_working_days(cast, tmp_path):
    came(cast, tmp_path, from_member())
    late = date(2027, 1, 18)
    with at(late), seen(cast):
        assert clock.day_of(services.last_by(clock_of(cast))) == date(2027, 2, 15)
        services.promise(clock_of(cast), due_on=date(2027, 2, 15), reason="Still at court")
        assert days_of(clock_of(cast))[1] == date(2027, 2, 15)


def test_mail_of_a_year_whose_bank_holidays_are_not_known_has_no_clock(cast, tmp_path):
    came(cast, tmp_path, letter(days_ago=365 * 8))
    with seen(cast):
        assert (Message.objects.count(), ReplyClock.objects.count()) == (1, 0)


def test_today_names_what_is_late_or_due_the_hardest_first_and_nothing_else(cast, tmp_path):
    public = "N. Prest <n.prest@example.org>"
    came(
        cast,
        tmp_path,
        letter("Public and late", sender=public, days_ago=30),
        from_member("Member and late", days_ago=21),
        from_member("Member, to acknowledge", days_ago=3),
        letter("Well ahead", sender="Ivo Crake <ivo.crake@specialist-crime.example>", days_ago=0),
    )
    with seen(cast):
        found = [(need.title, need.standing, need.why.split(":")[0]) for need in needs(clock.now())]
    assert found == [
        ("Member and late", "late", "Reply"),
        ("Member, to acknowledge", "soon", "Acknowledge"),
        ("Public and late", "late", "Reply"),
    ]


def test_what_is_kept_for_the_commander_alone_is_on_nobody_elses_today(cast, tmp_path):
    came(cast, tmp_path, from_member(days_ago=30))
    with scope.acting(cast.commander, office=cast.homicide):
        correspondence.keep_private(ReplyClock.objects.get().record)
    with seen(cast):
        assert (list(needs(clock.now())), ReplyClock.objects.count()) == ([], 0)


def test_a_reader_keeps_no_clock(cast, tmp_path):
    came(cast, tmp_path, from_member())
    one = clock_of(cast)
    with scope.acting(cast.reader, office=cast.homicide), pytest.raises(Refused):
        services.acknowledge(one, how="phone")


def test_taking_mail_in_costs_the_same_queries_for_one_letter_and_for_thirty(cast, tmp_path):
    def cost(count: int) -> int:
        raws = [letter(f"S{count}.{n}", sender=f"p{count}.{n}@example.org", days_ago=0) for n in range(count)]
        came(cast, tmp_path, *raws)
        with seen(cast):
            keys = list(ReplyClock.objects.order_by("-pk").values_list("record_id", flat=True)[:count])
            with CaptureQueriesContext(connection) as captured, performing("following.follow"):
                services.keep_step(keys)
        return len(captured)

    cost(1)
    assert cost(2) == cost(30)


def test_letters_from_before_there_were_clocks_get_theirs_once(cast, tmp_path):
    came(cast, tmp_path, from_member(days_ago=3))
    with seen(cast), performing("following.catch_up"):
        ReplyClock.objects.all().delete()
    assert (services.catch_up(cast.homicide), services.catch_up(cast.homicide)) == (1, 0)
    assert days_of(clock_of(cast))[1] == date(2026, 12, 4)


def test_clocks_are_of_the_office_whose_mail_it_is(cast, tmp_path):
    came(cast, tmp_path, from_member())
    with scope.acting(cast.outsider, office=cast.proactive):
        assert not ReplyClock.objects.exists()
    assert clock.now() - timedelta(days=1) < clock_of(cast).received_at
