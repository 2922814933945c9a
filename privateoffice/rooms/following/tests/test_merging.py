"""Clocks and contributions where conversations are merged and split: nothing owed is lost, and all comes back."""

from datetime import date, timedelta

from privateoffice.foundations.clock import clock
from privateoffice.rooms.following import services
from privateoffice.rooms.following.models import Acknowledgement, Contribution, Promise, Receipt, ReplyClock
from privateoffice.rooms.following.models.figures import by_month
from privateoffice.rooms.following.tests.scenes import MONDAY, at, came, from_member, seen, sent
from privateoffice.rooms.following.tests.test_contributions import (
    WORDS,
    ask,
    key_of_the_letter,
    read_mail,
    write_back,
)
from privateoffice.spine.correspondence import services as correspondence
from privateoffice.spine.correspondence.models import Conversation, Rehoming
from privateoffice.spine.correspondence.tests.letters import letter
from privateoffice.spine.letters import services as letters
from privateoffice.spine.letters.models import Draft

BADGE = "A badge"


def clocks(cast) -> list[tuple[str, bool]]:
    with seen(cast):
        found = ReplyClock.objects.select_related("record").order_by("received_at", "pk")
        return [(one.record.title, one.is_running) for one in found]


def home_of(cast, contribution: Contribution) -> str:
    with seen(cast):
        return Contribution.objects.select_related("record").get(pk=contribution.pk).record.title


def two_letters(cast, tmp_path) -> tuple[Conversation, Conversation, Contribution]:
    came(cast, tmp_path, from_member("Knife arches", message_id="q", days_ago=0.2))
    asked = ask(cast)
    came(cast, tmp_path, letter(BADGE, "May we have one?", sender="Ada <ada@x.example>", days_ago=0.1))
    with seen(cast):
        arches, badge = (
            Conversation.objects.select_related("office").get(title=t) for t in ("Knife arches", BADGE)
        )
    return arches, badge, asked


def test_what_is_owed_goes_with_the_mail_and_comes_back(cast, tmp_path):
    with at(MONDAY):
        arches, badge, asked = two_letters(cast, tmp_path)
        assert asked.asked_in == arches.reference
        assert clocks(cast) == [("Knife arches", True), (BADGE, True)]
        with seen(cast):
            correspondence.merge(arches, into=badge)
        assert (clocks(cast), home_of(cast, asked)) == ([(BADGE, True)], BADGE)
        with seen(cast):
            correspondence.put_back(Rehoming.objects.select_related("record__office").get())
        assert sorted(clocks(cast)) == [(BADGE, True), ("Knife arches", True)]
        assert home_of(cast, asked) == "Knife arches"


def test_a_letter_that_is_split_off_has_a_clock_of_its_own(cast, tmp_path):
    with at(MONDAY):
        came(cast, tmp_path, from_member("Knife arches", message_id="q", days_ago=0.2))
        came(
            cast, tmp_path, from_member("Re: Knife arches", "And drones?", in_reply_to="<q@northmere.example.org>")
        )
        assert len(clocks(cast)) == 1
        with seen(cast):
            conversation = Conversation.objects.select_related("office").get()
            last = conversation.messages.select_related("record__office").order_by("number").last()
            correspondence.split_off(last, with_later=False)
        assert [running for _, running in clocks(cast)] == [True, True]


def words_sent(cast, asked: Contribution) -> list[tuple[str, str]]:
    """What was sent for a contribution, as the page of its conversation shows it, and where it lies."""
    with seen(cast):
        one = Contribution.objects.prefetch_related("receipts").get(pk=asked.pk)
        [material] = services.materials([one])
        assert material.hidden == 0
        return [(each.words, each.message.record.title) for each in material.sent]


def test_what_was_contributed_is_found_beside_the_draft_wherever_its_mail_was_merged_since(cast, tmp_path):
    with at(MONDAY):
        arches, badge, asked = two_letters(cast, tmp_path)
    write_back(cast, tmp_path, asked=key_of_the_letter(cast))
    with at(date(2026, 11, 24), "12:00"):
        with seen(cast):
            theirs = Conversation.objects.select_related("office").get(reference=Receipt.objects.get().found_in)
        assert words_sent(cast, asked) == [(WORDS, theirs.title)]
        with seen(cast):
            correspondence.merge(theirs, into=badge)
        assert words_sent(cast, asked) == [(WORDS, BADGE)]
        with seen(cast):
            badge = Conversation.objects.select_related("office").get(pk=badge.pk)
            correspondence.merge(badge, into=arches)
        assert words_sent(cast, asked) == [(WORDS, "Knife arches")]
        assert read_mail(cast) == []
        with seen(cast):
            draft = letters.begin(title="A reply")
            services.put_in(draft, Receipt.objects.get())
            assert Draft.objects.get(pk=draft.pk).text == WORDS
            for row in Rehoming.objects.standing().select_related("record__office"):
                correspondence.put_back(row)
        assert words_sent(cast, asked) == [(WORDS, theirs.title)]


def promised(cast) -> list[tuple[str, date]]:
    """Each clock that stands, with the day by which its reply is owed."""
    with seen(cast):
        standing = ReplyClock.objects.running().select_related("record").order_by("received_at")
        return [(one.record.title, clock.day_of(one.reply_by)) for one in standing]


def later_and_earlier(cast, tmp_path, **said) -> tuple[Conversation, Conversation]:
    """Two letters of one writer: one that came first, and a later one for which a day was promised."""
    came(cast, tmp_path, from_member("First", message_id="first", days_ago=0.2, **said))
    came(cast, tmp_path, from_member("Second", message_id="second", days_ago=0.1, **said))
    with seen(cast):
        return tuple(Conversation.objects.select_related("office").get(title=t) for t in ("First", "Second"))


def test_a_promise_goes_on_with_the_letter_that_another_joins_and_comes_back(cast, tmp_path):
    with at(MONDAY):
        first, second = later_and_earlier(cast, tmp_path)
        with seen(cast):
            one = ReplyClock.objects.select_related("record").get(record=second)
            services.acknowledge(one, how="phone")
            services.promise(one, due_on=date(2026, 12, 18), reason="The team is at court")
        before = promised(cast)
        assert before == [("First", date(2026, 12, 7)), ("Second", date(2026, 12, 18))]
        with seen(cast):
            correspondence.merge(second, into=first)
            [running] = ReplyClock.objects.running()
            assert running.acknowledged_at == clock.now()
            assert services.promises_of(running) == list(Promise.objects.all())
            assert [counts.received for _, counts in by_month(cast.homicide, *_year())] == [1]
            assert list(ReplyClock.objects.of(first)) == [running]
        assert promised(cast) == [("First", date(2026, 12, 18))]
        with seen(cast):
            correspondence.put_back(Rehoming.objects.select_related("record__office").get())
            assert [counts.received for _, counts in by_month(cast.homicide, *_year())] == [2]
            assert Acknowledgement.objects.get().clock.record_id == second.pk
        assert promised(cast) == before


def _year():
    return clock.now() - timedelta(days=200), clock.now() + timedelta(days=200)


def test_a_holding_reply_that_goes_out_after_merging_promises_for_the_letter_that_goes_on(cast, tmp_path):
    with at(MONDAY):
        first, second = later_and_earlier(cast, tmp_path, sender="N. Prest <n.prest@example.org>")
        with seen(cast):
            one = ReplyClock.objects.select_related("record__office", "message").get(record=second)
            held = services.hold(one, promised_on=date(2026, 12, 18), reason="The team is at court")
            correspondence.merge(second, into=first)
            running = ReplyClock.objects.select_related("record__office", "message").get(ended_at=None)
            assert services.hold(running).draft == held.draft
            draft = Draft.objects.get(reference=held.draft)
        services.follow_record(sent(cast, draft))
        with seen(cast):
            running.refresh_from_db()
            assert running.acknowledged_at is not None
        assert promised(cast) == [("First", date(2026, 12, 18))]
