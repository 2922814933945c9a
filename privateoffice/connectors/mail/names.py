"""Attachment names and kinds: cleaned to be shown and saved, and judged by content."""

import mimetypes
import re

from privateoffice.connectors.mail.charsets import BIDI, clean_line

LONGEST = 150
_INVISIBLE = re.compile("[\u00ad\u200b-\u200d\u2060\ufeff]")
_FORBIDDEN = re.compile(r'[<>:"|?*]')
_DEVICE = re.compile(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\.|$)")
_MAGIC = (
    (b"%PDF-", "application/pdf"),
    (b"\x89PNG\r\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF8", "image/gif"),
    (b"BM", "image/bmp"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
    (b"MZ", "application/vnd.microsoft.portable-executable"),
    (b"\x7fELF", "application/x-elf"),
    (b"{\\rtf", "application/rtf"),
    (b"\x1f\x8b", "application/gzip"),
    (b"7z\xbc\xaf", "application/x-7z-compressed"),
    (b"Rar!", "application/vnd.rar"),
    (b"\x78\x9f\x3e\x22", "application/ms-tnef"),
    (b"BEGIN:VCALENDAR", "text/calendar"),
    (b"BEGIN:VCARD", "text/vcard"),
    (b"<?xml", "application/xml"),
    (b"<svg", "image/svg+xml"),
)
_OFFICE = (
    (b"word/", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    (b"xl/", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    (b"ppt/", "application/vnd.openxmlformats-officedocument.presentationml.presentation"),
    (b"opendocument.text", "application/vnd.oasis.opendocument.text"),
    (b"opendocument.spreadsheet", "application/vnd.oasis.opendocument.spreadsheet"),
)
_KNOWN = mimetypes.MimeTypes(())  # without the machine's own list, so that every machine says the same
_ENDINGS = {"text/plain": ".txt", "text/html": ".html", "message/rfc822": ".eml", "image/jpeg": ".jpg",
    "message/delivery-status": ".txt", "message/disposition-notification": ".txt", "text/rfc822-headers": ".txt",
    "message/feedback-report": ".txt", "message/global": ".eml", "application/ms-tnef": ".dat",
}  # fmt: skip


def cleaned(given: str, content_type: str, position: int) -> str:
    """A name fit to be shown and saved: no path, no controls, no device name, the true ending last."""
    name = BIDI.sub("", _INVISIBLE.sub("", clean_line(given)))
    name = _FORBIDDEN.sub("_", re.split(r"[/\\]", name)[-1]).strip(" .")
    if not name:
        return f"attachment-{position + 1}{ending_of(content_type)}"
    name = f"_{name}" if _DEVICE.match(name) else name
    if len(name) > LONGEST:
        stem, dot, ending = name.rpartition(".")
        keep = f"{dot}{ending}" if stem and len(ending) <= 10 else ""
        name = f"{name[: LONGEST - len(keep) - 1]}…{keep}"
    return name


def apart(names: list[str]) -> list[str]:
    """The same names, the second of a kind with (2) before its ending, and so on."""
    seen: dict[str, int] = {}
    out = []
    for name in names:
        seen[name.lower()] = count = seen.get(name.lower(), 0) + 1
        stem, dot, ending = name.rpartition(".")
        numbered = f"{stem} ({count}){dot}{ending}" if stem else f"{name} ({count})"
        out.append(name if count == 1 else numbered)
    return out


def hides_its_ending(given: str) -> bool:
    """Whether the name holds characters that make it look other than it is."""
    return bool(BIDI.search(given))


def kind_of(content: bytes) -> str:
    """The kind that the first bytes show, or an empty string where they show none."""
    head = content[:1024].lstrip(b"\xef\xbb\xbf \t\r\n") if content[:1] in b"\xef \t\r\n" else content[:1024]
    if head.startswith(b"PK\x03\x04"):
        return next(
            (kind for mark, kind in _OFFICE if mark in content[:4096] + content[-8192:]), "application/zip"
        )
    if head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        is_message = "__properties_version1.0".encode("utf-16-le") in content
        return "application/vnd.ms-outlook" if is_message else "application/x-ole-storage"
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "image/webp"
    if head[:15].lower().startswith((b"<!doctype html", b"<html")):
        return "text/html"
    return next((kind for mark, kind in _MAGIC if head.startswith(mark)), "")


def ending_of(content_type: str) -> str:
    """The usual ending for a kind, such as `.pdf`."""
    return _ENDINGS.get(content_type) or _KNOWN.guess_extension(content_type) or ""
