"""Other people's calendars: no crash, nothing lost, faults on their lines; rules give what they must."""

import os
import re
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from privateoffice.connectors.calendars.components import Reading
from privateoffice.connectors.calendars.lines import as_utf8, lines
from privateoffice.connectors.calendars.occurrences import between
from privateoffice.connectors.calendars.parse import MOST_FAULTS, events
from privateoffice.connectors.calendars.rules import read
from privateoffice.connectors.calendars.tests.samples import calendar
from privateoffice.connectors.calendars.values import moment
from privateoffice.connectors.calendars.walls import Effort, walls
from privateoffice.connectors.calendars.writing import calendar_of
from privateoffice.foundations.quarantine.reader import Reader

ROOT = (
    Path(os.environ.get("PRIVATE_OFFICE_CORPORA", Path(__file__).parents[5] / "shared" / "corpora")) / "calendar"
)
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not ROOT.is_dir(), reason="the corpora are not on this machine (PRIVATE_OFFICE_CORPORA)"),
]
SUMMARY = (
    "{files} files, {items} items, {looks} items need a look, {kilobytes:,.0f} KB in {seconds:.1f} s in the child"
)


def files() -> list[Path]:
    return [path for path in sorted(ROOT.glob("*/*")) if path.parent.name not in ("vcards", "recurrence-vectors")]


def test_every_file_goes_through_the_child(capsys):
    items = looks = size = 0
    begun = time.monotonic()
    with Reader("privateoffice.connectors.calendars.parse:events") as reader:
        for path in files():
            raw = path.read_bytes()
            found = reader.read(raw)
            items, size = items + found["read"], size + len(raw)
            looks += sum(event["needs_a_look"] for event in found["events"])
    seconds = time.monotonic() - begun
    with capsys.disabled():
        print(  # noqa: T201
            "\n"
            + SUMMARY.format(files=len(files()), items=items, looks=looks, kilobytes=size / 1024, seconds=seconds)
        )


@pytest.mark.parametrize("path", files() if ROOT.is_dir() else [], ids=lambda path: path.name)
def test_nothing_is_lost(path):
    """Each line of the file is in an item, in a calendar's head or zones, or told as a fault."""
    raw = as_utf8(path.read_bytes())
    found = events(raw)
    originals = b"\n".join(event["original"] for event in found["events"])
    heads = re.findall(rb"(?is)BEGIN:VTIMEZONE.*?(?:END:VTIMEZONE|(?=BEGIN:V)|\Z)", raw)
    kept = originals + b"\n".join(heads)
    heads_too = {line.number for part in Reading(raw).calendars for line in part.lines}
    lost = []
    for line in lines(raw):
        text = raw[line.start : line.end].strip()
        frame = line.name in ("BEGIN", "END") and line.value.strip().upper().startswith("VCALENDAR")
        if not (frame or line.number in heads_too or text in kept or line.number in told(found["faults"])):
            lost.append((line.number, text))
    assert "only the original is kept" not in str(found["events"])
    assert lost == [] or len(found["faults"]) > MOST_FAULTS


def told(faults: list[dict]) -> set[int]:
    """The numbers of the lines that the faults name."""
    numbers = {fault["line"] for fault in faults}
    for fault in faults:
        if ends := re.search(r"(\d+) to (\d+)", fault["words"]):
            numbers |= set(range(int(ends[1]), int(ends[2]) + 1))
    return numbers


def test_every_fault_is_on_a_line_of_the_file():
    for path in files():
        raw = as_utf8(path.read_bytes())
        last = max((line.number for line in lines(raw)), default=1)
        found = events(raw)
        faults = [*found["faults"], *(fault for event in found["events"] for fault in event["faults"])]
        assert [fault for fault in faults if not 1 <= fault["line"] <= last] == [], path.name


def test_no_fewer_events_than_the_peer_read():
    outcomes = [line.split("\t") for line in (ROOT / "peer-results.tsv").read_text().splitlines()[1:]]
    fewer = []
    for name, _, outcome in outcomes:
        said = re.match(r"ok events=(\d+)", outcome)
        if said and (ROOT / name) in files():
            read_here = sum(event["kind"] == "event" for event in events((ROOT / name).read_bytes())["events"])
            fewer += [(name, outcome, read_here)] if read_here < int(said[1]) else []
    assert fewer == []


def test_every_file_can_be_expanded_in_time_and_written_again():
    for path in files():
        found = [
            event for event in events(path.read_bytes())["events"] if event["kind"] in ("event", "task", "journal")
        ]
        begun = time.process_time()
        between(found, datetime(1, 1, 1, tzinfo=UTC), datetime(9999, 12, 31, tzinfo=UTC))
        assert time.process_time() - begun < 5, path.name
        again = events(calendar_of(found))["events"]
        same = [(event["uid"], event["starts_at"], event["ends_at"], event["summary"]) for event in found]
        assert [
            (event["uid"], event["starts_at"], event["ends_at"], event["summary"]) for event in again
        ] == same, path.name


def vectors() -> list[dict[str, str]]:
    blocks = "\n\n".join(path.read_text() for path in sorted(ROOT.glob("recurrence-vectors/*.txt"))).split("\n\n")
    found = [
        dict(line.split(":", 1) for line in block.splitlines() if line and line[0] != "#") for block in blocks
    ]
    return [vector for vector in found if "RRULE" in vector]


@pytest.mark.parametrize("vector", vectors() if ROOT.is_dir() else [], ids=lambda vector: vector["RRULE"][:60])
def test_a_rule_gives_the_instances_that_it_must(vector):
    if "UNIMPLEMENTED" in vector["INSTANCES"]:
        pytest.skip("the vector itself says that it has no answer")
    start = moment(vector["DTSTART"])
    expected = [moment(text).wall for text in vector["INSTANCES"].split(",")]
    found = walls(
        read(vector["RRULE"]),
        start.wall,
        since=start.wall,
        before=datetime(2100, 1, 1),
        effort=Effort(50_000),
    )
    assert list(found) == expected
    raw = calendar(f"DTSTART:{vector['DTSTART']}{'' if start.utc or start.day else 'Z'}\nRRULE:{vector['RRULE']}")
    shown = between(events(raw)["events"], datetime(1900, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC))[
        "occurrences"
    ]
    days = [one["first_day"] or one["starts_at"] for one in shown]
    assert (
        sorted(
            {*(f"{wall:%Y-%m-%d}" if start.day else f"{wall.isoformat()}Z" for wall in [start.wall, *expected])}
        )
        == days
    )
