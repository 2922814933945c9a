"""Typst is driven here: data in as JSON, tagged PDF/UA out."""

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import typst

from privateoffice.foundations.printing.glyphs import FONTS, printable
from privateoffice.foundations.quarantine.limits import MEGABYTE
from privateoffice.foundations.quarantine.reader import Reader, Unreadable

TEMPLATES = Path(__file__).parent / "typst"
PAGES = 1_000  # what one document may have; beyond it nobody reads, and a worker is held up
LONG = 200_000  # characters of JSON from which a child process does the work
LONG_SECONDS = 60
LONG_BYTES = 2_048 * MEGABYTE
TOO_LONG = "This could not be printed: it is too long. Print a part of it."


class NotPrinted(Exception):
    """The paper could not be made. The text is fit to show."""

    @property
    def sentence(self) -> str:
        return str(self)


def press(template: str, data: Mapping[str, Any], *, tagged: bool = True) -> bytes:
    """The PDF of a template in `typst/` filled with data. The same data give the same bytes.

    Text travels as JSON and is never read as source, whatever it holds. `tagged` makes PDF/UA-1;
    without it the PDF has neither structure nor claim (for stamps that are laid over other pages).
    What is long is made in a child process, so that its memory comes back. Raises NotPrinted.
    """
    told = json.dumps(_clean(data))
    return _made(template, told, tagged) if len(told) < LONG else _made_apart(template, told, tagged)


def made_in_child(raw: bytes, template: str, tagged: bool) -> bytes:
    """What the child of a long print does: the data as JSON in, the PDF out."""
    return _made(template, raw.decode(), tagged)


def _made(template: str, told: str, tagged: bool) -> bytes:
    compiler = typst.Compiler(root=str(TEMPLATES), font_paths=_fonts(), ignore_system_fonts=True)
    try:
        made = compiler.compile(
            input=str(TEMPLATES / f"{template}.typ"),
            format="pdf",
            sys_inputs={"data": told, "pages": str(PAGES)},
            pdf_standards=["ua-1"] if tagged else [],
            timestamp=0,
            pdf_tags=tagged,
        )
    except typst.TypstError as fault:
        raise NotPrinted(_sentence(fault)) from fault
    assert isinstance(made, bytes)
    return made


def _made_apart(template: str, told: str, tagged: bool) -> bytes:
    try:
        with Reader(f"{__name__}:made_in_child", seconds=LONG_SECONDS, memory=LONG_BYTES) as reader:
            made: bytes = reader.read(told.encode(), template=template, tagged=tagged)
            return made
    except Unreadable as fault:
        said = str(fault)
        is_ours = said.startswith("This could not be printed")
        raise NotPrinted(said if is_ours else TOO_LONG) from fault


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS)])


def _clean(value: Any) -> Any:
    if isinstance(value, str):
        return printable(value)
    if isinstance(value, Mapping):
        return {key: _clean(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_clean(item) for item in value]
    return value


def _sentence(fault: typst.TypstError) -> str:
    if "too many pages" in fault.message:
        return f"This could not be printed: it would have more than {PAGES:,} pages. Print a part of it."
    return f"This could not be printed: {fault.message}."
