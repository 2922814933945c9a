"""What was borrowed is what the manifest says, and nothing that is reserved came with it."""

import hashlib
from pathlib import Path

import pytest

FOUNDATIONS = Path(__file__).parents[2]
VENDOR = FOUNDATIONS / "ui" / "static" / "vendor"
FONTS = FOUNDATIONS / "printing" / "fonts"


@pytest.mark.parametrize("folder", [VENDOR, FONTS])
def test_every_borrowed_file_is_in_the_manifest_and_unchanged(folder):
    said = dict(reversed(line.split("  ", 1)) for line in (folder / "SHA256SUMS").read_text().splitlines())
    files = {path for path in folder.rglob("*") if path.is_file() and path.name != "SHA256SUMS"}
    found = {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}
    assert found == said


def test_each_borrowed_package_brings_its_licence():
    assert [
        folder.name for folder in VENDOR.iterdir() if folder.is_dir() and not (folder / "LICENCE.txt").exists()
    ] == []


def test_the_reserved_typeface_and_crown_are_nowhere_in_the_look():
    look = FOUNDATIONS / "ui"
    texts = [path for path in look.rglob("*") if path.suffix in {".css", ".js", ".html", ".svg"}]
    named = [path.name for path in texts if "GDS" in path.read_text(encoding="utf-8")]
    pictures = [path.name for path in look.rglob("*") if "crest" in path.name or "crown" in path.name]
    assert (named, pictures) == ([], [])


def test_no_page_or_script_names_a_host():
    shown = [*FOUNDATIONS.rglob("templates/**/*.html"), *(FOUNDATIONS / "ui" / "static" / "ui").rglob("*.*")]
    outside = [path.name for path in shown if "http" in path.read_text().replace("http://www.w3.org/2000/svg", "")]
    assert outside == []


def test_colours_are_named_in_the_tokens_only():
    allowed = {"tokens.css", "print.css"}
    styles = FOUNDATIONS / "ui" / "static" / "ui" / "css"
    assert (styles / "tokens.css").exists()
    loud = [
        path.name for path in styles.rglob("*.css") if path.name not in allowed and "#1d70b8" in path.read_text()
    ]
    assert loud == []
