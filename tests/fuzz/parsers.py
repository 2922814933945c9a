"""Every reader of foreign bytes, small sound samples for it, and what it may refuse with."""

import io
import json
import random
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from privateoffice.connectors import papers
from privateoffice.connectors.calendars.parse import events
from privateoffice.connectors.mail.parse import summary
from privateoffice.connectors.mail.replies import read_reply
from privateoffice.connectors.mail.sanitise import safe_html
from privateoffice.connectors.mail.sources import messages_in
from privateoffice.connectors.mail.tests.letters import letter, many, part
from privateoffice.connectors.mail.tests.test_sanitise import HOSTILE, strangers
from privateoffice.connectors.papers import hidden
from privateoffice.connectors.papers.tests import foreign
from privateoffice.connectors.sheets import reading
from privateoffice.connectors.sheets.refusals import Refused
from privateoffice.connectors.sheets.tests.workbooks import packed, table, workbook
from privateoffice.foundations.jobs.cron import is_cron, latest_due
from privateoffice.foundations.keeping import container
from privateoffice.foundations.keeping.tests.test_container import KEY, write
from privateoffice.foundations.quarantine import parcels
from privateoffice.foundations.quarantine.reader import Unreadable
from privateoffice.spine.diary.tests.samples import calendar, event


@dataclass(frozen=True)
class Parser:
    """One reader. `weight` says how often it has its turn: those that start a process seldom."""

    read: Callable[[bytes], object]
    samples: list[bytes]
    refusals: tuple[type[Exception], ...] = ()
    weight: int = 20


def _summed_up(raw: bytes, form: str = "eml") -> None:
    text = json.dumps(summary(raw, format=form), ensure_ascii=False)
    text.encode()
    assert "\\u0000" not in text


def _of_a_box(raw: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "a.mbox"
        place.write_bytes(raw)
        list(messages_in(place))


def _of_a_calendar(raw: bytes) -> None:
    found = events(raw)
    assert found["read"] == len(found["events"])
    parcels.packed(found)


def _sanitised(raw: bytes) -> None:
    assert strangers(safe_html(raw.decode("utf-8", "replace")).html) == []


def _answered(raw: bytes) -> None:
    body = raw.decode("utf-8", "replace")
    read_reply(body, subject="", received=datetime(2026, 11, 3, 9, tzinfo=UTC), due=date(2026, 11, 10))


def _scheduled(raw: bytes) -> None:
    text = raw.decode("latin-1")
    if is_cron(text):
        latest_due(text, datetime(2026, 3, 29, 1, 30, tzinfo=UTC))


def _restored(raw: bytes) -> None:
    with container.reading(io.BytesIO(raw), key=KEY, lock=None) as one:
        for each in one.parts():
            each.read()


def _bound(raw: bytes) -> None:
    (made,) = papers.ready([papers.Paper("A paper", raw, 1, "")])
    assert made.pages


def _backup() -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "a.backup"
        write(place)
        return place.read_bytes()


def _letters() -> list[bytes]:
    attached = part("Content-Type: text/calendar; method=REQUEST", calendar(event("a")))
    coded = part("Content-Transfer-Encoding: base64", b"SGVsbG8=")
    return [letter(), letter(subject="=?utf-8?b?Y2Fmw6k=?="), many(part("", b"x"), attached, coded)]


def parsers() -> dict[str, Parser]:
    book = workbook(table([["Surname", "Number"], ["Wrenholt", "00123"]]))
    pages = [foreign.saved(foreign.plain(2)), foreign.hostile()]
    outlook = [b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1_500), b"\x78\x9f\x3e\x22\x01\x00" + bytes(60)]
    box = b"".join(b"From a@b.example Mon Jan 26 09:30:00 2026\r\n" + one + b"\r\n" for one in _letters())
    week = calendar(
        event("a", "RRULE:FREQ=WEEKLY;COUNT=3", "EXDATE:20261201T100000Z"),
        event("b", "BEGIN:VALARM\r\nACTION:EMAIL\r\nEND:VALARM", "CLASS:PRIVATE"),
        method="REQUEST",
    )
    answers = [b"Done, thank you.", b"> asked\r\nCan I have until Friday 20 November?", b"On leave until 1/12"]
    return {
        "mail": Parser(_summed_up, _letters()),
        "outlook": Parser(lambda raw: _summed_up(raw, "msg"), outlook),
        "mbox": Parser(_of_a_box, [box]),
        "calendar": Parser(_of_a_calendar, [week]),
        "sanitiser": Parser(_sanitised, [one.encode() for one in HOSTILE]),
        "workbook": Parser(lambda raw: reading.read(raw, "a.xlsx"), [book], (Refused,)),
        "csv": Parser(lambda raw: reading.read(raw, "a.csv"), [b'No,Name\r\n1,"Zo\xc3\xab"\r\n'], (Refused,)),
        "replies": Parser(_answered, answers),
        "cron": Parser(_scheduled, [b"0 7 * * *", b"*/5 1,2 * * 0", b"0,30 1 1 * *"]),
        "backup": Parser(_restored, [_backup()], (container.NotGood,)),
        "what lies hidden": Parser(hidden.look, [packed({"word/document.xml": "<w:ins w:id='1'/>"}), *pages]),
        "words of a paper": Parser(papers.text_of, pages, (Unreadable,), weight=1),
        "bound paper": Parser(_bound, pages, weight=1),
    }


PIECES = (b"\x00", b"\xff", b"\r\n", b"\r\n\r\n", b"=", b'"', b"--", b";", b"<", b">", b"\xed\xa0\x80", b"9" * 30)


def damaged(chance: random.Random, samples: list[bytes]) -> bytes:
    """A sample with a few things done to it: bytes flipped, cut out, doubled, put in, or taken from another."""
    raw = bytearray(chance.choice(samples))
    for _ in range(chance.randint(1, 6)):
        at = chance.randrange(len(raw) + 1)
        to = min(len(raw), at + chance.choice([1, 1, 2, 8, 64, 512]))
        turn = chance.randrange(5)
        if turn == 0 and at < len(raw):
            raw[at] ^= 1 << chance.randrange(8)
        elif turn == 1:
            del raw[at:to]
        elif turn == 2:
            raw[at:at] = raw[at:to] * chance.choice([1, 3, 200])
        elif turn == 3:
            raw[at:to] = chance.choice(PIECES)
        else:
            other = chance.choice(samples)
            raw[at:at] = other[chance.randrange(len(other) + 1) :][:512]
    return bytes(raw)


def broken_by(parser: Parser, raw: bytes) -> Exception | None:
    """What a reader raised that it may not raise."""
    try:
        parser.read(raw)
    except parser.refusals:
        return None
    except Exception as fault:
        return fault
    return None
