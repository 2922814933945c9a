"""What a foreign paper is and what it would do if it were let. Runs in the child."""

from typing import Any

import pikepdf

from privateoffice.connectors.papers.kinds import also, real_kind
from privateoffice.connectors.papers.opened import Refused, opened, pages_of

DEEDS = {
    "/JavaScript": "runs a script",
    "/Launch": "starts a program",
    "/GoToR": "opens another file",
    "/GoToE": "opens a file inside it",
    "/SubmitForm": "sends a form to an address",
    "/ImportData": "fetches data for a form",
    "/Rendition": "plays sound or film",
    "/Movie": "plays sound or film",
    "/Sound": "plays sound or film",
    "/RichMedia": "plays sound or film",
    "/FileAttachment": "carries a file inside",
    "/URI": "links to the web",
}
KEYS = {
    "/JS": "runs a script",
    "/EmbeddedFiles": "carries a file inside",
    "/EF": "carries a file inside",
    "/XFA": "is an XFA form",
}
LOOKED_AT = 400_000


def look(raw: bytes) -> dict[str, Any]:
    """Kind, pages, encryption, deeds by name, producer and title; `trouble` says what could not be read."""
    found: dict[str, Any] = {"kind": real_kind(raw), "also": also(raw), "trouble": ""}
    if found["kind"] != "pdf":
        return found
    try:
        with opened(raw) as pdf:
            found |= {"encrypted": "owner" if pdf.is_encrypted else "", "actions": _deeds(pdf)}
            found |= {"producer": _said(pdf, "/Producer"), "title": _said(pdf, "/Title")}
            found |= {"pages": len(pages_of(pdf)), "is_repaired": bool(pdf.get_warnings())}
    except Refused as refused:
        found["trouble"] = refused.sentence
        if "password" in refused.sentence or "encrypted" in refused.sentence:
            found["encrypted"] = "user"
    return found


def _said(pdf: pikepdf.Pdf, key: str) -> str:
    try:
        return str(pdf.docinfo.get(key, ""))[:300]
    except Exception:  # a trailer may hold anything under Info
        return ""


def _deeds(pdf: pikepdf.Pdf) -> list[str]:
    found: set[str] = set()
    waiting: list[Any] = []
    for count, thing in enumerate(pdf.objects):
        if count > LOOKED_AT:
            break
        waiting.append((thing, 0))
        while waiting:
            inner, depth = waiting.pop()
            _look_into(inner, depth, found, waiting)
    return sorted(found)


def _look_into(thing: Any, depth: int, found: set[str], waiting: list[Any]) -> None:
    """Names what one object does; what is written inside it (not referred to) waits its turn."""
    if isinstance(thing, pikepdf.Array):
        inside = list(thing)
    elif isinstance(thing, pikepdf.Dictionary | pikepdf.Stream):
        held = dict(thing.items())
        found |= {KEYS[key] for key in held if key in KEYS}
        for key in ("/S", "/Subtype"):
            found |= {DEEDS[str(held[key])]} if str(held.get(key)) in DEEDS else set()
        inside = list(held.values())
    else:
        return
    if depth < 50:
        waiting += [
            (x, depth + 1)
            for x in inside
            if isinstance(x, pikepdf.Array | pikepdf.Dictionary) and not x.is_indirect
        ]
