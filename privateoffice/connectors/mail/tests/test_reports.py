"""Reports of what did not arrive, in the standard form and as servers write them by hand (A22)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from privateoffice.connectors.mail.parse import letter_of
from privateoffice.connectors.mail.reading import plain_of
from privateoffice.connectors.mail.reports import bounces_of
from privateoffice.connectors.mail.showing import digest_of_message

COPY = "From: pa@homicide.example\r\nMessage-ID: <ours@homicide.example>\r\nSubject: Hello\r\n\r\nHello.\r\n"


def told(raw: str) -> list[tuple[str, bool]]:
    found = digest_of_message(raw.replace("\n", "\r\n").replace("\r\r", "\r").encode())["bounces"]
    assert all(one["message_id"] == "<ours@homicide.example>" for one in found)
    return [(one["address"], one["is_final"]) for one in found]


def standard(status: str, kind: str = "message/rfc822") -> str:
    return (
        "From: MAILER-DAEMON@x.example\nSubject: Undelivered\nDate: Mon, 2 Nov 2026 10:00:00 +0000\n"
        'Content-Type: multipart/report; boundary="b"\n\n'
        f"--b\n\nSorry.\n--b\nContent-Type: message/delivery-status\n\n{status}\n"
        f"--b\nContent-Type: {kind}\n\n{COPY}\n--b--\n"
    )


TWO = (
    "Reporting-MTA: dns; x\n\nFinal-Recipient: rfc822; One@x.example\nAction: failed\nStatus: 5.1.1\n\n"
    "Original-Recipient: rfc822;two@x.example\nFinal-Recipient: rfc822; other@x.example\nAction: delayed\n"
)


@pytest.mark.hostile("A22")
def test_each_recipient_of_a_standard_report_with_what_was_first_written():
    assert told(standard(TWO)) == [("one@x.example", True), ("two@x.example", False)]


@pytest.mark.hostile("A22")
def test_blank_lines_too_many_and_headers_alone():
    status = TWO.replace("\n\n", "\n\n \n\n")
    assert told(standard(status, "text/rfc822-headers")) == [("one@x.example", True), ("two@x.example", False)]


def test_a_report_of_success_is_no_bounce():
    assert (
        told(standard("Reporting-MTA: dns; x\n\nFinal-Recipient: rfc822; a@x.example\nAction: delivered\n")) == []
    )


EXIM = f"""From: Mail Delivery System <Mailer-Daemon@x.example>
Subject: Mail delivery failed: returning message to sender
Date: Mon, 2 Nov 2026 10:00:00 +0000
X-Failed-Recipients: gone@x.example
Auto-Submitted: auto-replied

This message was created automatically by mail delivery software.

  gone@x.example
    host mx.x.example [192.0.2.1]
    550 No such user here

------ This is a copy of the message, including all the headers. ------

{COPY}"""

QMAIL = f"""Return-Path: <>
From: MAILER-DAEMON@x.example
Subject: failure notice
Date: Mon, 2 Nov 2026 10:00:00 +0000

Hi. This is the qmail-send program at x.example.

<gone@x.example>:
Sorry, no mailbox here by that name. (#5.1.1)

--- Below this line is a copy of the message.

{COPY}"""

DELAYED = QMAIL.replace("failure notice", "Warning: could not send message, delayed")


@pytest.mark.parametrize(
    ("raw", "found"),
    [
        (EXIM, [("gone@x.example", True)]),
        (QMAIL, [("gone@x.example", True)]),
        (DELAYED, [("gone@x.example", False)]),
    ],
)
def test_reports_as_servers_write_them_by_hand(raw, found):
    assert told(raw) == found


def test_a_person_who_quotes_our_letter_is_no_report():
    raw = (
        QMAIL.replace("Return-Path: <>\n", "").replace("MAILER-DAEMON", "a.person").replace("failure notice", "Hi")
    )
    assert told(raw) == []


@given(st.binary(max_size=400))
def test_whatever_stands_in_a_report_it_is_read_or_left(junk):
    raw = standard("").encode().replace(b"\n", b"\r\n").replace(b"Sorry.", junk)
    letter = letter_of(raw)
    assert isinstance(bounces_of(letter, plain_of(letter.segments)), list)
