"""Taking mail in: once, whole, in the right conversations, at the right marking; and giving it back."""

import hashlib

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from privateoffice.connectors.mail.sources import messages_in
from privateoffice.foundations.audit.models import Entry
from privateoffice.foundations.clock import clock
from privateoffice.foundations.offices import scope
from privateoffice.foundations.offices.policy import Refused
from privateoffice.foundations.quarantine.limits import MESSAGE_BYTES
from privateoffice.foundations.records.markings import Marking
from privateoffice.foundations.records.models import Original, SearchText
from privateoffice.spine.correspondence import services
from privateoffice.spine.correspondence.models import Conversation, ImportItem, ImportRun, Message
from privateoffice.spine.correspondence.room import needs, owed
from privateoffice.spine.correspondence.tests.letters import OURS, THEIRS, answer, lay, letter, take


@pytest.fixture
def seen(cast):
    """Everything below is looked at as the PA."""
    with scope.acting(cast.pa, office=cast.homicide) as acting:
        yield acting


def threads():
    return sorted(
        sorted(conversation.messages.values_list("place", flat=True))
        for conversation in Conversation.objects.all()
    )


def test_mail_is_taken_in_once(cast, seen, tmp_path):
    folder = lay(tmp_path / "mail", letter(message_id=1), answer(1), letter("Another"))
    assert take(cast, folder).counts == {"read": 3, "new": 3, "unchanged": 0, "needs_a_look": 0}
    assert take(cast, folder).counts == {"read": 3, "new": 0, "unchanged": 3, "needs_a_look": 0}
    assert threads() == [["001.eml", "002.eml"], ["003.eml"]]
    lines = Entry.objects.filter(verb="correspondence.take_in").order_by("number")
    assert [line.facts["new"] for line in lines] == [3, 0]
    assert lines[0].actor == "Delphine Hartsough"


def test_the_same_message_twice_in_one_run_is_kept_once(cast, seen, tmp_path):
    raw = letter()
    assert take(cast, lay(tmp_path / "mail", raw, raw)).counts["unchanged"] == 1
    assert Message.objects.count() == 1


@pytest.mark.hostile("A11")
def test_one_message_id_on_two_messages_makes_two_messages(cast, seen, tmp_path):
    take(cast, lay(tmp_path / "mail", letter(message_id=7), letter(message_id=7, text="Other words")))
    assert threads() == [["001.eml", "002.eml"]]


def test_an_answer_that_comes_before_its_question_joins_it_later(cast, seen, tmp_path):
    take(cast, lay(tmp_path / "one", answer("q", message_id="a")))
    take(cast, lay(tmp_path / "two", letter("Now the question", message_id="q")))
    conversation = Conversation.objects.get()
    assert (conversation.message_count, conversation.messages.count()) == (2, 2)


def test_a_message_that_ties_two_threads_makes_them_one(cast, seen, tmp_path):
    take(
        cast,
        lay(
            tmp_path / "m",
            letter(message_id="a"),
            letter("Re: x", message_id="c", in_reply_to="<b@northmere.example.org>"),
            letter(message_id="b", in_reply_to="<a@northmere.example.org>"),
        ),
    )
    assert len(threads()) == 1


def test_a_lost_reply_joins_by_subject_and_people_only(cast, seen, tmp_path):
    stranger = "Somebody Else <else@elsewhere.example>"
    folder = lay(
        tmp_path / "mail",
        letter("Budget"),
        letter("Re: [OFFICIAL] Budget", message_id=None),
        letter("RE: Budget", sender=stranger),
        letter("Re: Budget", days_ago=400),
    )
    take(cast, folder)
    assert threads() == [["001.eml", "002.eml"], ["003.eml"], ["004.eml"]]


@pytest.mark.hostile("A21")
def test_a_question_waits_until_we_answer_and_no_machine_asks_or_answers(cast, seen, tmp_path):
    take(cast, lay(tmp_path / "1", letter(message_id=1, days_ago=20), answer(1, days_ago=19)))
    question = Message.objects.get(number=1)
    assert [need.title for need in needs(clock.now())] == ["A question"]
    assert Conversation.objects.get().waiting_since == question.at

    take(cast, lay(tmp_path / "2", answer(1, sender=OURS, days_ago=18, auto_submitted="auto-replied")))
    assert Conversation.objects.unanswered().count() == 1
    take(cast, lay(tmp_path / "3", answer(1, sender=OURS, to=THEIRS, days_ago=17)))
    assert Conversation.objects.get().is_from_us_last
    assert list(needs(clock.now())) == []
    take(cast, lay(tmp_path / "4", answer(1, days_ago=16, precedence="list")))
    assert Conversation.objects.unanswered().count() == 0
    take(cast, lay(tmp_path / "5", answer(1, days_ago=15)))
    assert Conversation.objects.unanswered().count() == 1
    (part,) = owed(clock.today())
    assert [line.title for line in part.lines] == ["A question"]


@pytest.mark.hostile("A05")
def test_nobody_passes_for_us_by_a_name_or_with_an_odd_sender(cast, seen, tmp_path):
    named = '"Delphine Hartsough" <delphine@elsewhere.example>'
    forged = {"authentication_results": "mx.example; dmarc=fail"}
    take(cast, lay(tmp_path / "mail", letter(sender=named), letter(sender=OURS, to=OURS, **forged)))
    assert list(Message.objects.values_list("is_from_us", flat=True)) == [False, False]


def test_ten_that_wait_longest_stand_on_today_and_one_line_for_the_rest(cast, seen, tmp_path):
    take(cast, lay(tmp_path / "mail", *(letter(f"Q{n}", days_ago=n) for n in range(1, 14))))
    shown = list(needs(clock.now()))
    assert [need.title for need in shown] == [
        *(f"Q{n}" for n in range(13, 3, -1)),
        "3 more conversations unanswered",
    ]
    assert shown[0].acts[1].url == f"/homicide/enquiries/new/?from={Conversation.objects.get(title='Q13').path}"


def test_a_sensitive_message_makes_its_conversation_so(cast, seen, tmp_path):
    take(cast, lay(tmp_path / "1", letter(message_id=1)))
    assert Conversation.objects.get().marking == Marking.OFFICIAL
    take(cast, lay(tmp_path / "2", answer(1, "OFFICIAL-SENSITIVE: Re: A question")))
    conversation = Conversation.objects.get()
    assert (conversation.marking, conversation.handling) == (Marking.OFFICIAL_SENSITIVE, "As marked by the sender")
    assert (conversation.title, conversation.message_count) == ("A question", 2)


def test_what_is_secret_is_held_outside_with_no_title_no_body_and_no_bytes(cast, seen, tmp_path, home):
    raw = letter("SECRET: Operation Thistlewick", text="The plan is kept in Room 9")
    below = letter("A plan", text="SECRET\r\n\r\nThe plan")
    folder = lay(tmp_path / "mail", raw, below, letter("The secret of good minutes"))
    assert take(cast, folder).counts == {"read": 3, "new": 3, "unchanged": 0, "needs_a_look": 2}
    assert take(cast, folder).counts["unchanged"] == 3
    items = list(ImportItem.objects.values_list("outcome", "place", "digest", "original"))
    assert items == [
        ("held_outside", "001.eml", hashlib.sha256(raw).hexdigest(), None),
        ("held_outside", "002.eml", hashlib.sha256(below).hexdigest(), None),
    ]
    assert Original.objects.count() == Message.objects.count() == 1
    kept = b"".join(path.read_bytes() for path in home.rglob("*") if path.is_file() and "mail" not in path.parts)
    assert b"Room 9" not in kept


def test_what_is_damaged_is_kept_listed_and_stops_nothing(cast, seen, tmp_path):
    folder = lay(tmp_path / "mail", letter(), b"\x00\xff\x00 nothing that is mail", letter("Last", date=None))
    (folder / "readme.txt").write_bytes(b"Not a message at all.\n")
    (folder / "away").symlink_to("/etc/hostname")
    taken = take(cast, folder)
    assert (taken.counts["read"], taken.counts["new"]) == (5, 5)
    listed = {item.place: item for item in ImportItem.objects.all()}
    assert listed.keys() == {"002.eml", "003.eml", "readme.txt", "away"}
    assert (listed["readme.txt"].outcome, listed["away"].original) == ("no_message", None)
    assert listed["002.eml"].original.read() == (folder / "002.eml").read_bytes()
    assert taken.counts["needs_a_look"] == 4
    assert take(cast, folder).counts == {"read": 5, "new": 0, "unchanged": 5, "needs_a_look": 4}
    assert ImportItem.objects.count() == 4


@pytest.mark.hostile("A07")
def test_what_is_too_large_is_kept_and_shown_by_its_head(cast, seen, tmp_path):
    raw = letter("Far too large") + b"x" * MESSAGE_BYTES
    folder = lay(tmp_path / "mail", raw, letter("Ordinary"))
    assert take(cast, folder).counts == {"read": 2, "new": 2, "unchanged": 0, "needs_a_look": 1}
    message = Message.objects.get(subject="Far too large")
    assert (message.text, message.from_address, message.needs_a_look) == (
        "",
        "a.vellacott@northmere.example.org",
        True,
    )
    assert message.original.read() == raw
    assert take(cast, folder).counts["unchanged"] == 2


@pytest.mark.hostile("A12")
@pytest.mark.parametrize(
    "claimed", ["Thu, 01 Jan 1970 00:00:00 +0000", "Mon, 1 Jan 2035 10:00:00 +0000", "x +9999"]
)
def test_a_date_that_cannot_be_is_shown_and_not_believed(cast, seen, tmp_path, claimed):
    take(cast, lay(tmp_path / "mail", letter(date=claimed)))
    message = Message.objects.get()
    assert (message.date_claimed, message.sent_at) == (claimed, None)
    assert abs((message.at - clock.now()).total_seconds()) < 60


def test_mail_is_found_by_its_words(cast, seen, tmp_path):
    take(cast, lay(tmp_path / "1", letter(message_id=1, text="about the thistle pilot")))
    take(cast, lay(tmp_path / "2", answer(1, text="and its evaluation")))
    body = SearchText.objects.get().body
    assert all(word in body for word in ("thistle", "evaluation", "Vellacott", "A question"))


def test_two_offices_never_share_a_message(cast, tmp_path):
    folder = lay(tmp_path / "mail", letter())
    take(cast, folder)
    with scope.acting(cast.outsider, office=cast.proactive):
        assert services.take_in(messages_in(folder), source="x").counts["new"] == 1
        assert Message.objects.count() == 1


def test_whoever_covers_at_official_does_not_double_what_they_cannot_see(cast, tmp_path):
    folder = lay(tmp_path / "mail", letter("OFFICIAL-SENSITIVE: A grievance"))
    take(cast, folder)
    cast.cover()
    assert take(cast, folder, cast.outsider).counts["unchanged"] == 1
    with scope.acting(cast.outsider, office=cast.homicide):
        assert Message.objects.count() == 0


def test_a_reader_takes_nothing_in(cast, tmp_path):
    with pytest.raises(Refused):
        take(cast, lay(tmp_path / "mail", letter()), cast.reader)


def test_a_batch_costs_the_same_queries_however_many_messages_it_holds(cast, seen, tmp_path):
    costs = []
    for name, count in (("few", 3), ("many", 60)):
        with CaptureQueriesContext(connection) as queries:
            take(cast, lay(tmp_path / name, *(letter(f"{name} {n}") for n in range(count))))
        costs.append(len(queries))
    assert costs[1] <= costs[0] + 2  # the second run finds its counter there, and inserts in steps of 100


def test_every_original_is_handed_over_and_the_trail_says_so(cast, seen, tmp_path):
    folder = lay(tmp_path / "mail", letter(), b"\x00 no mail")
    take(cast, folder)
    given = {one.original.read() for one in services.hand_over()}
    assert given == {path.read_bytes() for path in folder.iterdir()}
    assert Entry.objects.filter(verb="correspondence.hand_over").get().facts == {"count": 2}


def test_what_an_import_lists_is_looked_at_once(cast, seen, tmp_path):
    take(cast, lay(tmp_path / "mail", letter(date=None)))
    run = ImportRun.objects.get()
    assert [need.key for need in needs(clock.now())][-1] == f"import:{run.number}"
    services.look_at(run)
    services.look_at(run)
    assert Entry.objects.filter(verb="correspondence.look_at").count() == 1
    assert not ImportRun.objects.to_look_at().exists()


def test_an_upload_is_laid_aside_read_and_taken_away(cast, seen, tmp_path, home):
    run = services.receive("../../evil.eml", [letter("SECRET: x"), b""])
    assert run.source == "evil.eml"
    assert len(list((home / "files" / "incoming").rglob("*.eml"))) == 1
    assert services.read_upload(run).counts["needs_a_look"] == 1
    assert list((home / "files" / "incoming").rglob("*.eml")) == []
    run.refresh_from_db()
    assert (run.state, services.read_upload(run)) == ("read", None)
