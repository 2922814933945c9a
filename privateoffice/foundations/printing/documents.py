"""The papers of the house: letter, report, day pack, and what the binder puts on foreign pages."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from privateoffice.foundations.printing.glyphs import printable
from privateoffice.foundations.printing.press import press
from privateoffice.foundations.printing.shapes import (
    MARKINGS,
    BoundPaper,
    LetterText,
    OfficeBlock,
    Pack,
    Report,
    Stamp,
)

LONDON = ZoneInfo("Europe/London")
PLACES = (
    "decisions", "tomorrow", "briefs", "letters", "sent", "overdue_to", "overdue_by", "on_call", "ahead",
)  # fmt: skip


def letter(text: LetterText, *, office: OfficeBlock, marking: Stamp) -> bytes:
    """A letter as tagged PDF. Raises NotPrinted."""
    references = [
        ("Our reference", text.reference),
        ("Your reference", text.your_reference),
        ("Date", _day(text.on)),
        ("Marking", marking.words if marking.marking > 1 else ""),
    ]
    return press(
        "letter",
        {
            **_frame(text.heading or f"Letter to {_first(text.to)}", office, marking, text.on),
            **asdict(text),
            "on": _numbers(text.on),
            "references": [pair for pair in references if pair[1]],
        },
    )


def report(text: Report, *, office: OfficeBlock, marking: Stamp) -> bytes:
    """A report, register or record print as tagged PDF. Raises NotPrinted."""
    told = {name: value for name, value in asdict(text).items() if name != "made_on"}
    told["sections"] = [section for section in told["sections"] if section["title"].strip()]
    reference = [("Reference", text.reference)] if text.reference else []
    handling = [("Marking", _marked(marking.marking, marking.handling))] if marking.marking > 1 else []
    told["facts"] = [*reference, *handling, *text.facts]
    return press("report", {**told, **_frame(text.title, office, marking, text.made_on, text.made)})


def daypack(pack: Pack) -> bytes:
    """The day pack's own pages as tagged PDF with bookmarks. Raises NotPrinted.

    It counts and lists `pack.papers`; links to `paper:n` are made real when the papers are bound behind.
    """
    made = _moment(pack.made_at)
    stamp = pack.stamp
    said = f"Made {made}. Highest marking inside: {_marked(stamp.marking, stamp.handling)}"
    heading = _long_day(pack.day)
    return press(
        "daypack",
        {
            **_frame(f"Day pack for {heading}", pack.office, stamp, pack.made_at.astimezone(LONDON).date(), said),
            "heading": heading,
            "reader": pack.reader,
            "made": made,
            "places": _places(pack),
            "papers": _papers(pack.papers),
            "pages_after": sum(paper.pages for paper in pack.papers),
            **_words_of_the_day(pack),
            **_shorts(pack),
            **_changes(pack),
        },
    )


def slip(
    number: int,
    title: str,
    reason: str,
    *,
    kept: str,
    office: OfficeBlock,
    marking: Stamp,
    before: int = 0,
    after: int = 0,
) -> bytes:
    """A page of ours where a paper could not be bound. `before` and `after` count the other pages."""
    told = {"number": number, "reason": reason, "kept": kept, "pages_before": before, "pages_after": after}
    return press("slip", {**told, **_frame(title, office, marking, None)})


def stamps(bands: Sequence[tuple[str, str]], *, office: OfficeBlock, marking: Stamp, height: float) -> bytes:
    """One untagged page, 595 by `height` points, for each band: words left, the marking, words right."""
    return press(
        "stamps", {"bands": bands, "height": height, **_frame("Stamps", office, marking, None)}, tagged=False
    )


def _frame(title: str, office: OfficeBlock, stamp: Stamp, on: date | None, foot: str = "") -> dict[str, Any]:
    """What every page of the house needs."""
    sample = "Sample data. " if stamp.is_sample else ""
    return {
        "title": " ".join(printable(title).split()) or "Paper",
        "office": asdict(office),
        "stamp": {"words": stamp.words, "handling": stamp.handling},
        "on": _numbers(on) if on else None,
        "foot": (sample + foot).strip(),
    }


def _places(pack: Pack) -> dict[str, list[dict[str, Any]]]:
    return {
        place: [asdict(line) for part in pack.parts if part.place == place for line in part.lines]
        for place in PLACES
    }


def _papers(papers: tuple[BoundPaper, ...]) -> list[dict[str, Any]]:
    before, listed = 0, []
    for paper in papers:
        listed.append({**asdict(paper), "words": _marked(paper.marking, paper.handling), "before": before})
        before += paper.pages
    return listed


def _words_of_the_day(pack: Pack) -> dict[str, str]:
    ahead = (pack.day - pack.made_at.astimezone(LONDON).date()).days
    name = {0: "Today", 1: "Tomorrow"}.get(ahead, f"{pack.day:%A}")
    return {
        "hours_heading": f"{name}, hour by hour",
        "no_hours": f"Nothing is in the diary for {_long_day(pack.day)}.",
    }


def _shorts(pack: Pack) -> dict[str, Any]:
    """The three boxes at the foot of page 1: on call, owed both ways, what changed."""
    places = _places(pack)
    on_call = [", ".join(filter(None, (x["title"], x["detail"], x["body"]))) for x in places["on_call"]]
    theirs, yours = len(places["overdue_to"]), len(places["overdue_by"])
    owed = f"{theirs} overdue to you, {yours} by you." if theirs or yours else "Nothing is overdue."
    lines = "1 line differs" if len(pack.changes) == 1 else f"{len(pack.changes)} lines differ"
    changed = [f"{lines}; the first page says how."] if pack.changes else []
    return {"on_call_short": _first_few(on_call, "On call"), "owed_short": owed, "changed_short": changed}


def _first_few(lines: list[str], where: str) -> list[str]:
    return lines if len(lines) <= 3 else [*lines[:2], f"{len(lines) - 2} more under {where}."]


def _changes(pack: Pack) -> dict[str, Any]:
    since = f"Since {_moment(pack.changed_since)}. " if pack.changed_since else ""
    order = {"added": 0, "changed": 1, "removed": 2}
    changes = sorted(pack.changes, key=lambda change: order[change.kind])
    return {
        "changes": [{**asdict(change), "kind": change.kind.capitalize()} for change in changes],
        "changes_lead": since,
    }


def _marked(marking: int, handling: str) -> str:
    return ", ".join(filter(None, (MARKINGS[marking], handling)))


def _first(lines: Sequence[str]) -> str:
    return next(iter(lines), "")


def _numbers(day: date) -> tuple[int, int, int]:
    return day.year, day.month, day.day


def _day(day: date) -> str:
    return f"{day.day} {day:%B} {day.year}"


def _long_day(day: date) -> str:
    return f"{day:%A} {_day(day)}"


def _moment(moment: datetime) -> str:
    at = moment.astimezone(LONDON)
    return f"{_long_day(at.date())} at {at.hour % 12 or 12}:{at:%M}{'am' if at.hour < 12 else 'pm'}"
