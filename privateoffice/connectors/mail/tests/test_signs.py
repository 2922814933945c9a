"""Markings in marking positions, senders that are not who they seem, and threads."""

import pytest

from privateoffice.connectors.mail.parse import summary
from privateoffice.connectors.mail.senders import is_lookalike
from privateoffice.connectors.mail.tests.letters import letter
from privateoffice.connectors.mail.threads import conversations, plain_subject, thread_key


@pytest.mark.parametrize(
    ("fields", "text", "marking", "handling"),
    [
        ({"subject": "OFFICIAL-SENSITIVE: Review of desks"}, "", "official-sensitive", ""),
        ({"subject": "OFFICIAL - SENSITIVE - PERSONAL DATA: x"}, "", "official-sensitive", "PERSONAL DATA"),
        ({"subject": "Re: [OFFICIAL SENSITIVE] x"}, "", "official-sensitive", ""),
        ({"subject": "O-S: x"}, "", "official-sensitive", ""),
        ({"subject": "Fw: [OFFICIAL] x"}, "", "official", ""),
        ({"subject": "Budget [OFFICIAL]"}, "", "official", ""),
        ({"subject": "SECRET: x"}, "", "secret-or-above", ""),
        ({"subject": "RE: TOP SECRET - x"}, "", "secret-or-above", ""),
        ({"subject": "Secret: the leaving party"}, "", None, ""),
        ({"subject": "SECRET SANTA on Friday"}, "", None, ""),
        ({"subject": "Official visit: programme"}, "", None, ""),
        ({"x_protective_marking": "VER=2018.1, SEC=OFFICIAL:Sensitive"}, "", "official-sensitive", ""),
        ({"x_protective_marking": "SECRET"}, "", "secret-or-above", ""),
        ({"sensitivity": "Personal"}, "", None, ""),
        ({}, "OFFICIAL-SENSITIVE\n\nWords.", "official-sensitive", ""),
        ({}, "Words.\n\nOFFICIAL - SENSITIVE - RECIPIENTS ONLY\n", "official-sensitive", "RECIPIENTS ONLY"),
        ({}, "TOP SECRET\nWords.", "secret-or-above", ""),
        ({}, "Words.\nSECRET\nMore words.", None, ""),
        ({}, "The secret is out.", None, ""),
        ({"subject": "[OFFICIAL] x"}, "SECRET\nWords", "secret-or-above", ""),
    ],
)
def test_markings_count_in_marking_positions(
    fields: dict[str, str], text: str, marking: str | None, handling: str
):
    held = summary(letter(text, **fields))
    assert (held["marking"], held["handling"]) == (marking, handling)
    assert bool(held["marking_words"]) == bool(marking)


@pytest.mark.hostile("A05")
@pytest.mark.parametrize(
    ("fields", "warning"),
    [
        ({"from": '"cdr@specialist-crime.example" <x@example.net>'}, "The name shown holds another address"),
        ({"from": "Imogen \u202eCalderwick <x@example.net>"}, "turn the direction of writing"),
        ({"from": "Imogen <x@ex\u0430mple.net>"}, "letters that look like others"),
        ({"from": "Imogen <x@xn--80ak6aa92e.com>"}, "letters that look like others"),
        ({"from": "Im\u043egen Calderwick <x@example.net>"}, "different scripts"),
        ({"from": "a@example.net, b@example.net"}, "more than one author"),
        ({"reply_to": "x@example.net"}, "Answers would go to another domain"),
        ({"authentication_results": "mx.example; dmarc=fail"}, "DMARC failed"),
    ],
)
def test_senders_that_are_not_who_they_seem(fields: dict[str, str], warning: str):
    (said,) = summary(letter(**fields))["sender_warnings"]
    assert warning in said


@pytest.mark.hostile("A05")
def test_two_from_lines_are_a_warning_too():
    assert summary(b"From: x@example.net\r\n" + letter())["sender_warnings"][0].startswith(
        "It has more than one From"
    )


@pytest.mark.parametrize("name", ["René O’Brien", "Łukasz Żółć", "Юрий Иванов", "田中 太郎"])
def test_honest_foreign_names_raise_no_warning(name: str):
    assert summary(letter(**{"from": f"{name} <x@example.net>"}))["sender_warnings"] == []


@pytest.mark.parametrize(
    "domain", ["example.com", "münchen.example", "пример.example", "例え.example", "xn--9.example"]
)
def test_honest_domains_are_not_lookalikes(domain: str):
    assert not is_lookalike(domain)


@pytest.mark.parametrize(
    "subject",
    [
        "Desks",
        "Re: Desks",
        "FW: RE[2]: desks",
        "[OFFICIAL] Desks",
        "Re: OFFICIAL-SENSITIVE: AW: Desks",
        "Desks [OFFICIAL]",
    ],
)
def test_subjects_of_one_thread_are_equal(subject: str):
    assert plain_subject(subject) == "desks"


def test_a_thread_is_found_by_references_then_by_subject():
    first = summary(letter())
    answer = summary(
        letter(message_id="<two@x.example>", in_reply_to="<one@specialist-crime.example>", subject="Re: x")
    )
    later = summary(
        letter(message_id="<3@x.example>", references="<one@specialist-crime.example> <two@x.example>")
    )
    lost = summary(letter(message_id="<4@x.example>", subject="Re: Papers for Thursday"))
    other = summary(letter(message_id="<5@x.example>", subject="Papers for Thursday"))
    assert [thread_key(one) for one in (first, answer, later, lost, other)] == [
        "id:<one@specialist-crime.example>",
        "id:<one@specialist-crime.example>",
        "id:<one@specialist-crime.example>",
        "subject:papers for thursday",
        "id:<5@x.example>",
    ]
    assert conversations([first, answer, later, lost, other]) == [0, 0, 0, 0, 4]
    assert conversations([answer, first]) == [0, 0]
