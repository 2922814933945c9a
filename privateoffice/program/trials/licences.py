"""Fails where a package that the office ships with is under the GPL or the AGPL. The LGPL is welcome."""

import re
import sys
from collections.abc import Iterator
from email.message import Message
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path
from typing import cast

STRICT = re.compile(r"(?<!L)(?<!Lesser )\bA?GPL|Affero|(?<!Lesser )General Public License", re.IGNORECASE)
LENIENT = re.compile(r"LGPL|Lesser General Public", re.IGNORECASE)

EITHER = re.compile(r"\s+OR\s+|;|/")
"""A package under several licences may be used under the one that we choose."""


def packages(locked: str) -> list[str]:
    """The names in a compiled requirements file."""
    return re.findall(r"^([A-Za-z0-9][\w.-]*)(?:\[[^]]*\])?==", locked, re.MULTILINE)


def is_strict(licence: str) -> bool:
    """Whether a licence leaves no way but the GPL or the AGPL."""
    ways = [way for way in EITHER.split(licence) if way.strip()]
    return bool(ways) and all(STRICT.search(LENIENT.sub("", way)) for way in ways)


def licence_of(found: Message) -> str:
    """What a package says of its licence: the expression, else the classifiers, else its first line of text."""
    if expression := found.get("License-Expression"):
        return str(expression)
    marks = [mark for mark in found.get_all("Classifier") or [] if mark.startswith("License ::")]
    named = [mark.rsplit(" :: ", 1)[-1] for mark in marks if mark.count("::") > 1]
    return "; ".join(named) or (found.get("License") or "").strip().split("\n")[0]


def faults(names: list[str]) -> Iterator[str]:
    """One sentence for each package that may not be shipped. Those for other systems are not installed here."""
    for name in names:
        try:
            licence = licence_of(cast(Message, metadata(name)))
        except PackageNotFoundError:
            continue
        if not licence:
            yield f"{name} does not say what its licence is."
        elif is_strict(licence):
            yield f"{name} is under {licence}."


if __name__ == "__main__":
    found = list(faults(packages(Path(sys.argv[1]).read_text(encoding="utf-8"))))
    sys.exit("\n".join(found) or 0)
