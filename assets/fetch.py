"""Brings what pages and papers borrow from npm into the tree: stylesheets, fonts, licences, digests.

For maintainers only. Needs Node with npm, and fontTools and brotli (requirements/assets.in):

    cd assets && npm ci && python fetch.py
"""

import hashlib
import json
import re
import shutil
import tempfile
from pathlib import Path

from fontTools.merge import Merger
from fontTools.ttLib import TTFont

HERE = Path(__file__).parent
PACKAGES = HERE / "node_modules"
FOUNDATIONS = HERE.parent / "privateoffice" / "foundations"
VENDOR = FOUNDATIONS / "ui" / "static" / "vendor"
FONTS = FOUNDATIONS / "printing" / "fonts"

# The two packages ship no licence file; these are the notices of their repositories.
STYLESHEETS = {
    "govuk-frontend": (
        "dist/govuk/govuk-frontend.min.css",
        "Copyright (C) 2017 Crown Copyright (Government Digital Service)",
    ),
    "@ministryofjustice/frontend": (
        "moj/moj-frontend.min.css",
        "Copyright (c) 2021 dxw; Crown Copyright (Ministry of Justice)",
    ),
}
SCRIPTS = {"htmx.org": "dist/htmx.min.js"}
SCREEN_FONTS = ("latin-wght-normal", "latin-ext-wght-normal", "latin-wght-italic", "latin-ext-wght-italic")
WEIGHTS = {400: "Regular", 600: "SemiBold", 700: "Bold"}
# The faces in which the office writes, and one family with the letters of most names in Europe.
WRITTEN = ("latin", "latin-ext", "vietnamese", "cyrillic", "cyrillic-ext", "greek", "greek-ext")
REGULAR, SEMIBOLD, BOLD, ITALIC = (400, False), (600, False), (700, False), (400, True)
PAPER_FONTS = [
    ("source-sans-3", "Source Sans 3", WRITTEN, (REGULAR, SEMIBOLD, BOLD, ITALIC)),
    ("source-serif-4", "Source Serif 4", WRITTEN, (REGULAR, SEMIBOLD, ITALIC)),
    ("noto-sans", "Noto Sans", WRITTEN, (REGULAR, BOLD)),
]
# Names in other scripts: papers fall back to these letter by letter.
IN_TWO_WEIGHTS = ("Arabic", "Hebrew", "Devanagari", "Bengali", "Gujarati", "Gurmukhi", "Tamil")
IN_ONE_WEIGHT = ("Armenian", "Ethiopic", "Georgian", "Kannada", "Malayalam", "Sinhala", "Telugu", "Thai")
for script in (*IN_TWO_WEIGHTS, *IN_ONE_WEIGHT):
    faces = (REGULAR, BOLD) if script in IN_TWO_WEIGHTS else (REGULAR,)
    PAPER_FONTS.append((f"noto-sans-{script.lower()}", f"Noto Sans {script}", (script.lower(),), faces))
PAPER_FONTS.append(
    ("noto-sans-symbols-2", "Noto Sans Symbols 2", ("symbols", "braille", "math"), (REGULAR,)),
)


def version_of(package: str) -> str:
    return json.loads((PACKAGES / package / "package.json").read_text())["version"]


def folder_for(package: str) -> Path:
    """A new, empty folder NAME-VERSION; older versions of the same package go."""
    name = package.removeprefix("@").replace("/", "-")
    for old in VENDOR.glob(f"{name}-[0-9]*"):
        shutil.rmtree(old)
    folder = VENDOR / f"{name}-{version_of(package)}"
    folder.mkdir(parents=True)
    return folder


def without_reserved_parts(css: str) -> str:
    """The stylesheet without the typeface, the crest and the addresses that GOV.UK keeps for itself."""
    css = re.sub(r"@font-face\s*\{[^}]*\}", "", css)
    css = re.sub(r"[\"']?GDS Transport[\"']?\s*,\s*", "", css)
    css = re.sub(r"url\([\"']?/assets/[^)]*\)", "none", css)
    css = re.sub(r"/\*# sourceMappingURL=.*?\*/", "", css).strip() + "\n"
    if "GDS" in css:
        raise SystemExit("the reserved typeface is still named")
    return css


def bring_stylesheets() -> None:
    terms = (HERE / "licences" / "mit.txt").read_text()
    for package, (path, notice) in STYLESHEETS.items():
        folder = folder_for(package)
        css = (PACKAGES / package / path).read_text(encoding="utf-8")
        (folder / Path(path).name).write_text(without_reserved_parts(css), encoding="utf-8")
        (folder / "LICENCE.txt").write_text(f"The MIT Licence\n\n{notice}\n\n{terms}", encoding="utf-8")


def bring_scripts() -> None:
    for package, path in SCRIPTS.items():
        folder = folder_for(package)
        shutil.copy(PACKAGES / package / path, folder)
        shutil.copy(PACKAGES / package / "LICENSE", folder / "LICENCE.txt")


def bring_screen_fonts() -> None:
    package = "@fontsource-variable/source-sans-3"
    folder = folder_for(package)
    for face in SCREEN_FONTS:
        shutil.copy(PACKAGES / package / "files" / f"source-sans-3-{face}.woff2", folder)
    shutil.copy(PACKAGES / package / "LICENSE", folder / "LICENCE.txt")


def bring_paper_fonts() -> None:
    """Static TrueType faces with honest names: Typst reads neither variable fonts nor woff2."""
    FONTS.mkdir(parents=True, exist_ok=True)
    for package, family, subsets, faces in PAPER_FONTS:
        for weight, is_italic in faces:
            font = joined(package, subsets, weight, is_italic)
            style = style_of(weight, is_italic)
            name(font, family, style)
            font.save(FONTS / f"{family.replace(' ', '')}-{style.replace(' ', '')}.ttf")


def style_of(weight: int, is_italic: bool) -> str:
    if not is_italic:
        return WEIGHTS[weight]
    return "Italic" if weight == 400 else f"{WEIGHTS[weight]} Italic"


def joined(package: str, subsets: tuple[str, ...], weight: int, is_italic: bool) -> TTFont:
    slant = "italic" if is_italic else "normal"
    with tempfile.TemporaryDirectory() as folder:
        parts = []
        for subset in subsets:
            source = PACKAGES / "@fontsource" / package / "files" / f"{package}-{subset}-{weight}-{slant}.woff2"
            if not source.exists():
                continue  # a family need not have every subset
            font = TTFont(source, recalcTimestamp=False)
            font.flavor = None
            parts.append(str(Path(folder) / f"{subset}.ttf"))
            font.save(parts[-1])
        merged = Merger().merge(parts) if len(parts) > 1 else TTFont(parts[0], lazy=False)
        merged.recalcTimestamp = False
        return merged


def name(font: TTFont, family: str, style: str) -> None:
    """The name records; without them every weight calls itself ExtraLight and Typst takes another font."""
    weight = next((number for number, word in WEIGHTS.items() if style.startswith(word)), 400)
    is_plain = style in {"Regular", "Bold", "Italic", "Bold Italic"}
    records = {
        1: family if is_plain else f"{family} {style}",
        2: style if is_plain else "Regular",
        4: f"{family} {style}",
        6: f"{family}-{style}".replace(" ", ""),
        16: family,
        17: style,
    }
    for number, words in records.items():
        font["name"].setName(words, number, 3, 1, 0x409)
        font["name"].removeNames(nameID=number, platformID=1)
    font["OS/2"].usWeightClass = weight
    is_italic = "Italic" in style
    is_bold = style.startswith("Bold")
    font["OS/2"].fsSelection = (
        (is_italic << 0) | (is_bold << 5) | ((not is_italic and not is_bold) << 6) | (1 << 7)
    )
    font["head"].macStyle = (is_bold << 0) | (is_italic << 1)


def write_digests(folder: Path) -> None:
    """A digest for each file, as `sha256sum --check` reads it."""
    lines = [
        f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.relative_to(folder)}"
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != "SHA256SUMS"
    ]
    (folder / "SHA256SUMS").write_text("\n".join(lines) + "\n")


if __name__ == "__main__":
    bring_stylesheets()
    bring_scripts()
    bring_screen_fonts()
    bring_paper_fonts()
    write_digests(VENDOR)
    write_digests(FONTS)
