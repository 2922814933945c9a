"""One record's whole story on paper: every act, and for whoever inspects also its place in the trail."""

from collections.abc import Iterator

from privateoffice.foundations import printing
from privateoffice.foundations.audit import services as audit
from privateoffice.foundations.clock import clock, words
from privateoffice.foundations.offices import scope
from privateoffice.foundations.offices.models import Office
from privateoffice.foundations.offices.verbs import trail, verb
from privateoffice.foundations.records import services as records
from privateoffice.foundations.records.markings import Marking
from privateoffice.foundations.records.models import Record, Version
from privateoffice.foundations.records.pages import keeping_of, links_of
from privateoffice.foundations.records.story import Happening, story_of_thread, thread_of

MARK = 16
"""So many characters of a fingerprint are printed beside each act; the head is printed whole."""


@verb("timeline.print_story")
def print_story(record: Record, *, inspecting: bool = False) -> bytes:
    """A record with its versions, links, closings and every act on its thread, as PDF; the reading is an entry.

    Places in the trail go only to an inspection: their numbers grow by what the reader may not see.
    """
    thread = thread_of(record)
    for other in thread:
        records.read(other)
    happenings = story_of_thread(record, thread)
    marked = max([record, *thread], key=lambda one: (one.marking, one.pk == record.pk))
    handling = dict.fromkeys(one.handling for one in [record, *thread] if one.handling)
    paper = printing.report(
        _report(record, thread, happenings, inspecting=inspecting),
        office=_block(record.office),
        marking=printing.Stamp(marked.marking, "; ".join(handling), record.office.is_sample),
    )
    trail(record)
    return paper


def _report(
    record: Record, thread: list[Record], happenings: list[Happening], *, inspecting: bool
) -> printing.Report:
    now, acting = clock.now(), scope.current()
    reader = f"{acting.actor} for {acting.for_whom}" if acting.for_whom else acting.actor
    facts = [("Made", words.moment(record.made_at)), *keeping_of(record)]
    return printing.Report(
        title=record.title,
        lead=f"The whole story of one {record.kind_declared.word}, as far as {reader} may see it.",
        reference=record.reference,
        facts=tuple((name, said) for name, said in facts if said),
        sections=(
            printing.Section("What happened", story=tuple(map(_told, happenings))),
            *_versions(record),
            printing.Section("Closings", table=_closings(record)),
            printing.Section("Links", table=_links(record)),
            printing.Section("On its thread", table=_thread(thread)),
            *([_places(record.office, happenings)] if inspecting else []),
        ),
        made=f"Printed {words.moment(now)} by {reader}",
        made_on=clock.day_of(now),
    )


def _told(one: Happening) -> printing.Told:
    at = clock.london(one.at)
    who = f"{one.who} for {one.for_whom}" if one.for_whom else one.who
    return printing.Told(words.day(at), f"{at:%H:%M:%S}", who, one.words, one.quote, one.is_ours)


def _versions(record: Record) -> Iterator[printing.Section]:
    """What each version said: all of the first, and then what had changed."""
    before: dict[str, str] = {}
    for version in record.versions.order_by("number"):  # type: ignore[attr-defined]
        said = {name: text for name, text in version.texts.items() if text and before.get(name) != text}
        yield printing.Section(f"Version {version.number}", paragraphs=(_made(version), *_texts(said)))
        before = version.texts


def _made(version: Version) -> str:
    return f"By {version.made_by}, {words.moment(version.made_at)}."


def _texts(said: dict[str, str]) -> Iterator[str]:
    for name, text in said.items():
        yield f"{name.replace('_', ' ').capitalize()}: {text}"


def _closings(record: Record) -> printing.Table:
    rows = []
    for each in record.closings.select_related("reopening").order_by("closed_at"):  # type: ignore[attr-defined]
        again = words.moment(each.reopening.reopened_at) if each.reopening else ""
        outcome = each.outcome.replace("_", " ").capitalize()
        rows.append((words.moment(each.closed_at), each.closed_by, outcome, each.words, again))
    heads = ("When", "By", "How", "Words", "Opened again")
    return printing.Table(heads, tuple(rows), shares=(3, 3, 2, 4, 3), empty="It was never closed.")


def _links(record: Record) -> printing.Table:
    rows = tuple((how, other.reference, other.title, _marked(other)) for how, other in links_of(record))
    return printing.Table(("How", "Reference", "Title", "Marking"), rows, (2, 3, 5, 3), empty="It has no links.")


def _thread(thread: list[Record]) -> printing.Table:
    rows = tuple(
        (one.kind_declared.word.capitalize(), one.reference, one.title, words.moment(one.made_at))
        for one in thread
    )
    heads = ("What", "Reference", "Title", "Made")
    return printing.Table(heads, rows, (2, 3, 5, 3), empty="Nothing else hangs on it.")


def _places(office: Office, happenings: list[Happening]) -> printing.Section:
    number, fingerprint = audit.head_of(office.pk)
    head = f"{fingerprint} is the fingerprint of entry {number:,}, the last of the trail of {office.name}."
    rows = tuple(
        (
            f"{one.number:,}",
            clock.london(one.at).strftime("%Y-%m-%d %H:%M:%S"),
            one.reference,
            one.fingerprint[:MARK],
        )
        for one in happenings
    )
    table = printing.Table(("Entry", "When", "Record", "Fingerprint"), rows, (1, 2, 2, 2), figures=(0,))
    return printing.Section("Places in the trail", paragraphs=(head,), table=table)


def _marked(record: Record) -> str:
    return ": ".join(filter(None, [Marking(record.marking).label, record.handling]))


def _block(office: Office) -> printing.OfficeBlock:
    return printing.OfficeBlock(
        name=office.name,
        colour=office.colour,
        address=tuple(line for line in office.address.splitlines() if line.strip()),
        phone=office.phone,
        email=office.email,
    )
