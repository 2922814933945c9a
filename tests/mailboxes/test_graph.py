"""What is particular to Microsoft 365: a delta that is forgotten, throttling, failures, rights, lines."""

from datetime import timedelta

import pytest

from privateoffice.connectors.graph.session import Refused, Session, pause_in
from privateoffice.connectors.ports import mailbox as port
from privateoffice.foundations.audit.models import Entry
from privateoffice.foundations.clock import clock
from privateoffice.foundations.offices import scope
from privateoffice.spine.correspondence.models import ImportItem, Message
from privateoffice.spine.mailboxes import services
from privateoffice.spine.mailboxes.models import Line, Mailbox, Placement, SignedIn
from privateoffice.spine.mailboxes.services import lines, microsoft
from tests.mailboxes.office import letter, lying, read_in, set_up
from tests.servers.graph import SECRET, graph, running_graph  # noqa: F401

pytestmark = pytest.mark.slow


@pytest.fixture
def mailbox(cast, graph, db):  # noqa: F811
    return set_up(cast, kind="graph", word=SECRET, place=graph.place)


@pytest.fixture(autouse=True)
def seen(cast):
    with scope.acting(cast.pa, office=cast.homicide) as acting:
        yield acting


def fails(mailbox):
    with pytest.raises(port.Trouble) as caught:
        read_in(mailbox)
    mailbox.refresh_from_db()
    return caught.value


def test_all_pages_of_a_large_folder_come_and_the_next_reading_fetches_nothing(mailbox, graph, monkeypatch):  # noqa: F811
    monkeypatch.setattr("privateoffice.connectors.graph.mailbox.PAGE", "odata.maxpagesize=10")
    graph.deliver(*[letter(f"Letter {n}") for n in range(35)])
    assert read_in(mailbox).new == 35
    assert len(graph.calls("messages/delta")) > 4
    graph.emulator.calls.clear()
    assert read_in(mailbox).new == 0
    assert graph.calls("$value") == []
    assert max(graph.faults.peak.values()) <= 3


def test_a_forgotten_delta_is_told_anew_without_doubling_losing_or_fetching_again(mailbox, graph):  # noqa: F811
    graph.deliver(letter("One"), letter("Two"), letter("Three"))
    read_in(mailbox)
    before = set(Message.objects.values_list("pk", flat=True))
    graph.box.remove(graph.lying()[0])
    graph.deliver(letter("Four"))
    graph.box.forgotten = graph.box.version + 1
    graph.emulator.calls.clear()
    assert (read_in(mailbox).new, len(graph.calls("$value"))) == (1, 1)
    assert lying(mailbox) == {"Inbox": 3}
    assert before < set(Message.objects.values_list("pk", flat=True))
    assert Message.objects.filter(settled_elsewhere="deleted").count() == 1
    assert Placement.objects.count() == 4


def test_a_message_keeps_its_id_when_it_is_moved(mailbox, graph):  # noqa: F811
    graph.deliver(letter("Moved"))
    read_in(mailbox)
    key = Placement.objects.lying().get().key
    graph.box.move(graph.lying()[0], graph.box.add_folder("2026", graph.box.folder("archive").id).id)
    read_in(mailbox)
    place = Placement.objects.lying().select_related("folder").get()
    assert (place.key, place.folder.name) == (key, "Archive/2026")


def test_a_reading_that_fails_anywhere_is_finished_by_the_next_a14(mailbox, graph, monkeypatch):  # noqa: F811
    monkeypatch.setattr("privateoffice.connectors.graph.mailbox.AT_A_TIME", 2)
    monkeypatch.setattr(port, "MESSAGES_AT_ONCE", 2)
    graph.deliver(*[letter(f"Letter {n}") for n in range(12)])
    for where, status in (("mailFolders", 500), ("$value", 0), ("$value", 503), ("delta", 502)):
        graph.faults.planned.clear()
        graph.faults.plan(where, status)
        fails(mailbox)
    graph.faults.planned.clear()
    read_in(mailbox)
    assert (lying(mailbox), Message.objects.count()) == ({"Inbox": 12}, 12)


def test_asked_to_wait_it_waits_exactly_so_long_and_says_so_a27(mailbox, graph, time_machine):  # noqa: F811
    time_machine.move_to(clock.now(), tick=False)
    graph.faults.plan("delta", 429, pause="900", code="ApplicationThrottled")
    assert fails(mailbox).pause == 900
    assert mailbox.not_before == clock.now() + timedelta(seconds=900)
    assert (mailbox.trouble, mailbox.is_closed_to_us) == ("Microsoft 365 asks us to wait 15 minutes.", False)
    assert services.pull_due() == 0
    time_machine.move_to(clock.now() + timedelta(seconds=901), tick=False)
    assert services.pull_due() == 1


def test_the_pause_after_failures_grows_and_ends_with_success_a27(mailbox, graph, time_machine):  # noqa: F811
    time_machine.move_to(clock.now(), tick=False)
    graph.faults.plan("mailFolders", 503, times=5)
    pauses = []
    for _ in range(5):
        fails(mailbox)
        pauses.append((mailbox.not_before - clock.now()).total_seconds() / 60)
    assert pauses == [1, 2, 4, 8, 16]
    read_in(mailbox)
    mailbox.refresh_from_db()
    assert (mailbox.failures, mailbox.trouble, mailbox.not_before) == (0, "", None)


def test_consent_that_was_taken_back_closes_it_until_somebody_sees_to_it_a27(mailbox, graph):  # noqa: F811
    graph.tenant.applications["the-office"].held_to = frozenset()
    assert isinstance(fails(mailbox), port.NotLetIn)
    assert mailbox.is_closed_to_us
    assert "403 ErrorAccessDenied" in mailbox.trouble


def test_a_wrong_secret_is_said_in_words_and_not_tried_again_a27(cast, graph):  # noqa: F811
    mailbox = set_up(cast, kind="graph", word="wrong", place=graph.place)
    assert isinstance(fails(mailbox), port.NotLetIn)
    assert "AADSTS7000215" in mailbox.trouble
    assert SECRET not in mailbox.trouble


def test_a_token_is_kept_sealed_and_used_again(mailbox, graph):  # noqa: F811
    read_in(mailbox, times=2)
    assert len(graph.calls("/token")) == 1
    kept = SignedIn.objects.get()
    assert (kept.actor, "token-" in kept.secret, "token-" in kept.memory) == ("", False, True)


def test_one_that_is_too_large_is_listed_and_stops_nothing_a07(mailbox, graph, monkeypatch):  # noqa: F811
    monkeypatch.setattr(port, "LARGEST", 5_000)
    graph.deliver(letter("Small"), letter("Large") + b"x" * 600_000 + b"\r\n", letter("After"))
    assert read_in(mailbox).new == 3
    assert ImportItem.objects.get().outcome == "too_large"
    assert sorted(Message.objects.values_list("subject", flat=True)) == ["After", "Large", "Small"]


def test_a_link_that_leads_away_is_not_followed_with_our_token(mailbox, graph):  # noqa: F811
    with microsoft.session(mailbox) as line, pytest.raises(Refused, match="leads elsewhere"):
        line.get("https://elsewhere.example/v1.0/users/x/messages")
    with pytest.raises(Refused, match="leads elsewhere"):
        Session(microsoft.application_of(mailbox), "x", lambda: "t").get(
            f"{graph.running.url}.evil.example/v1.0/x"
        )


def test_three_lines_at_most_over_all_workers(mailbox, monkeypatch):
    monkeypatch.setattr(lines, "PATIENCE", 0.0)
    with lines.taken(mailbox, 2) as two, lines.taken(mailbox) as one:
        assert (two, one) == (2, 1)
        with pytest.raises(lines.Busy), lines.taken(mailbox):
            pass
        with clock.stopped_at(clock.now() + timedelta(minutes=6)), lines.taken(mailbox, 3) as after_the_lease:
            assert after_the_lease == 3
    assert Line.objects.filter(taken_until=None).count() == 3


def test_several_messages_are_fetched_at_once_and_no_fourth(mailbox, graph):  # noqa: F811
    graph.faults.slow = 0.02
    graph.deliver(*[letter(f"Letter {n}") for n in range(30)])
    read_in(mailbox)
    assert 2 <= max(graph.faults.peak.values()) <= 3
    assert graph.faults.refused == 0


def test_acts_that_somebody_asks_for(mailbox, graph):  # noqa: F811
    graph.deliver(letter("Move me", id="m1"))
    with microsoft.opened(mailbox) as box:
        folders = {one.use: one for one in box.folders()}
        [key] = box.find(folders["inbox"], "<m1@northmere.example.org>")
        box.flag(folders["inbox"], key, port.Flag.SEEN | port.Flag.FLAGGED, on=True)
        assert box.raw(folders["inbox"], key).startswith(b"From:")
        told = graph.lying()[0].told
        assert (told["isRead"], told["flag"]["flagStatus"]) == (True, "flagged")
        box.move(folders["inbox"], key, folders["deleted"])
        with pytest.raises(Refused):
            box.append(folders["inbox"], b"x", port.Flag.SEEN)
        with pytest.raises(port.Gone):
            box.raw(folders["inbox"], "none")
    assert [one.told["subject"] for one in graph.lying("deleteditems")] == ["Move me"]


def test_the_trail_says_what_a_reading_found(mailbox, graph):  # noqa: F811
    graph.deliver(letter("One"))
    read_in(mailbox)
    assert Entry.objects.filter(verb="mailboxes.pull").count() == 1


@pytest.mark.parametrize(("told", "seconds"), [("120", 120), ("", 0), ("soon", 0), ("99999999", 86_400)])
def test_a_retry_after_is_a_number_of_seconds_with_a_ceiling(told, seconds):
    assert pause_in(told) == seconds


def test_a_retry_after_may_be_a_moment():
    from email.utils import format_datetime

    assert 50 < pause_in(format_datetime(clock.now() + timedelta(seconds=60), usegmt=False)) <= 60


def test_a_mailbox_that_is_paused_is_left_alone(mailbox, graph, cast):  # noqa: F811
    with scope.acting(cast.administrator, office=None):
        services.pause(mailbox, reason="The tenant moves.")
    assert services.pull_due() == 0
    assert graph.emulator.calls == []
    assert Mailbox.objects.get().state == "Paused"
