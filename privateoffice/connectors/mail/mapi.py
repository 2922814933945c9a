"""What Outlook's two formats, winmail.dat and .msg, have in common: numbered properties."""

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any

from privateoffice.connectors.mail.charsets import codec_of, decoded
from privateoffice.connectors.mail.letter import Enclosure, Letter, Segment
from privateoffice.connectors.mail.rtf import unpacked, words_of

SUBJECT, BODY, RTF, HTML = 0x0037, 0x1000, 0x1009, 0x1013
CLASS, HEADERS, MESSAGE_ID, REFERENCES, IN_REPLY_TO = 0x001A, 0x007D, 0x1035, 0x1039, 0x1042
SENT_AT, DELIVERED_AT, SENSITIVITY = 0x0039, 0x0E06, 0x0036
NAME, ADDRESS_KIND, ADDRESS, SMTP_ADDRESS, RECIPIENT_KIND = 0x3001, 0x3002, 0x3003, 0x39FE, 0x0C15
LONG_NAME, SHORT_NAME, MIME_TYPE, CONTENT_ID, DATA = 0x3707, 0x3704, 0x370E, 0x3712, 0x3701
DISPLAY_TO, DISPLAY_CC, DISPLAY_BCC = 0x0E04, 0x0E03, 0x0E02
CODE_PAGE, INTERNET_CODE_PAGE, LOCALE = 0x3FFD, 0x3FDE, 0x3FF1
AUTHOR = (0x0042, 0x0065, 0x5D02)  # on whose behalf: name, address, Internet address
SENDER = (0x0C1A, 0x0C1F, 0x5D01)

# The code page of a language, by the low byte of its number in Windows; Chinese differs by country.
_PAGES = {0x01: 1256, 0x05: 1250, 0x0E: 1250, 0x15: 1250, 0x08: 1253, 0x0D: 1255, 0x11: 932, 0x12: 949,
          0x19: 1251, 0x22: 1251, 0x02: 1251, 0x1E: 874, 0x1F: 1254, 0x2A: 1258, 0x25: 1257}  # fmt: skip
_CHINESE = {0x0404: 950, 0x0C04: 950, 0x1404: 950, 0x0804: 936, 0x1004: 936}

Properties = dict[int, Any]


def charset_of(page: object) -> str:
    """The character set of a Windows code page."""
    special = {65001: "utf-8", 1200: "utf-16-le", 20127: "us-ascii", 50220: "iso-2022-jp", 51949: "euc-kr",
               51932: "euc-jp", 20866: "koi8-r", 28591: "iso-8859-1", 20932: "euc-jp", 21866: "koi8-u",
               54936: "gb18030", 936: "gbk"}  # fmt: skip
    if not isinstance(page, int):
        return ""
    if 28592 <= page <= 28605:
        return f"iso-8859-{page - 28590}"
    name = special.get(page, f"cp{page}")
    return name if codec_of(name) else ""


def charset_for(properties: Properties) -> str:
    """The character set of the texts that are not Unicode: as stated, else by the writer's language."""
    locale = properties.get(LOCALE)
    by_language = _CHINESE.get(locale) or _PAGES.get(locale & 0xFF) if isinstance(locale, int) else None
    pages = (properties.get(CODE_PAGE), properties.get(INTERNET_CODE_PAGE), by_language)
    return next((name for name in map(charset_of, pages) if name), "cp1252")


def text_in(value: object, charset: str = "") -> str:
    """A property as text, whatever it was kept as."""
    if isinstance(value, bytes):
        return decoded(value, charset)[0].rstrip("\x00")
    return value.rstrip("\x00") if isinstance(value, str) else ""


def moment_of(ticks: int) -> datetime | None:
    """Windows counts tenths of a microsecond since 1601."""
    try:
        return datetime(1601, 1, 1, tzinfo=UTC) + timedelta(microseconds=ticks // 10)
    except (OverflowError, ValueError):
        return None


def segment_of(properties: Properties, faults: list[str]) -> Segment:
    """The body: plain text, HTML, or what can be had from rich text."""
    page = properties.get(INTERNET_CODE_PAGE) or properties.get(CODE_PAGE)
    segment = Segment(plain=text_in(properties.get(BODY)), html=_html(properties.get(HTML), page))
    rich = properties.get(RTF)
    if isinstance(rich, bytes) and rich and not segment.html:
        try:
            words, is_html = words_of(unpacked(rich))
        except (ValueError, OverflowError):
            faults.append("Its rich text is damaged and was not read.")
            return segment
        if is_html:
            segment.html = words
        elif not segment.plain.strip():
            segment.plain = words
    return segment


def _html(value: object, page: object) -> str:
    return text_in(value, charset_of(page)) if value else ""


def fields_of(properties: Properties, recipients: list[Properties]) -> list[tuple[str, str]]:
    """A header made from properties, for items that came without one."""
    author, sender = (_who(properties, *ids) for ids in (AUTHOR, SENDER))
    moment = properties.get(SENT_AT) or properties.get(DELIVERED_AT)
    fields = [
        ("subject", text_in(properties.get(SUBJECT))),
        ("from", author or sender),
        ("sender", sender if sender != author else ""),
        ("date", format_datetime(moment) if isinstance(moment, datetime) else ""),
        ("message-id", text_in(properties.get(MESSAGE_ID))),
        ("in-reply-to", text_in(properties.get(IN_REPLY_TO))),
        ("references", text_in(properties.get(REFERENCES))),
        *_recipient_fields(properties, recipients),
    ]
    return [(name, value) for name, value in fields if value]


def _recipient_fields(properties: Properties, recipients: list[Properties]) -> list[tuple[str, str]]:
    fields = []
    for number, name, shown in ((1, "to", DISPLAY_TO), (2, "cc", DISPLAY_CC), (3, "bcc", DISPLAY_BCC)):
        those = [one for one in recipients if (one.get(RECIPIENT_KIND, 1) or 1) & 15 == number]
        value = ", ".join(filter(None, (_who(one, NAME, ADDRESS, SMTP_ADDRESS) for one in those)))
        fields.append((name, value or text_in(properties.get(shown))))
    return fields


def _who(properties: Properties, name: int, address: int, internet: int) -> str:
    spoken = text_in(properties.get(name)).replace("\\", "").replace('"', "").strip()
    reached = text_in(properties.get(internet)) or text_in(properties.get(address))
    reached = reached.removeprefix("SMTP:").strip("<>'\" ") if "@" in reached else ""
    if spoken == reached or not reached:
        return reached or (f'"{spoken}"' if spoken else "")
    return f'"{spoken}" <{reached}>'


def enclosure_of(properties: Properties, content: bytes, inside: str = "") -> Enclosure:
    """An attachment's name, kind and bytes."""
    names = (text_in(properties.get(number)) for number in (LONG_NAME, SHORT_NAME, NAME))
    return Enclosure(
        name=next((name for name in names if name), ""),
        content_type=text_in(properties.get(MIME_TYPE)).lower() or "application/octet-stream",
        content=content,
        cid=text_in(properties.get(CONTENT_ID)).strip("<> "),
        inside=inside,
    )


def body_into(letter: Letter, properties: Properties) -> None:
    """Put the body of an Outlook item into a letter."""
    segment = segment_of(properties, letter.faults)
    if segment.plain.strip() or segment.html.strip():
        letter.segments.append(segment)
