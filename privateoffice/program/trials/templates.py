"""Fails where a template of ours does not compile, or holds script or style of its own."""

import re
import sys
from collections.abc import Iterator
from pathlib import Path

INLINE = re.compile(r"<style\b|<script\b(?![^>]*\bsrc=)|\sstyle=|\son[a-z]+=[\"']|javascript:", re.IGNORECASE)
"""The content security policy forbids these; a page that has them is broken without a word."""

FREE = ("mail/", "newsletter/")
"""Templates for mail, which has no stylesheet but its own."""


def templates(root: Path) -> list[tuple[str, Path]]:
    """Every template of the house: the name it is loaded by, and its file."""
    folders = sorted(folder for folder in root.rglob("templates") if folder.is_dir())
    return [(str(path.relative_to(at)), path) for at in folders for path in sorted(at.rglob("*.html"))]


def faults(root: Path) -> Iterator[str]:
    """One line for each fault."""
    from django.template import TemplateSyntaxError
    from django.template.loader import get_template

    for name, path in templates(root):
        try:
            get_template(name)
        except TemplateSyntaxError as fault:
            yield f"{path}: {fault}"
        source = path.read_text(encoding="utf-8")
        if (found := INLINE.search(source)) and not any(part in name for part in FREE):
            line = source[: found.start()].count("\n") + 1
            yield f"{path}:{line}: {found.group().strip()} is forbidden by the content security policy"


if __name__ == "__main__":
    import django

    django.setup()
    sys.exit("\n".join(faults(Path(__file__).parents[2])) or 0)
