"""From the parts of an Internet message to a letter: which of them are the text, and which are enclosed."""

import re
from html import escape

from privateoffice.connectors.mail import tnef
from privateoffice.connectors.mail.charsets import clean, decoded
from privateoffice.connectors.mail.letter import ENCRYPTED, SIGNED, Enclosure, Invitation, Letter, Segment
from privateoffice.connectors.mail.mime import Part, body_of, newlines_mended, taken_apart
from privateoffice.connectors.mail.plain import text_of
from privateoffice.connectors.mail.rtf import words_of
from privateoffice.connectors.mail.smime import content_of

TEXT_BYTES = 8 * 1024 * 1024
_SECURE = ("application/pkcs7-mime", "application/x-pkcs7-mime")
_TNEF = ("application/ms-tnef", "application/vnd.ms-tnef")
_RICH = ("text/enriched", "text/richtext")
_ESCAPED_FROM = re.compile(r"(?m)^>(>*From )")
_STOCK_NOTE = re.compile(r"(?is).{0,300}?\b(MIME|multi-?part|cryptographic|S/MIME|OpenPGP)\b")


class Reading:
    """One message being read. Its outcome is `letter`."""

    def __init__(self, raw: bytes, *, is_from_mbox: bool = False, depth: int = 0):
        self.raw = newlines_mended(raw)
        self.is_from_mbox, self.depth = is_from_mbox, depth
        self.letter = Letter()
        root = taken_apart(self.raw, self.letter.faults)
        self.letter.header = root.header
        self.letter.segments = [one for one in self._segments(root) if one.plain.strip() or one.html.strip()]
        self._unpack_outlook()
        self._look_outside_the_parts(root)
        if self.letter.protected is None:
            self.letter.protected = _inline_protection(self.letter.segments)

    def _segments(self, part: Part) -> list[Segment]:
        if part.is_multipart:
            return self._of_many(part)
        if part.content_type in _SECURE:
            return self._of_secured(part)
        if part.content_type == "text/calendar":
            self._invite(part)
            return []
        if self._is_shown(part):
            if part.name:
                self._enclose(part)
            return [self._shown(part)]
        self._enclose(part)
        return []

    def _of_many(self, part: Part) -> list[Segment]:
        kind = part.content_type.partition("/")[2]
        if not part.children:
            return [Segment(plain=self._text(part))]
        if kind == "encrypted":
            self.letter.protected = ENCRYPTED
            self._enclose_all(part.children)
            return []
        if kind == "signed":
            self.letter.protected = self.letter.protected or SIGNED
        if kind in ("signed", "related"):
            root = _root_of(part) if kind == "related" else part.children[0]
            shown = self._segments(root)
            self._enclose_all([one for one in part.children if one is not root], is_related=kind == "related")
            return shown
        if kind == "alternative":
            return self._of_alternatives(part.children)
        return [segment for child in part.children for segment in self._segments(child)]

    def _of_alternatives(self, children: list[Part]) -> list[Segment]:
        """The same content in several dresses: the plain one to read, the last HTML one to see."""
        plain, html = "", ""
        for child in children:
            segments = self._segments(child)
            is_rich = any(segment.html for segment in segments)
            html = "".join(_as_html(segment) for segment in segments) if is_rich else html
            if not is_rich and not plain.strip():
                plain = "\n\n".join(segment.plain for segment in segments)
        return [Segment(plain, html)]

    def _of_secured(self, part: Part) -> list[Segment]:
        """An opaque signature holds the text inside itself; an envelope holds it locked."""
        content = body_of(self.raw, part, self.letter.faults)
        inner = content_of(content) if self.depth < 5 else None
        if inner is None:
            self._lock(part)
            return []
        within = Reading(inner, depth=self.depth + 1).letter
        self.letter.protected = within.protected or SIGNED
        self.letter.faults += within.faults
        self.letter.enclosures += within.enclosures
        self.letter.invitations += within.invitations
        self._enclose(part)
        return within.segments

    def _lock(self, part: Part) -> None:
        if part.parameters.get("smime-type", "").lower() in ("signed-data", "certs-only"):
            self.letter.protected = SIGNED
            self.letter.faults.append("What was signed could not be taken out of the signature.")
        else:
            self.letter.protected = ENCRYPTED
        self._enclose(part)

    def _is_shown(self, part: Part) -> bool:
        if part.disposition == "attachment" or not part.content_type.startswith("text/"):
            return False
        if part.name and part.disposition != "inline":
            return False
        return part.content_type in ("text/plain", "text/html", *_RICH, "text/rtf") and not (
            part.name and part.content_type != "text/plain"
        )

    def _shown(self, part: Part) -> Segment:
        if part.content_type == "text/rtf":
            return Segment(plain=words_of(body_of(self.raw, part, self.letter.faults))[0])
        text = self._text(part)
        if part.content_type in _RICH:
            return Segment(plain=re.sub(r"<[^<>]{0,100}>", "", text))
        return Segment(html=text) if part.content_type == "text/html" else Segment(plain=text)

    def _text(self, part: Part) -> str:
        content = body_of(self.raw, part, self.letter.faults)
        charset = part.parameters.get("charset", "")
        if not charset and b"\x1b$" in content:
            charset = "iso-2022-jp"
        text, fault = decoded(content[:TEXT_BYTES], charset)
        if fault and len(content) <= TEXT_BYTES:
            self.letter.faults.append(fault)
        text = self.letter.shortened(text.lstrip("\ufeff"))
        return _ESCAPED_FROM.sub(r"\1", text) if self.is_from_mbox else text

    def _enclose_all(self, parts: list[Part], *, is_related: bool = False) -> None:
        for part in parts:
            if part.is_multipart:
                shown = self._segments(part)
                if any(segment.plain.strip() or segment.html.strip() for segment in shown) and not is_related:
                    self.letter.segments += shown
            else:
                self._enclose(part)

    def _enclose(self, part: Part) -> None:
        self.letter.enclosures.append(
            Enclosure(
                name=part.name,
                content_type=part.content_type,
                content=body_of(self.raw, part, self.letter.faults),
                cid=part.cid,
                disposition=part.disposition,
            )
        )

    def _invite(self, part: Part) -> None:
        content = body_of(self.raw, part, self.letter.faults)
        method = part.parameters.get("method", "").upper()
        self.letter.invitations.append(Invitation(content, method or _method_in(content)))
        if part.name or part.disposition == "attachment":
            self._enclose(part)

    def _unpack_outlook(self) -> None:
        """What Outlook packed into winmail.dat is listed beside it, and its text is shown where there is none."""
        for packed in list(self.letter.enclosures):
            if packed.content_type in _TNEF or packed.content.startswith(tnef.SIGNATURE):
                within = tnef.read(packed.content, packed.name or "winmail.dat")
                self.letter.faults += within.faults
                self.letter.enclosures += within.enclosures
                if not self.letter.segments:
                    self.letter.segments = within.segments

    def _look_outside_the_parts(self, root: Part) -> None:
        """Text before the first part is a note for old programs, unless there is no other."""
        if root.is_multipart and not self.letter.segments and self.letter.protected != ENCRYPTED:
            note = clean(decoded(self.raw[root.start : root.first_mark][:TEXT_BYTES])[0]).strip()
            if note and not _STOCK_NOTE.match(note):
                self.letter.segments.append(Segment(plain=note))
                self.letter.faults.append(
                    "Its text stands outside of its parts, where most mail programs do not show it."
                )


def read(raw: bytes, *, is_from_mbox: bool = False) -> Letter:
    """The letter in the bytes of an Internet message."""
    return Reading(raw, is_from_mbox=is_from_mbox).letter


def plain_of(segments: list[Segment]) -> str:
    """The whole text for reading: each stretch in plain words, made from its HTML if it has no others."""
    texts = (segment.plain if segment.plain.strip() else text_of(segment.html) for segment in segments)
    return clean("\n\n".join(text.strip("\n") for text in texts if text.strip()))


def html_of(segments: list[Segment]) -> str:
    """The whole text as HTML, or an empty string if no stretch of it came so. Not yet safe to show."""
    if not any(segment.html for segment in segments):
        return ""
    return clean("\n".join(_as_html(segment) for segment in segments))


def _root_of(related: Part) -> Part:
    """The part that the others are the pictures of: the one that is named, else the first that can be read."""
    start = related.parameters.get("start", "").strip("<> ")
    named = [one for one in related.children if start and one.cid == start]
    readable = [one for one in related.children if one.is_multipart or one.content_type.startswith("text/")]
    return [*named, *readable, related.children[0]][0]


def _as_html(segment: Segment) -> str:
    return segment.html or f"<pre>{escape(segment.plain)}</pre>"


def _inline_protection(segments: list[Segment]) -> str | None:
    text = next((segment.plain.lstrip()[:200] for segment in segments if segment.plain.strip()), "")
    if text.startswith("-----BEGIN PGP MESSAGE-----"):
        return ENCRYPTED
    return SIGNED if text.startswith("-----BEGIN PGP SIGNED MESSAGE-----") else None


def _method_in(content: bytes) -> str:
    found = re.search(rb"(?mi)^METHOD\s*:\s*([A-Za-z-]{1,30})", content[:20_000])
    return found[1].decode().upper() if found else ""
