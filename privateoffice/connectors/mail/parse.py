"""Sums up one foreign message for the office. Runs in the child of the quarantine; see `summary`.

    with Reader("privateoffice.connectors.mail.parse:summary") as reader:
        for found in messages_in(path):
            held = reader.read(found.raw, format=found.format)

`needs_a_look` is true exactly when `faults` is not empty, and a fault is a sentence about something in this
very message that was not read, had to be recovered, or was not understood. What is merely old-fashioned is no
fault; what is suspicious about the sender stands in `sender_warnings`; what is encrypted, in `protected`.
"""

import base64
import hashlib
from typing import Any

from privateoffice.connectors.mail import outlook, tnef
from privateoffice.connectors.mail.addresses import Address, addresses
from privateoffice.connectors.mail.charsets import clean, clean_line
from privateoffice.connectors.mail.dates import arrival, instant
from privateoffice.connectors.mail.headers import Header
from privateoffice.connectors.mail.letter import Enclosure, Letter
from privateoffice.connectors.mail.markings import FIELDS, marked
from privateoffice.connectors.mail.names import apart, cleaned, hides_its_ending, kind_of
from privateoffice.connectors.mail.reading import html_of, plain_of, read
from privateoffice.connectors.mail.senders import warnings_of

NOT_A_MESSAGE = "This is not a message that is understood here."
EMPTY = "It is empty."
_FIELDS = "from to cc subject date message-id received sender mime-version return-path content-type"
_ESSENTIAL = set(_FIELDS.split())


def summary(raw: bytes, format: str = "eml") -> dict[str, Any]:
    """Everything that the office shows or files of one message, fit for JSON and for both databases.

    `format` is what `messages_in` said: eml, mbox, maildir, msg or unknown. The keys: subject; from, sender
    (name and address, or None); all_from, reply_to, to, cc, bcc; date_claimed (text), date and arrived (ISO
    instants in UTC, or None); message_id, in_reply_to, references; list_id, auto_submitted, precedence,
    null_sender, is_automatic; text, html (not yet safe); attachments; calendars; marking, handling,
    marking_words; protected; sender_warnings; faults; needs_a_look.
    """
    letter = letter_of(raw, format)
    people = _people(letter)
    faults = letter.faults
    head = _head(letter.header, faults)
    text, html = letter.shortened(plain_of(letter.segments)), letter.shortened(html_of(letter.segments))
    warnings = warnings_of(
        people["all_from"],
        len(letter.header.all("from")),
        people["reply_to"],
        letter.header.all("authentication-results"),
    )
    _judge(raw, letter, people)
    fields = [value for name in FIELDS for value in letter.header.all(name)] + _labels(letter.header)
    faults = list(dict.fromkeys(clean_line(one) for one in [*letter.header.faults, *letter.faults]))
    return {
        **head,
        **people,
        "text": text,
        "html": html,
        "attachments": [_listed(one) for one in zip_names(letter.enclosures)],
        "calendars": [
            {"content": base64.b64encode(one.content).decode(), "method": clean_line(one.method)}
            for one in letter.invitations
        ],
        **marked(head["subject"], fields, text),
        "protected": letter.protected,
        "sender_warnings": [clean_line(one) for one in warnings],
        "faults": faults,
        "needs_a_look": bool(faults),
    }


def part_of(raw: bytes, index: int, format: str = "eml") -> bytes:
    """The bytes of one attachment, by its place in the summary's list. Raises IndexError."""
    if index < 0:
        raise IndexError(index)
    return letter_of(raw, format).enclosures[index].content


def letter_of(raw: bytes, format: str = "eml") -> Letter:
    """The bytes taken apart by the reader for what they are, whatever the file was called."""
    if raw.startswith(outlook.SIGNATURE):
        return outlook.read(raw)
    if raw.startswith(tnef.SIGNATURE):
        return tnef.read(raw)
    return read(raw, is_from_mbox=format == "mbox")


def zip_names(enclosures: list[Enclosure]) -> list[tuple[Enclosure, str]]:
    """Each enclosure with the name that it is shown under; no two are the same."""
    names = [cleaned(one.name, one.content_type, place) for place, one in enumerate(enclosures)]
    return list(zip(enclosures, apart(names), strict=True))


def _head(header: Header, faults: list[str]) -> dict[str, Any]:
    claimed = header.text("date")
    date, fault = instant(claimed)
    if fault:
        faults.append(fault)
    automatic = header.text("auto-submitted").lower()
    precedence = header.text("precedence").lower()
    null_sender = header.first("return-path").replace(" ", "") == "<>"
    return {
        "subject": header.text("subject"),
        "date_claimed": claimed,
        "date": date,
        "arrived": arrival(header.text("received")),
        "message_id": _ids(header.first("message-id"))[0] if header.first("message-id").strip() else "",
        "in_reply_to": _ids(header.first("in-reply-to")),
        "references": _ids(header.first("references")),
        "list_id": header.text("list-id"),
        "auto_submitted": automatic,
        "precedence": precedence,
        "null_sender": null_sender,
        "is_automatic": null_sender
        or automatic not in ("", "no")
        or precedence in ("bulk", "junk", "list", "auto_reply")
        or bool(header.first("x-autoreply") or header.first("x-auto-response-suppress")),
    }


def _ids(value: str) -> list[str]:
    """Message numbers in angle brackets; a bare one is taken as it stands."""
    line = clean_line(value)
    found = [f"<{one.split('>')[0].strip()}>" for one in line.split("<")[1:] if one.split(">")[0].strip()]
    return found or ([line] if line else [])


def _people(letter: Letter) -> dict[str, Any]:
    header = letter.header
    authors = addresses(header.all("from"))
    senders = addresses(header.all("sender"))
    return {
        "from": authors[0] if authors else None,
        "all_from": authors,
        "sender": senders[0] if senders else None,
        **{name.replace("-", "_"): addresses(header.all(name)) for name in ("reply-to", "to", "cc", "bcc")},
    }


def _judge(raw: bytes, letter: Letter, people: dict[str, Any]) -> None:
    """Add what is wrong with the message as a whole."""
    faults, names = letter.faults, {name for name, _ in letter.header.fields}
    if not raw.strip():
        faults[:] = [EMPTY]
    elif raw.startswith(tnef.SIGNATURE):
        faults[:] = [*(one for one in faults if "date" not in one), "This is only the Outlook part of a message."]
    elif not names & _ESSENTIAL:
        faults[:] = [NOT_A_MESSAGE, *(one for one in faults if "date" not in one)]
    else:
        if len(letter.header.all("from")) > 1:
            faults.append("It has two From lines.")
        authors: list[Address] = people["all_from"]
        if not authors:
            faults.append("It does not say who it is from.")
        elif not authors[0]["address"]:
            faults.append("It does not give the sender's address in a form that is understood here.")


def _labels(header: Header) -> list[str]:
    """Microsoft's sensitivity labels: their name stands in a field or in a list of pairs."""
    pairs = [part for value in header.all("msip_labels") for part in value.split(";") if "_Name=" in part]
    return [part.partition("=")[2] for part in pairs] + [
        value for name, value in header.fields if name.startswith("msip_label_") and name.endswith("_name")
    ]


def _listed(pair: tuple[Enclosure, str]) -> dict[str, Any]:
    enclosure, name = pair
    declared = clean_line(enclosure.content_type)[:200]
    return {
        "name": name,
        "name_given": clean(enclosure.name),
        "content_type": declared,
        "content_type_found": kind_of(enclosure.content),
        "size": len(enclosure.content),
        "digest": hashlib.sha256(enclosure.content).hexdigest(),
        "cid": clean_line(enclosure.cid),
        "inline": enclosure.disposition != "attachment" and bool(enclosure.cid),
        "inside": clean_line(enclosure.inside),
        "is_message": declared in ("message/rfc822", "message/global", "application/vnd.ms-outlook"),
        "name_hides_its_ending": hides_its_ending(enclosure.name),
    }
