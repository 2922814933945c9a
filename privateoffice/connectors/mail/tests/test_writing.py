"""What goes out is read back the same, and no field can add a line to the header."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from privateoffice.connectors.mail.parse import part_of, summary
from privateoffice.connectors.mail.writing import Attached, NotSendable, Outgoing, Person, compose

PLAIN = Outgoing(
    author=Person("imogen@specialist-crime.example", "Imogen Calderwick"),
    sent_by=Person("delphine@specialist-crime.example", "Delphine Hartsough"),
    to=[Person("j@example.org", "O’Brien, Jo"), Person("k@example.org")],
    cc=[Person("l@example.org", "Łukasz Żółć")],
    bcc=[Person("hidden@example.org", "Hidden")],
    subject="Desks – a reminder",
    text="From Monday:\n.\ncafé\n",
    message_id="<7@specialist-crime.example>",
    in_reply_to="<6@x.example>",
    references=["<5@x.example>", "<6@x.example>"],
    date=datetime(2026, 1, 26, 9, 30, tzinfo=UTC),
)


def test_what_goes_out_is_read_back_the_same():
    held = summary(compose(PLAIN))
    assert held["faults"] == []
    assert (held["subject"], held["text"]) == ("Desks – a reminder", "From Monday:\n.\ncafé")
    assert held["from"] == {"name": "Imogen Calderwick", "address": "imogen@specialist-crime.example"}
    assert held["sender"] == {"name": "Delphine Hartsough", "address": "delphine@specialist-crime.example"}
    assert held["to"] == [
        {"name": "O’Brien, Jo", "address": "j@example.org"},
        {"name": "", "address": "k@example.org"},
    ]
    assert held["cc"] == [{"name": "Łukasz Żółć", "address": "l@example.org"}]
    assert (held["date"], held["message_id"]) == ("2026-01-26T09:30:00+00:00", "<7@specialist-crime.example>")
    assert (held["in_reply_to"], held["references"]) == (["<6@x.example>"], ["<5@x.example>", "<6@x.example>"])


def test_a_blind_copy_is_in_the_envelope_only():
    assert PLAIN.recipients == ["j@example.org", "k@example.org", "l@example.org", "hidden@example.org"]
    assert b"idden" not in compose(PLAIN)


def test_attachments_and_html_go_along():
    names = ["Plan – café.pdf", 'a"b\\c.txt', "x" * 200 + ".docx"]
    files = [Attached(name, "application/pdf", b"\x00\xff" * 100) for name in names]
    raw = compose(
        replace(
            PLAIN, html="<p>café</p>", attachments=[*files, Attached("m.eml", "message/rfc822", compose(PLAIN))]
        )
    )
    held = summary(raw)
    assert [one["name_given"] for one in held["attachments"]] == [*names, "m.eml"]
    assert (held["html"].strip(), held["text"]) == ("<p>café</p>", "From Monday:\n.\ncafé")
    assert part_of(raw, 0) == b"\x00\xff" * 100
    assert part_of(raw, 3) == compose(PLAIN)


def test_the_same_fields_give_the_same_bytes_in_lines_that_every_server_takes():
    raw = compose(
        replace(PLAIN, subject="word " * 300, to=[Person(f"p{n}@example.org", "é" * 60) for n in range(245)])
    )
    assert raw == compose(
        replace(PLAIN, subject="word " * 300, to=[Person(f"p{n}@example.org", "é" * 60) for n in range(245)])
    )
    assert max(map(len, raw.split(b"\r\n"))) < 998
    assert raw.replace(b"\r\n", b"").count(b"\n") == 0


@pytest.mark.hostile("A06")
@pytest.mark.parametrize(
    "changes",
    [
        {"subject": "x\r\nBcc: thief@example.net"},
        {"subject": "x\nBcc: thief@example.net"},
        {"subject": "x\u2028y"},
        {"to": [Person("j@example.org", "Jo\r\nBcc: thief@example.net")]},
        {"to": [Person("j@example.org>, <thief@example.net")]},
        {"to": [Person("j@example.org\nBcc: thief@example.net")]},
        {"to": [Person("j@éxample.org")]},
        {"bcc": [Person("nobody")]},
        {"message_id": "<a@b>\r\nBcc: thief@example.net"},
        {"references": ["no brackets"]},
        {"attachments": [Attached("a\r\nContent-Type: text/html", "text/plain", b"x")]},
        {"to": [], "cc": [], "bcc": []},
    ],
)
def test_what_would_add_a_line_is_refused(changes: dict[str, object]):
    with pytest.raises(NotSendable):
        compose(replace(PLAIN, **changes))  # type: ignore[arg-type]


words = st.text(st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"]), max_size=120)


@settings(max_examples=150, deadline=None)
@given(words, words, words, st.text(max_size=200))
def test_any_words_arrive_as_they_were(subject: str, name: str, file: str, text: str):
    raw = compose(
        replace(
            PLAIN,
            subject=subject,
            to=[Person("j@example.org", name)],
            text=text,
            attachments=[Attached(file, "x/y", b"")],
        )
    )
    head = raw.split(b"\r\n\r\n")[0].decode("ascii").split("\r\n")
    assert [line.split(":")[0] for line in head if line[0] != " "] == [
        "From", "Sender", "To", "Cc", "Subject", "Date", "Message-ID", "In-Reply-To", "References",
        "MIME-Version", "Content-Type",
    ]  # fmt: skip
    held = summary(raw)
    assert (held["subject"], held["faults"]) == (" ".join(subject.split()), [])
    assert [one["address"] for one in held["to"]] == ["j@example.org"]
