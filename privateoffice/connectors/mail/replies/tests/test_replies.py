"""Answers to chasers, as they come: read where they are plain, left to a person where they are not."""

import json
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from privateoffice.connectors.mail.replies import Act, read_reply
from privateoffice.connectors.mail.replies.own_words import own_words

RECEIVED, DUE = datetime(2026, 11, 26, 10, 30), date(2026, 11, 25)  # a Thursday, one day late
SET = Path(__file__).parents[5] / "benchmarks" / "data" / "replies.jsonl"

CHASER = """
Please reply to this email with one of these:
- done, and in a few words what was done
- a new date, and why
- not mine, and whose it is
"""


def read(body, subject="RE: HOM/ACT/2026/0142", received=RECEIVED, due=DUE):
    answer = read_reply(body, subject=subject, received=received, due=due)
    return (str(answer.act), answer.day)


@pytest.mark.parametrize(
    ("body", "act", "day"),
    [
        ("Done, sent over yesterday.", "done", None),
        ("Friday week ok?", "new_date", date(2026, 12, 4)),
        ("Not mine - belongs to DI Khan", "not_mine", None),
        ("Off until Monday, will have it to you Wednesday", "new_date", date(2026, 12, 2)),
        ("First half done, the rest by Monday", "new_date", date(2026, 11, 30)),
        ("Friday, sorry, make that the 30th", "new_date", date(2026, 11, 30)),
        ("I'd like Tuesday if the boss will wear it", "new_date", date(2026, 12, 1)),
        ("If finance come back to me I'll get it done by Tuesday", "unsure", None),
        ("Not mine but I'll chase him for you", "unsure", None),
        ("I thought I'd done this?", "unsure", None),
        ("Will have a draft to you by Friday", "unsure", None),
        ("Thursday or Friday", "unsure", None),
        ("Friday 5 December", "unsure", None),
        ("I can do 20 November", "unsure", None),
        ("HOM/ACT/2026/0142 done, HOM/ACT/2026/0150 not mine", "unsure", None),
        ("", "unsure", None),
    ],
)
def test_a_plain_answer_is_read_and_any_other_is_left_to_a_person(body, act, day):
    assert read(body) == (act, day)


@pytest.mark.parametrize(
    "quoted",
    [
        f"-----Original Message-----\nFrom: The private office\n{CHASER}",
        f"________________________________\nFrom: The private office\nSent: Tuesday\n{CHASER}",
        "On Tue, 24 Nov 2026 at 09:00, Private office <pa@office.example> wrote:\n"
        + "".join(f"> {line}\n" for line in CHASER.splitlines()),
        f"On Tue, 24 Nov 2026 at 09:00, Private office\n<pa@office.example> wrote:\n{CHASER}",
        CHASER,
    ],
)
def test_what_the_office_wrote_itself_never_counts(quoted):
    assert own_words(f"Tomorrow\n\nSam\n\n{quoted}").split() == ["Tomorrow", "Sam"]
    assert read(quoted) == ("unsure", None)


def test_an_answer_below_or_between_quotes_is_read():
    assert own_words("On Tue, 24 Nov 2026 at 09:00, PA wrote:\n> Is it done?\n\nDone\n\n> Thank you") == "Done"


@pytest.mark.parametrize(
    "subject", ["Automatic reply: x", "Undeliverable: x", "Read: x", "Accepted: x", "FW: x", "Recall: x"]
)
def test_what_no_person_wrote_for_this_is_left_to_a_person(subject):
    assert read("Done", subject=subject) == ("unsure", None)


def test_the_set_in_the_repository_holds_no_wrong_act():
    """The same figures as benchmarks/replies.py prints, without the clock."""
    wrong = []
    for line in map(json.loads, SET.read_text(encoding="utf-8").splitlines()):
        received, due = datetime.fromisoformat(line["received"]), date.fromisoformat(line["due"])
        act, day = read(line["body"], line["subject"], received, due)
        expected = line["expect"]
        if act != "unsure" and (act, str(day or "")) != (expected["act"], expected.get("date", "")):
            wrong.append((line["body"][:80], act, day))
    assert wrong == []


@pytest.mark.parametrize(
    "body",
    [
        "Done barring the last column",
        "All done in my dreams",
        "Done. Pull the other leg.",
        "I've done the covering letter",
        "The form has been sent to me but I've not filled it in",
        "They tell me it's sorted",
        "Booked on the course that will let me do it",
        "Emailed Fleet to find the mileage",
        "Done. Is that the one you meant?",
        "First part done, second part not mine",
        "Not mine alone",
        "Belongs to whoever drew the short straw",
        "DI Wren will send it on Monday",
        "Please give me until Friday 4 December, sorry that's after the cut, Thursday 3 December",
        "Monday, in somebody's fairy tale",
    ],
)
def test_a_sentence_that_is_not_understood_queues_what_its_words_would_say(body):
    assert read(body) == ("unsure", None)


@pytest.mark.parametrize(
    ("body", "act"),
    [
        ("Done. By the way, what time is the Commander's meeting?", "done"),
        ("Completed, sorry I didn't tell you. Happy to resend if helpful.", "done"),
        ("Nothing to return this quarter.", "done"),
        ("Done, the Audit of Exhibits went to DS Wren by courier", "done"),
        ("Not mine, DI Wren took it over when I left", "not_mine"),
    ],
)
def test_what_is_known_to_be_harmless_leaves_an_act_as_it_is(body, act):
    assert read(body)[0] == act


def test_the_words_of_the_action_are_known_and_those_of_another_thing_are_not():
    body = "The marquee has been booked."
    assert read(body, subject="RE: HOM/ACT/2026/0142: Book the marquee") == ("done", None)
    assert read(body, subject="RE: HOM/ACT/2026/0142: Return the mileage") == ("unsure", None)


PLAIN = (
    "Done, sent over yesterday.",
    "All done, thanks.",
    "Not mine - belongs to DI Khan.",
    "This will be with you on Tuesday.",
    "Could I have until Friday week please?",
)
TURNS = ("nearly", "unless", "hopefully", "gribbled", "allegedly", "perhaps", "except", "partly", "depending")


@given(st.sampled_from(PLAIN), st.sampled_from(TURNS), st.data())
def test_no_word_put_into_a_plain_answer_makes_another_act_of_it(plain, turn, data):
    """Wherever it stands it leaves the act as it was, in a part that does not matter, or queues the reply."""
    parts = plain.split()
    place = data.draw(st.integers(0, len(parts)))
    assert read(" ".join([*parts[:place], turn, *parts[place:]])) in (read(plain), ("unsure", None))


@given(st.sampled_from(PLAIN[:2]), st.sampled_from(TURNS), st.data())
def test_no_turn_is_overlooked_in_the_sentence_that_says_done(plain, turn, data):
    parts = plain.split()
    place = data.draw(st.integers(1, len(parts) - 1))
    assert read(" ".join([*parts[:place], turn, *parts[place:]])) == ("unsure", None)


words = st.sampled_from(
    [
        "done",
        "not",
        "mine",
        "friday",
        "week",
        "the",
        "30th",
        "by",
        "next",
        "tuesday",
        "will",
        "have",
        "it",
        "sent",
        "?",
        ".",
        ",",
        "-",
        "but",
        "if",
        "31",
        "november",
        ">",
        "wrote:",
        "\n\n",
        "On",
        "Tue",
        "From:",
        "a",
        "week's",
        "extension",
        "tomorrow",
        "PS",
        "Thanks,",
        "Regards",
        "3/12",
        "HOM/ACT/2026/0142",
        "draft",
    ]
)


@settings(max_examples=300, deadline=None)
@given(
    st.one_of(st.lists(words, max_size=40).map(" ".join), st.text(max_size=300)),
    st.datetimes(datetime(2026, 1, 1), datetime(2027, 6, 1)),
    st.integers(-20, 20),
)
def test_no_text_raises_and_a_new_date_is_always_later_than_the_day_due(body, received, late):
    due = received.date() - timedelta(days=late)
    answer = read_reply(body, subject="", received=received, due=due)
    assert (answer.day is not None) == (answer.act == Act.NEW_DATE)
    assert answer.day is None or (answer.day > due and answer.day >= received.date())


@pytest.mark.parametrize(
    "body", ["Friday " * 60_000, "> " * 100_000, "On " * 100_000, "done\n" * 50_000, "a" * 1_000_000]
)
def test_a_flood_of_words_is_left_to_a_person(body):
    assert read(body)[0] == "unsure"
