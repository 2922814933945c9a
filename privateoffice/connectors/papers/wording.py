"""Letters in Word from a template that an office owns: its named fields checked, and filled. Runs in the child.

A template holds `{{ name }}` for names that are known here and no other code; macros, templates elsewhere and
embedded objects are refused, so that what is filled does what it shows.
"""

import io
import re
import zipfile
from html import unescape
from typing import Any

from docxtpl import DocxTemplate
from jinja2.sandbox import SandboxedEnvironment

from privateoffice.connectors.papers.fields import FIELDS, NEEDED
from privateoffice.connectors.papers.kinds import WORDS, real_kind
from privateoffice.connectors.papers.opened import Refused
from privateoffice.foundations.quarantine.limits import MEGABYTE, UNPACK_RATIO

TEMPLATE_BYTES = 5 * MEGABYTE
MOST_PARTS = 500

_CODE = re.compile(r"\{[{%#].*?(?:[}%#]\}|$)", re.DOTALL)
_FIELD = re.compile(r"\{\{ *([a-z_]{1,40}) *\}\}")
_TAG = re.compile(r"<[^>]*>")
_OUTSIDE = re.compile(rb'TargetMode="External"')
_HYPERLINK = re.compile(rb'<Relationship [^>]*relationships/hyperlink"[^>]*>')
FETCHES = "It holds a field that fetches something."
_ACTING = (
    (re.compile(r"\bw:altChunk\b"), "It takes in another file when it is opened."),
    (re.compile(r"<w:instrText[^>]*>[^<]*\b(?:DDE|DDEAUTO|INCLUDETEXT|INCLUDEPICTURE)\b"), FETCHES),
)
_THEN = (1980, 1, 1, 0, 0, 0)


def fields(raw: bytes) -> list[str]:
    """The fields that a template names, in the order of FIELDS. Raises Refused with the reason."""
    parts = _parts(raw)
    text = {name: _TAG.sub("", content.decode("utf-8", "replace")) for name, content in parts.items()}
    named: set[str] = set()
    for said in text.values():
        for code in _CODE.findall(unescape(said)):
            field = _FIELD.fullmatch(code)
            if field is None or field[1] not in FIELDS:
                raise Refused(f"It holds “{code[:60]}”, which is no field that is known here.")
            named.add(field[1])
    missing = [name for name in NEEDED if name not in named]
    if missing:
        raise Refused(f"It lacks {', '.join(f'{{{{ {name} }}}}' for name in missing)}.")
    return [name for name in FIELDS if name in named]


def _parts(raw: bytes) -> dict[str, bytes]:
    """The XML parts of the template, after everything is refused that does more than show."""
    kind = real_kind(raw)
    if kind == "word with macros":
        raise Refused("It holds macros. Save it as a Word document (.docx) without them.")
    if kind != "word":
        raise Refused(f"It is {WORDS[kind]}, not a Word document (.docx).")
    if len(raw) > TEMPLATE_BYTES:
        raise Refused(f"It is larger than {TEMPLATE_BYTES // MEGABYTE} MB.")
    try:
        parts = _read(raw)
    except (zipfile.BadZipFile, OSError, RuntimeError, ValueError):
        raise Refused("It is damaged and could not be opened.") from None
    for name, content in parts.items():
        _refuse_acting(name, content)
    return parts


def _read(raw: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(raw)) as package:
        listed = package.infolist()
        left = max(20 * MEGABYTE, len(raw) * UNPACK_RATIO // 4)
        if len(listed) > MOST_PARTS or sum(one.file_size for one in listed) > left:
            raise Refused("It unpacks to more than is read here.")
        if any("embeddings/" in one.filename or "activeX/" in one.filename for one in listed):
            raise Refused("It holds embedded objects.")
        return {one.filename: package.read(one) for one in listed if one.filename.endswith((".xml", ".rels"))}


def _refuse_acting(name: str, content: bytes) -> None:
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        raise Refused("It holds definitions that a Word document has not.")
    if name.endswith(".rels"):
        if _OUTSIDE.search(_HYPERLINK.sub(b"", content)):
            raise Refused("It fetches something from elsewhere: a template, a picture or a file.")
        return
    plain = content.decode("utf-8", "replace")
    for acting, why in _ACTING:
        if acting.search(plain):
            raise Refused(why)


def fill(raw: bytes, said: dict[str, Any]) -> bytes:
    """The letter as a Word document. What a field says is text; a list is so many paragraphs."""
    fields(raw)
    template = DocxTemplate(io.BytesIO(raw))
    template.render({name: _text(said.get(name, "")) for name in FIELDS}, SandboxedEnvironment(), autoescape=True)
    out = io.BytesIO()
    template.save(out)
    return _same_each_time(out.getvalue())


def _text(value: Any) -> str:
    """Paragraphs are parted by a bell, as docxtpl has it; no other control character stays."""
    several = value if isinstance(value, list | tuple) else [value]
    return "\a".join(re.sub(r"[\x00-\x09\x0b-\x1f\ud800-\udfff\ufffe\uffff]", " ", str(one)) for one in several)


def _same_each_time(made: bytes) -> bytes:
    """The same package without the moment at which it was packed, so that one letter has one digest."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(made)) as packed, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for one in packed.infolist():
            package.writestr(zipfile.ZipInfo(one.filename, _THEN), packed.read(one), zipfile.ZIP_DEFLATED)
    return out.getvalue()
