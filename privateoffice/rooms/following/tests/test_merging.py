"""Clocks and contributions where conversations are merged and split: nothing owed is lost, and all comes back."""

from privateoffice.rooms.following.models import Contribution, ReplyClock
from privateoffice.rooms.following.tests.scenes import MONDAY, at, came, from_member, seen
from privateoffice.rooms.following.tests.test_contributions import ask
from privateoffice.spine.correspondence import services as correspondence
from privateoffice.spine.correspondence.models import Conversation, Rehoming
from privateoffice.spine.correspondence.tests.letters import letter

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
