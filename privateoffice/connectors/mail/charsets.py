"""Bytes of any claimed character set, made into text that every database takes."""

import codecs
import re

ALIASES = {
    "ascii": "utf-8",
    "us-ascii": "utf-8",
    "ansi_x3.4-1968": "utf-8",
    "iso-8859-1": "cp1252",
    "iso8859-1": "cp1252",
    "latin1": "cp1252",
    "latin-1": "cp1252",
    "iso-8859-8-i": "iso-8859-8",
    "iso-8859-8-e": "iso-8859-8",
    "iso-8859-9": "cp1254",
    "iso-8859-11": "cp874",
    "windows-874": "cp874",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "x-gbk": "gb18030",
    "ks_c_5601-1987": "cp949",
    "ks_c_5601": "cp949",
    "euc-kr": "cp949",
    "big5": "big5hkscs",
    "x-sjis": "cp932",
    "shift_jis": "cp932",
    "shift-jis": "cp932",
    "windows-31j": "cp932",
    "iso-2022-jp": "iso2022_jp_ext",
    "unicode-1-1-utf-7": "utf-7",
    "x-unicode-2-0-utf-7": "utf-7",
    "unicode": "utf-16",
    "x-mac-roman": "mac_roman",
    "macintosh": "mac_roman",
}
# Python counts these as text, but no letter is written in them, and one is slow on input made for that.
NOT_LETTERS = {"idna", "punycode", "unicode-escape", "raw-unicode-escape", "undefined", "mbcs", "oem"}
SILENT = {
    "",
    "utf-8",
    "us-ascii",
    "ascii",
    "ansi_x3.4-1968",
    "unknown-8bit",
    "x-unknown",
    "8bit",
    "binary",
    "default",
}

_SURROGATE = re.compile("[\ud800-\udfff]")
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_ANY_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
BIDI = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def clean(text: str) -> str:
    """Text without NUL, other control characters and lone surrogates; lines end in a newline."""
    text = _SURROGATE.sub("\ufffd", text)
    return _CONTROLS.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def clean_line(text: str) -> str:
    """The same for what stands on one line, such as a subject."""
    return " ".join(_ANY_CONTROL.sub(" ", _SURROGATE.sub("\ufffd", text)).split())


def codec_of(charset: str) -> str | None:
    """The name of Python's codec for a claimed character set, or None if there is none to trust."""
    name = charset.strip().strip("\"'").lower()
    try:
        found = codecs.lookup(ALIASES.get(name) or ALIASES.get(name.replace("_", "-"), name))
    except (LookupError, ValueError, UnicodeError):
        return codec_of(name.replace("-", "")) if name.startswith("cp-") else None
    is_text = getattr(found, "_is_text_encoding", True)  # hex, zlib and their like turn bytes into bytes
    return found.name if is_text and found.name not in NOT_LETTERS else None


def decoded(raw: bytes, charset: str = "") -> tuple[str, str]:
    """The text, and a fault as a sentence or an empty string. Never raises.

    The claimed set is believed when the bytes fit it; else UTF-8 when they fit that; else the best guess.
    """
    shown = clean_line(charset)[:40]
    codec = codec_of(charset) if charset.strip() else "utf-8"
    if codec and codec.startswith(("utf-16", "utf-32")) and _is_plainly_eight_bit(raw):
        return _guessed(raw)[0], f"The text says that its characters are {shown}, which is not so."
    if codec and (text := _strictly(raw, codec)) is not None:
        return text, ""
    if charset.strip().lower() in SILENT:
        text, by = _guessed(raw)
        return text, f"The text does not say what its characters are: it was read as {by}." if text else ""
    if codec is None:
        return _guessed(raw)[0], f"The text is in characters that are not known here ({shown})."
    if (text := _strictly(raw, "utf-8")) is not None:
        return text, f"The text says that its characters are {shown}, but they are UTF-8."
    return raw.decode(codec, "replace"), f"Some characters could not be read as {shown}."


def _strictly(raw: bytes, codec: str) -> str | None:
    try:
        return raw.decode(codec)
    except (UnicodeError, ValueError):
        # Windows-1252 leaves five places empty that Latin-1, which it stands in for, fills with controls.
        return raw.decode("latin-1") if codec == "cp1252" else None


def _guessed(raw: bytes) -> tuple[str, str]:
    text = _strictly(raw, "utf-8")
    return (text, "UTF-8") if text is not None else (raw.decode("cp1252", "replace"), "Western European")


def _is_plainly_eight_bit(raw: bytes) -> bool:
    return b"\x00" not in raw[:4096] and raw[:2] not in (b"\xff\xfe", b"\xfe\xff")
