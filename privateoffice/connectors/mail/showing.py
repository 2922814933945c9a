"""What the office keeps in its rows of a message, and what it shows of its page. Runs in the child."""

import base64
from typing import Any

from privateoffice.connectors.mail import reports
from privateoffice.connectors.mail.letter import Enclosure
from privateoffice.connectors.mail.names import kind_of
from privateoffice.connectors.mail.parse import letter_of, summary
from privateoffice.connectors.mail.reading import html_of
from privateoffice.connectors.mail.sanitise import safe_html

PICTURES = {"image/png", "image/jpeg", "image/gif", "image/bmp", "image/webp"}
PICTURE_BYTES = 8 * 1024 * 1024


def digest_of_message(raw: bytes, format: str = "eml") -> dict[str, Any]:
    """The summary without the page and the calendars' bytes, but with how many remote pictures the page wants."""
    told = summary(raw, format)
    html, calendars = told.pop("html"), told.pop("calendars")
    return {
        **told,
        "has_html": bool(html.strip()),
        "remote_pictures": safe_html(html).remote_pictures if html else 0,
        "invitations": [{"method": one["method"]} for one in calendars],
        "bounces": _bounces(raw, format, told),
    }


def _bounces(raw: bytes, format: str, told: dict[str, Any]) -> list[dict[str, Any]]:
    """Whom a report says that something did not reach. Most messages are none, and cost nothing here."""
    sender = (told["from"] or {}).get("address", "") or (told["from"] or {}).get("name", "")
    letter = None
    if reports.may_be_report(sender, told["subject"], is_automatic=told["is_automatic"]):
        letter = letter_of(raw, format)
    return reports.bounces_of(letter, told["text"]) if letter else []


def calendars(raw: bytes, format: str = "eml") -> list[bytes]:
    """The calendar files that the message carries."""
    return [one.content for one in letter_of(raw, format).invitations]


def page(raw: bytes, format: str = "eml", fetched: dict[str, str] | None = None) -> dict[str, Any]:
    """The page of a message made safe, its own pictures inside it, and how many remote ones were left out.

    `fetched` holds those of other machines that were fetched for it, as data, by their addresses.
    """
    letter = letter_of(raw, format)
    own = _own_pictures(letter.enclosures)
    made = safe_html(letter.shortened(html_of(letter.segments)), own, fetched)
    return {"html": made.html, "remote_pictures": made.remote_pictures}


def wanted(raw: bytes, format: str = "eml") -> list[str]:
    """The addresses of the pictures on other machines that stand in the text of the page, each once, in order."""
    letter = letter_of(raw, format)
    return list(safe_html(letter.shortened(html_of(letter.segments))).wanted)


def _own_pictures(enclosures: list[Enclosure]) -> dict[str, str]:
    """The pictures that the message carries, by Content-ID, as data that needs no other request."""
    urls: dict[str, str] = {}
    room = PICTURE_BYTES
    for one in enclosures:
        kind = kind_of(one.content)
        if one.cid and kind in PICTURES and len(one.content) <= room:
            room -= len(one.content)
            urls[one.cid] = f"data:{kind};base64,{base64.b64encode(one.content).decode()}"
    return urls
