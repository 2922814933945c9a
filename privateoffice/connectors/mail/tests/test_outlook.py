"""Outlook's own formats: winmail.dat, compressed rich text, and the words in it."""

import struct
from contextlib import suppress

import pytest

from privateoffice.connectors.mail import tnef
from privateoffice.connectors.mail.parse import part_of, summary
from privateoffice.connectors.mail.rtf import unpacked, words_of
from privateoffice.connectors.mail.tests.letters import many, part


def attribute(kind: int, data: bytes, level: int = 1) -> bytes:
    return struct.pack("<BII", level, kind, len(data)) + data + struct.pack("<H", sum(data) & 0xFFFF)


def text(number: int, value: str) -> bytes:
    raw = value.encode("utf-16-le") + b"\x00\x00"
    return struct.pack("<HHII", 0x1F, number, 1, len(raw)) + raw + b"\x00" * (-len(raw) % 4)


def properties(*held: bytes) -> bytes:
    return struct.pack("<I", len(held)) + b"".join(held)


WINMAIL = (
    tnef.SIGNATURE + b"\x01\x00"
    + attribute(0x00069003, properties(text(0x0037, "Desks"), text(0x1000, "Words in Outlook’s way.")))
    + attribute(0x00069002, b"\x00" * 14, 2)
    + attribute(0x00018010, b"PLAN~1.PDF\x00", 2)
    + attribute(0x0006800F, b"%PDF-1.7", 2)
    + attribute(0x00069005, properties(text(0x3707, "Plan – January.pdf")), 2)
)  # fmt: skip


@pytest.mark.hostile("A23")
def test_winmail_is_opened_and_stays():
    raw = many(part('Content-Type: application/ms-tnef; name="winmail.dat"', WINMAIL))
    held = summary(raw)
    assert held["text"] == "Words in Outlook’s way."
    assert [(one["name"], one["inside"]) for one in held["attachments"]] == [
        ("winmail.dat", ""),
        ("Plan – January.pdf", "winmail.dat"),
    ]
    assert (part_of(raw, 1), held["faults"]) == (b"%PDF-1.7", [])


@pytest.mark.hostile("A23")
@pytest.mark.parametrize("cut", range(10, len(WINMAIL) - 2, 7))
def test_a_damaged_winmail_does_not_hide_the_message(cut: int):
    raw = many(part("", b"Seen."), part("Content-Type: application/ms-tnef", WINMAIL[:cut]))
    held = summary(raw)
    assert held["text"] == "Seen."
    assert held["faults"] in ([], [tnef.DAMAGED])


def test_rich_text_as_the_standard_packs_it():
    packed = bytes.fromhex(
        "2d0000002b0000004c5a4675f1c5c7a703000a007263706731323542320af32068656c090020627705b06c647d0a800fa0"
    )
    assert unpacked(packed) == b"{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n"
    assert words_of(unpacked(packed)) == ("hello world", False)


@pytest.mark.parametrize(
    "raw", [b"", b"x" * 20, b"\x10\x00\x00\x00\xff\xff\xff\xff" + b"LZFu" + b"\x00" * 4 + b"\xff" * 50]
)
def test_damaged_rich_text_ends(raw: bytes):
    with suppress(ValueError):
        assert len(unpacked(raw)) < 10_000


@pytest.mark.parametrize(
    ("rich", "words"),
    [
        (rb"{\rtf1\ansi{\fonttbl{\f0 Arial;}}One\par two\tab three}", "One\ntwo\tthree"),
        (rb"{\rtf1\ansi\ansicpg1251 \'ef\'f0}", "пр"),
        (rb"{\rtf1\uc1 caf\u233?, \u-10179?\u-8704?}", "café, 😀"),
        (rb"{\rtf1{\*\generator Word;}a\{b\}\\c}", "a{b}\\c"),
        (
            rb"{\rtf1\fromhtml1{\*\htmltag64 <p>}\htmlrtf {\b \htmlrtf0 Hi\htmlrtf }\htmlrtf0{\*\htmltag72 </p>}}",
            "<p>Hi</p>",
        ),
    ],
)
def test_the_words_of_rich_text(rich: bytes, words: str):
    assert words_of(rich)[0] == words
