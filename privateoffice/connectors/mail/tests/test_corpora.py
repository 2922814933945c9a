"""Real mail of many makers, ordinary and hostile: nothing lost, nothing raised, the same subjects as elsewhere."""

import json
import os
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from privateoffice.connectors.mail.parse import summary
from privateoffice.connectors.mail.sanitise import safe_html
from privateoffice.connectors.mail.sources import Found, messages_in
from privateoffice.connectors.mail.tests.letters import letter
from privateoffice.connectors.mail.tests.test_sanitise import strangers
from privateoffice.foundations.quarantine.reader import Reader

ROOT = Path(__file__).resolve().parents[4]
CORPORA = Path(os.environ.get("PRIVATE_OFFICE_CORPORA") or ROOT.parent / "shared" / "corpora")
MAIL = CORPORA / "mail"
needs_corpora = pytest.mark.skipif(not MAIL.is_dir(), reason="The corpora are not on this machine.")
pytestmark = pytest.mark.slow


def foreign() -> Iterator[Found]:
    return (one for one in messages_in(MAIL) if not one.place.startswith("expected/") and "/" in one.place)


@pytest.fixture(scope="module")
def held() -> dict[str, dict[str, Any]]:
    with Reader("privateoffice.connectors.mail.parse:summary") as reader:
        return {one.place: reader.read(one.raw, format=one.format) for one in foreign() if one.raw is not None}


@needs_corpora
def test_every_file_comes_back_byte_for_byte():
    files = {str(path.relative_to(MAIL)): path.read_bytes() for path in MAIL.rglob("*") if path.is_file()}
    assert {one.place: one.raw for one in messages_in(MAIL)} == files


@needs_corpora
def test_every_message_is_summed_up_and_fit_to_be_kept(held: dict[str, dict[str, Any]]):
    assert len(held) == sum(1 for _ in foreign())
    for place, one in held.items():
        text = json.dumps(one, ensure_ascii=False)
        assert "\x00" not in text, place
        assert "\\u0000" not in text, place
        assert text.encode("utf-8"), place
        assert one["needs_a_look"] == bool(one["faults"]), place


@needs_corpora
def test_ordinary_messages_with_author_and_date_need_no_look(held: dict[str, dict[str, Any]]):
    """The few that do say truly what was wrong: an old date, a stray header line, an unclosed part, no address."""
    ordinary = [one for place, one in held.items() if place.startswith(("well-formed/", "mua-samples/", "imip/"))]
    said = Counter(fault for one in ordinary for fault in one["faults"])
    print(len(ordinary), "ordinary messages;", dict(said))  # noqa: T201
    assert sum(one["needs_a_look"] for one in ordinary) < len(ordinary) / 3


@needs_corpora
def test_subject_author_and_attachments_as_another_reader_found_them(held: dict[str, dict[str, Any]]):
    """Where the other lost a letter (its replacement character) or a backslash, ours is not held against it."""
    compared, differing = 0, []
    for path in (MAIL / "expected").glob("*.json"):
        ours = held.get(f"mua-samples/{path.name.removesuffix('.json')}")
        if ours:
            compared += 1
            theirs = expected(json.loads(path.read_text()))
            mine = (
                ours["subject"],
                (ours["from"] or {}).get("address", ""),
                [a["name_given"] for a in ours["attachments"]],
            )
            if not all(map(agrees, flat(theirs), flat(mine))):
                differing.append((path.name, theirs, mine))
    print(compared, "compared")  # noqa: T201
    assert compared > 40
    assert differing == []


def flat(parts: tuple[str, str, list[str]]) -> list[str]:
    return [parts[0], parts[1], *parts[2], str(len(parts[2]))]


def agrees(theirs: str, mine: str) -> bool:
    return theirs == mine.replace("\\", "") or ("\ufffd" in theirs and len(theirs) == len(mine))


def expected(parsed: dict[str, Any]) -> tuple[str, str, list[str]]:
    """Subject, author's address and attachment names in the other reader's notation."""
    root = {
        field["name"]: field["value"] for field in parsed["parts"][0]["headers"] if isinstance(field["name"], str)
    }
    subject = root.get("subject")
    people = root["from"]["Address"] if isinstance(root.get("from"), dict) else {}
    listed = people.get("List") or [one for group in people.get("Group", []) for one in group["addresses"]]
    names = [name_of(parsed["parts"][number]) for number in parsed["attachments"]]
    return (
        (subject or {}).get("Text", "") if isinstance(subject, dict) else "",
        (listed[0]["address"] or "") if listed else "",
        names,
    )


def name_of(part: dict[str, Any]) -> str:
    found = {}
    for field in part["headers"]:
        if field["name"] in ("content_type", "content_disposition") and isinstance(field["value"], dict):
            for one in field["value"].get("ContentType", {}).get("attributes") or []:
                found[field["name"], one["name"]] = one["value"]
    return found.get(("content_disposition", "filename")) or found.get(("content_type", "name")) or ""


@pytest.mark.hostile("A01", "A02", "A03")
@needs_corpora
def test_hostile_pages_hold_nothing_outside_the_list(held: dict[str, dict[str, Any]]):
    pages = [path.read_bytes().decode("utf-8", "replace") for path in (MAIL / "hostile-html").iterdir()]
    pages += [one["html"] for one in held.values() if one["html"] and len(one["html"]) < 200_000]
    for markup in pages:
        assert strangers(safe_html(markup).html) == []


@needs_corpora
def test_speed_over_the_corpus():
    raws = [(one.raw, one.format) for one in foreign() if one.raw is not None]
    with Reader("privateoffice.connectors.mail.parse:summary") as reader:
        reader.read(letter(), format="eml")
        begun = time.perf_counter()
        for raw, kind in raws:
            reader.read(raw, format=kind)
    print(f"corpus: {len(raws) / (time.perf_counter() - begun):,.0f} messages a second through the child")  # noqa: T201


def test_speed_over_ten_thousand_messages():
    raws = [
        letter("A line of words.\r\n" * 20, subject=f"Desks {n}", to="a@example.com, b@example.com")
        for n in range(10_000)
    ]
    begun = time.perf_counter()
    for raw in raws:
        summary(raw)
    alone = time.perf_counter() - begun
    with Reader("privateoffice.connectors.mail.parse:summary") as reader:
        begun = time.perf_counter()
        for raw in raws:
            assert reader.read(raw, format="eml")["needs_a_look"] is False
    through = time.perf_counter() - begun
    print(f"10,000: {10_000 / alone:,.0f} a second alone, {10_000 / through:,.0f} through the child")  # noqa: T201
