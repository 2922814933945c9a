"""Reports that a message did not arrive: in the standard form (RFC 3464) and in those that mail servers made up.

Each recipient that a report names comes as a dict: message_id (of what was sent), address, words, is_final.
A report is only a claim. Whoever is told of it matches the Message-ID to what was really sent.
"""

import re
from typing import Any

from privateoffice.connectors.mail.charsets import clean_line
from privateoffice.connectors.mail.headers import Header, split_header
from privateoffice.connectors.mail.letter import Letter

STATUS = ("message/delivery-status", "message/global-delivery-status")
RETURNED = ("message/rfc822", "text/rfc822-headers", "message/global", "message/global-headers")
MOST = 1000
WORDS = 300

_DAEMONS = re.compile(
    r"^(mailer-daemon|postmaster|mail delivery|mailerdaemon|bounce[sd]?|microsoftexchange)", re.I
)
_SUBJECTS = re.compile(
    r"undeliver|delivery (status|failure|has failed|delayed|report)|returned mail|mail delivery|failure notice|"
    r"could not be delivered|delivery incomplete",
    re.I,
)
_LATE = re.compile(r"delay|warning|still being retried|not yet been delivered", re.I)
_ID = re.compile(r"^[ \t>|]*message-id:\s*(<[^<>\s]+>)", re.I | re.M)
_ADDRESSES = re.compile(r"<([^<>\s@]{1,64}@[^<>\s@]{1,255})>")
_NAMED = (
    re.compile(r"^\s*<([^<>\s@]+@[^<>\s@]+)>:?[ \t]*\n?[ \t]*(.*)$", re.M),
    re.compile(r"^\s*([^<>\s@:]+@[^<>\s@:]+)\s*\n\s+(.*(?:\n\s+\S.*){0,3})", re.M),
    re.compile(r"\b((?:4|5)\d\d[ -](?:[45]\.\d+\.\d+ )?)<([^<>\s@]+@[^<>\s@]+)>(.*)"),
)


def may_be_report(sender: str, subject: str, *, is_automatic: bool) -> bool:
    """Whether it is worth looking for a report. Cheap; says yes rather than miss one."""
    return is_automatic or not sender or bool(_DAEMONS.match(sender) or _SUBJECTS.search(subject))


def bounces_of(letter: Letter, text: str) -> list[dict[str, Any]]:
    """Every recipient that the report names; nothing where it is no report or does not say of what."""
    status = next((one for one in letter.enclosures if one.content_type in STATUS), None)
    message_id = _returned_id(letter) or _id_in(text)
    if not message_id:
        return []
    found = _standard(status.content) if status else _made_up(letter.header, text)
    return [{"message_id": message_id, **one} for one in found[:MOST]]


def _returned_id(letter: Letter) -> str:
    for one in letter.enclosures:
        if one.content_type in RETURNED:
            header, _ = split_header(one.content.lstrip(b"\r\n"))
            found = re.search(r"<[^<>\s]+>", header.first("message-id"))
            if found:
                return found[0]
    return ""


def _id_in(text: str) -> str:
    found = _ID.search(text)
    return found[1] if found else ""


def _standard(content: bytes) -> list[dict[str, Any]]:
    """The groups of fields after the first, wherever blank lines stand; each names one recipient."""
    found = []
    for group in re.split(rb"\r?\n(?:[ \t]*\r?\n)+", content):
        header, _ = split_header(group.strip() + b"\r\n\r\n")
        address = _address(header.first("final-recipient") or header.first("original-recipient"))
        action = header.first("action").strip().lower()
        if address and action in ("failed", "delayed"):
            original = _address(header.first("original-recipient"))
            said = [
                header.first("diagnostic-code").partition(";")[2] or header.first("diagnostic-code"),
                header.first("status"),
            ]
            words = clean_line(" ".join(dict.fromkeys(one.strip() for one in said if one.strip())))
            found.append(
                {
                    "address": original or address,
                    "final": address,
                    "words": words[:WORDS],
                    "is_final": action == "failed",
                }
            )
    return [{"address": one["address"], "words": one["words"], "is_final": one["is_final"]} for one in found]


def _address(value: str) -> str:
    text = clean_line(value.partition(";")[2] or value).strip().strip("<>")
    return text.lower() if "@" in text else ""


def _made_up(header: Header, text: str) -> list[dict[str, Any]]:
    """Servers that write plainly: a field that names who failed, or addresses with a reason behind them."""
    if not _is_one(header):
        return []
    is_final = not _LATE.search(header.text("subject"))
    own, _, _ = _without_copy(text)
    named = _named_in(own)
    failed = [
        one.strip().lower()
        for value in header.all("x-failed-recipients")
        for one in value.split(",")
        if "@" in one
    ]
    addresses = dict.fromkeys(failed or named)
    return [
        {"address": address, "words": clean_line(named.get(address, ""))[:WORDS], "is_final": is_final}
        for address in addresses
    ]


def _is_one(header: Header) -> bool:
    sender = header.text("from").lower()
    address = re.search(r"[^<\s]+@", sender)
    is_daemon = bool(_DAEMONS.match(sender.strip('" ')) or (address and _DAEMONS.match(address[0].lstrip("<"))))
    is_null = header.first("return-path").replace(" ", "") == "<>"
    return (
        bool(header.first("x-failed-recipients"))
        or is_daemon
        or (is_null and bool(_SUBJECTS.search(header.text("subject"))))
    )


def _without_copy(text: str) -> tuple[str, str, str]:
    """The server's own words, before the copy of what came back."""
    cut = re.search(
        r"(?im)^\s*-{2,}.*\b(copy|original|returned|below this line)\b.*$"
        r"|^[ \t>|]*(received|return-path|message-id):",
        text,
    )
    return (text[: cut.start()], cut[0], text[cut.end() :]) if cut else (text, "", "")


def _named_in(text: str) -> dict[str, str]:
    named: dict[str, str] = {}
    for pattern in _NAMED[:2]:
        for found in pattern.finditer(text):
            named.setdefault(found[1].lower(), " ".join(found[2].split()))
    for found in _NAMED[2].finditer(text):
        named.setdefault(found[2].lower(), " ".join((found[1] + found[3]).split()))
    return named or {one.lower(): "" for one in _ADDRESSES.findall(text)}
