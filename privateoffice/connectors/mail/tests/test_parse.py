"""A foreign message is summed up: what it says, what was wrong with it, and nothing that a database refuses."""

import base64
import hashlib
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from privateoffice.connectors.mail.parse import part_of, summary
from privateoffice.connectors.mail.tests.letters import letter, many, part
from privateoffice.foundations.quarantine.reader import Reader

NOT_CLOSED = "It is damaged: a part is not closed, so that something may be missing at its end."


def test_a_plain_letter_is_summed_up_whole():
    assert summary(letter(cc="Jane <j@example.org>, k@example.org", reply_to="desk@specialist-crime.example")) == {
        "subject": "Papers for Thursday",
        "date_claimed": "Mon, 26 Jan 2026 09:30:00 +0000",
        "date": "2026-01-26T09:30:00+00:00",
        "arrived": None,
        "message_id": "<one@specialist-crime.example>",
        "in_reply_to": [],
        "references": [],
        "list_id": "",
        "auto_submitted": "",
        "precedence": "",
        "null_sender": False,
        "is_automatic": False,
        "from": {"name": "Delphine Hartsough", "address": "delphine@specialist-crime.example"},
        "all_from": [{"name": "Delphine Hartsough", "address": "delphine@specialist-crime.example"}],
        "sender": None,
        "reply_to": [{"name": "", "address": "desk@specialist-crime.example"}],
        "to": [{"name": "Jonah Pemberlaw", "address": "jonah@specialist-crime.example"}],
        "cc": [{"name": "Jane", "address": "j@example.org"}, {"name": "", "address": "k@example.org"}],
        "bcc": [],
        "text": "Good morning.",
        "html": "",
        "attachments": [],
        "calendars": [],
        "marking": None,
        "handling": "",
        "marking_words": [],
        "protected": None,
        "sender_warnings": [],
        "faults": [],
        "needs_a_look": False,
    }


def test_the_same_text_in_two_dresses_is_shown_once():
    raw = many(
        part("Content-Type: text/plain", b"Plain."),
        part("Content-Type: text/html", b"<p>Rich.</p>"),
        kind="alternative",
    )
    held = summary(raw)
    assert (held["text"], held["html"], held["attachments"]) == ("Plain.", "<p>Rich.</p>", [])


def test_html_alone_is_read_as_text():
    raw = letter("<style>p{}</style><p>One<br>two</p><ul><li>a&amp;b</ul>", content_type="text/html")
    assert summary(raw)["text"] == "One\ntwo\n\n- a&b"


def test_an_attachment_is_listed_and_given_back():
    content = b"%PDF-1.7 sample"
    head = 'Content-Type: application/pdf; name="Brief.pdf"\r\nContent-Transfer-Encoding: base64'
    raw = many(part("", b"See below."), part(head, base64.encodebytes(content)))
    (held,) = summary(raw)["attachments"]
    assert held == {
        "name": "Brief.pdf",
        "name_given": "Brief.pdf",
        "content_type": "application/pdf",
        "content_type_found": "application/pdf",
        "size": 15,
        "digest": hashlib.sha256(content).hexdigest(),
        "cid": "",
        "inline": False,
        "inside": "",
        "is_message": False,
        "name_hides_its_ending": False,
    }
    assert part_of(raw, 0) == content
    with pytest.raises(IndexError):
        part_of(raw, 1)


@pytest.mark.hostile("A10", "A25")
@pytest.mark.parametrize(
    ("given_name", "shown"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Temp\\plan.docx", "plan.docx"),
        ("CON.docx", "_CON.docx"),
        ("a.pdf\u202efdp.exe", "a.pdffdp.exe"),
        ("x" * 500 + ".xlsx", "x" * 144 + "….xlsx"),
        ("", "attachment-1.pdf"),
        ("a\x00b\r\n.pdf", "a b .pdf"),
    ],
)
def test_attachment_names_are_cleaned(given_name: str, shown: str):
    from privateoffice.connectors.mail.names import cleaned

    assert cleaned(given_name, "application/pdf", 0) == shown


@pytest.mark.hostile("A25")
def test_two_attachments_of_one_name_are_both_reachable():
    head = 'Content-Type: application/octet-stream; name="a.bin"'
    raw = many(part(head, b"one"), part(head, b"two"))
    assert [one["name"] for one in summary(raw)["attachments"]] == ["a.bin", "a (2).bin"]
    assert [part_of(raw, 0), part_of(raw, 1)] == [b"one", b"two"]


@pytest.mark.hostile("A08", "A09", "A12")
@pytest.mark.parametrize(
    ("raw", "faults"),
    [
        (b"", ["It is empty."]),
        (b"\r\n\r\n", ["It is empty."]),
        (b"just words", ["This is not a message that is understood here."]),
        (letter(date=None), ["It has no date."]),
        (letter(date="Thu, 1 Jan 1970 00:00:00 +0000"), ["Its date is not between 1990 and 2037."]),
        (letter(date="Mon, 26 Jan 2099 09:30:00 +0000"), ["Its date is not between 1990 and 2037."]),
        (letter(date="Mon, 26 Jan 2026 09:30:00 +9999"), ["Its date could not be understood."]),
        (letter(date="soon"), ["Its date could not be understood."]),
        (letter(**{"from": None}), ["It does not say who it is from."]),
        (
            b"From: b@example.com\r\n" + letter(),
            ["It has two From lines."],
        ),
        (many(part("", b"text"), closed=False), [NOT_CLOSED]),
        (
            letter("text only", content_type="multipart/mixed"),
            ["It is damaged: it says that it has parts, but none could be told apart."],
        ),
        (
            letter(b"caf\xe9"),
            ["The text does not say what its characters are: it was read as Western European."],
        ),
        (
            letter("text", content_type="text/plain; charset=klingon"),
            ["The text is in characters that are not known here (klingon)."],
        ),
        (
            letter("plain words here", content_type="text/plain; charset=utf-16"),
            ["The text says that its characters are utf-16, which is not so."],
        ),
        (
            letter("caf\u00e9", content_type="text/plain; charset=iso-2022-jp"),
            ["The text says that its characters are iso-2022-jp, but they are UTF-8."],
        ),
        (
            letter("QQ=Q!", content_transfer_encoding="rot13"),
            ["A part is in a coding that is not known here (rot13): it was taken as it stands."],
        ),
    ],
)
def test_each_fault_is_said_in_words(raw: bytes, faults: list[str]):
    held = summary(raw)
    assert (held["faults"], held["needs_a_look"]) == (faults, True)


@pytest.mark.hostile("A08")
def test_text_is_recovered_where_the_boundary_is_wrong():
    raw = letter(
        "--real\r\nContent-Type: text/plain\r\n\r\nHello.\r\n--real--\r\n",
        content_type="multipart/mixed; boundary=other",
    )
    held = summary(raw)
    assert held["text"] == "Hello."
    assert held["faults"] == ["It is damaged: the mark between its parts was missing or wrong, and was guessed."]


@pytest.mark.hostile("A08")
def test_a_boundary_of_ten_thousand_letters_and_blanks():
    held = summary(many(part("", b"kept"), boundary="a  ()+_,-./:=?b" * 700))
    assert (held["text"], held["faults"]) == ("kept", [])


@pytest.mark.hostile("A08")
def test_one_boundary_for_outer_and_inner_ends():
    inner = b"Content-Type: multipart/mixed; boundary=cut\r\n\r\n"
    assert "kept" in summary(many(inner, part("", b"kept")))["text"]


@pytest.mark.hostile("A07")
def test_too_many_parts_are_cut_and_said():
    held = summary(many(*[part("Content-Type: image/png", b"x")] * 2_000))
    assert len(held["attachments"]) == 999
    assert held["faults"] == ["It has more than 1,000 parts: too large to open here. The rest were not read."]


@pytest.mark.hostile("A07")
def test_parts_nested_too_deep_are_not_followed():
    raw = letter("", content_type="multipart/mixed; boundary=b0")
    for depth in range(500):
        raw += b"--b%d\r\nContent-Type: multipart/mixed; boundary=b%d\r\n\r\n" % (depth, depth + 1)
    held = summary(raw)
    assert any("nested more than 50 deep" in fault for fault in held["faults"])


def test_a_header_of_many_megabytes_is_cut_and_said():
    held = summary(b"Subject: x\r\n" + b"To: a@example.com,\r\n" + b" b@example.com,\r\n" * 150_000 + letter())
    assert held["subject"] == "x"
    assert "Its header is too long: not all of it was read." in held["faults"]


@pytest.mark.hostile("A09", "A10")
@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("=?utf-8?q?caf=C3=A9?=", "café"),
        ("=?utf-8?b?Y2Fm?= =?utf-8?b?w6k=?=", "café"),
        ("=?utf-8?b?Y2Fmww==?= =?utf-8?b?qQ==?=", "café"),
        ("=?iso-8859-1?q?caf\udce9?=", "café"),
        ("caf\udce9", "café"),
        ("=?utf-8?b?Y2Fm", "=?utf-8?b?Y2Fm"),
        ("=?utf-8?q?a=00b=0Ac?=", "a b c"),
        ("=?utf-7?q?+2AA-?=", "\ufffd"),
        ("one\r\n two", "one two"),
    ],
)
def test_subjects_in_any_coding(value: str, shown: str):
    assert summary(letter(subject=value))["subject"] == shown


@pytest.mark.parametrize(
    ("field", "name"),
    [
        ('attachment; filename="plain.pdf"', "plain.pdf"),
        ("attachment; filename=with blanks.pdf", "with blanks.pdf"),
        ("attachment; filename*=utf-8''caf%C3%A9.pdf", "café.pdf"),
        ("attachment; filename*0*=utf-8''ca; filename*1=fe; filename*2*=%C3%A9", "cafeé"),
        ('attachment; filename="=?utf-8?q?caf=C3=A9.pdf?="', "café.pdf"),
        ('attachment; filename="a\\"b.pdf"', 'a"b.pdf'),
    ],
)
def test_attachment_names_in_any_coding(field: str, name: str):
    raw = many(part(f"Content-Type: application/pdf\r\nContent-Disposition: {field}", b"x"))
    assert [one["name_given"] for one in summary(raw)["attachments"]] == [name]


@pytest.mark.parametrize(
    ("value", "people"),
    [
        ('"Hartsough, D" <d@example.com>', [("Hartsough, D", "d@example.com")]),
        ("Hartsough, Delphine <d@example.com>", [("Hartsough, Delphine", "d@example.com")]),
        ("d@example.com (Delphine)", [("Delphine", "d@example.com")]),
        ("desk: a@example.com, B <b@example.com>;", [("", "a@example.com"), ("B", "b@example.com")]),
        ("undisclosed-recipients:;", []),
        ("<mailto:d@example.com>", [("", "d@example.com")]),
        ("=?utf-8?q?Ren=C3=A9e?= <r@example.com>", [("Renée", "r@example.com")]),
        ("No Address", [("No Address", "")]),
    ],
)
def test_names_and_addresses(value: str, people: list[tuple[str, str]]):
    assert [(one["name"], one["address"]) for one in summary(letter(to=value))["to"]] == people


@pytest.mark.hostile("A21")
@pytest.mark.parametrize(
    ("fields", "is_automatic"),
    [
        ({"auto_submitted": "auto-replied"}, True),
        ({"auto_submitted": "no"}, False),
        ({"precedence": "bulk"}, True),
        ({"return_path": "<>"}, True),
        ({"return_path": "<a@example.com>"}, False),
    ],
)
def test_automatic_messages_are_known(fields: dict[str, str], is_automatic: bool):
    assert summary(letter(**fields))["is_automatic"] is is_automatic


@pytest.mark.hostile("A24")
def test_locked_and_signed_messages_say_so():
    locked = many(part("Content-Type: application/octet-stream", b"x"), kind="encrypted")
    signed = many(
        part("", b"Words."), part("Content-Type: application/pgp-signature; name=s.asc", b"x"), kind="signed"
    )
    inline = letter("-----BEGIN PGP MESSAGE-----\r\n\r\nhQ==\r\n-----END PGP MESSAGE-----\r\n")
    assert [(one["protected"], one["text"][:6]) for one in map(summary, (locked, signed, inline))] == [
        ("encrypted: open in your mail program", ""),
        ("signed, not checked", "Words."),
        ("encrypted: open in your mail program", "-----B"),
    ]


@pytest.mark.hostile("A24")
def test_an_opaque_signature_gives_its_text_unchecked():
    inner = b"Content-Type: text/plain\r\n\r\nSigned words.\r\n"

    def item(tag: int, *pieces: bytes) -> bytes:
        content = b"".join(pieces)
        return bytes([tag, 0x82]) + len(content).to_bytes(2, "big") + content

    oid = bytes.fromhex("06092a864886f70d0107")
    content = item(0x30, oid + b"\x01", item(0xA0, item(0x04, inner)))
    signed = item(0x30, b"\x02\x01\x01", b"\x31\x00", content)
    raw = letter(
        item(0x30, oid + b"\x02", item(0xA0, signed)), content_type="application/pkcs7-mime; name=smime.p7m"
    )
    held = summary(raw)
    assert (held["protected"], held["text"]) == ("signed, not checked", "Signed words.")
    assert [one["name"] for one in held["attachments"]] == ["smime.p7m"]


def test_an_invitation_is_handed_on_with_its_method():
    calendar = b"BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nEND:VCALENDAR\r\n"
    raw = many(
        part("", b"Come."), part("Content-Type: text/calendar; method=REQUEST", calendar), kind="alternative"
    )
    assert summary(raw)["calendars"] == [
        {"content": base64.b64encode(calendar[:-2] + b"\r\n").decode(), "method": "REQUEST"}
    ]


def test_quoted_from_lines_of_an_mbox_are_shown_as_written():
    raw = letter(">From here on.\r\n>>From there.\r\n")
    assert summary(raw, format="mbox")["text"] == "From here on.\n>From there."
    assert summary(raw)["text"] == ">From here on.\n>>From there."


def test_a_forwarded_message_is_an_attachment_that_can_be_opened():
    raw = many(part("", b"See."), part("Content-Type: message/rfc822", letter(subject="Inner")))
    (held,) = summary(raw)["attachments"]
    assert (held["name"], held["is_message"]) == ("attachment-1.eml", True)
    assert summary(part_of(raw, 0))["subject"] == "Inner"


TEXTS = [
    "",
    "a",
    "\x00",
    "\ud800",
    "=?utf-8?b?",
    '"',
    "<",
    ";",
    "--cut",
    "\r",
    "From: ",
    "\u202e",
    "é",
    "multipart/mixed",
]
fields = st.lists(st.sampled_from(TEXTS), max_size=6).map("".join)


def is_clean(value: object) -> bool:
    text = json.dumps(value, ensure_ascii=False)
    text.encode("utf-8")
    return "\\u0000" not in text and "\x00" not in text


@settings(max_examples=150)
@given(st.binary(max_size=400))
def test_any_bytes_are_summed_up(raw: bytes):
    assert is_clean(summary(raw))


@pytest.mark.hostile("A09", "A10")
@settings(max_examples=150)
@given(fields, fields, fields, fields, st.binary(max_size=100))
def test_any_broken_message_is_summed_up(subject: str, who: str, kind: str, coding: str, body: bytes):
    head = f"Subject: {subject}\r\nFrom: {who}\r\nContent-Type: {kind}; boundary=cut; name*0*={who}\r\n"
    raw = f"{head}Content-Transfer-Encoding: {coding}\r\n\r\n".encode("utf-8", "surrogatepass")
    held = summary(raw + b"--cut\r\n" + body)
    assert is_clean(held)
    assert not any("\n" in line for line in (held["subject"], held["message_id"], held["date_claimed"]))
    for position in range(len(held["attachments"])):
        assert len(part_of(raw + b"--cut\r\n" + body, position)) == held["attachments"][position]["size"]


@pytest.mark.hostile("A23")
@settings(max_examples=60)
@given(
    st.sampled_from([b"\x78\x9f\x3e\x22\x01\x00", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"]), st.binary(max_size=300)
)
def test_any_damaged_outlook_file_is_summed_up(start: bytes, rest: bytes):
    held = summary(start + rest, format="msg")
    assert is_clean(held)
    assert held["needs_a_look"]


def test_one_child_serves_many_messages():
    with Reader("privateoffice.connectors.mail.parse:summary") as reader:
        subjects = [reader.read(letter(subject=f"No {n}"), format="eml")["subject"] for n in range(20)]
    assert subjects == [f"No {n}" for n in range(20)]
