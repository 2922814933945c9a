"""Enquiries that are alive now, whatever the day: late, due, waiting, opened again, split, marked."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from privateoffice.foundations.records.markings import Marking
from privateoffice.program.sample.enquiries import SENSITIVE, Course, Writer


def courses(writer: Writer) -> Iterator[Course]:
    """One or two of everything that a PA may find on a morning."""
    days = writer.days
    yield from (_open(writer, "general", days.before(12 + back), told=True) for back in range(2))
    yield _open(writer, "partner", days.before(7), told=True)
    yield _open(writer, "general", days.before(10), told=True)
    yield _open(writer, "jobs-vetting", days.before(5), told=True)
    yield _open(writer, "general", days.before(2), told=False)
    yield _open(writer, "subject-access", days.ago(25), told=False)
    yield _open(writer, "commander", days.ago(50), told=False)
    yield _waiting(writer, "press", days.before(1))
    yield _waiting(writer, "foi", days.before(3))
    yield _again(writer)
    yield _marked(writer)
    for turn in ("split", "recall", "promise", "pass_on", "reclassify"):
        course = _open(writer, "general", days.before(4), told=True)
        course.turn = turn
        yield course


def _open(writer: Writer, slug: str, at: datetime, *, told: bool) -> Course:
    course = writer.asked(slug, at)
    if told:
        by = course.kind.acknowledge_by(at)
        course.acknowledged_at = at + (by - at) * 0.3
    return course


def _waiting(writer: Writer, slug: str, at: datetime) -> Course:
    """With another unit, which has not said that it is theirs."""
    course = _open(writer, slug, at, told=True)
    course.unit = "Press Bureau" if slug == "press" else "Central Information Rights Unit"
    course.redirected_at = at + timedelta(minutes=20)
    course.acknowledged_at = course.redirected_at
    course.turn = "chase"
    return course


def _again(writer: Writer) -> Course:
    """Answered, and opened again because the caller came back."""
    course = _open(writer, "general", writer.days.before(6), told=True)
    course.ended_at = writer.days.before(3)
    course.turn = "reopen"
    return course


def _marked(writer: Writer) -> Course:
    """Of an OFFICIAL-SENSITIVE one only the title is for everybody's eyes."""
    course = _open(writer, "mp-assembly", writer.days.before(10, last="12:00"), told=True)
    course.marking, course.handling = Marking.OFFICIAL_SENSITIVE, SENSITIVE
    return course
