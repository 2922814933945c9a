"""The cover note on paper: tagged PDF, marked above and below."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from privateoffice.desk.handover.models import Group, Section
from privateoffice.foundations import printing
from privateoffice.foundations.clock import words
from privateoffice.foundations.offices.models import Cover, Office


def printed(cover: Cover, sections: Iterable[Section], *, now: datetime, marking: int) -> bytes:
    """The note as a report."""
    office = cover.office
    report = printing.Report(
        title=f"Cover note: {office.name}",
        lead=f"For {cover.coverer.name}, who covers for {cover.covered.name}.",
        facts=(
            ("From", words.moment(cover.starts_at)),
            ("Until", words.moment(cover.ends_at)),
            ("As", cover.get_role_display()),
            ("Why", cover.reason),
        ),
        sections=tuple(part for number, section in enumerate(sections, 1) for part in _parts(number, section)),
        made=f"Made {words.moment(now)} for {cover.coverer.name}",
        made_on=now.date(),
    )
    return printing.report(report, office=_block(office), marking=printing.Stamp(marking, "", office.is_sample))


def _parts(number: int, section: Section) -> Iterator[printing.Section]:
    paragraphs = (*filter(None, (section.lead,)), *(p for p in section.words.split("\n") if p.strip()))
    yield printing.Section(f"{number}. {section.title}", paragraphs=paragraphs)
    for group in section.groups:
        yield printing.Section(group.title, paragraphs=_more(group), table=_table(group))


def _table(group: Group) -> printing.Table:
    """Only the columns in which something stands."""
    columns = [
        ("What", [line.title for line in group.lines], 3.8),
        ("More", [line.detail for line in group.lines], 3.0),
        ("Whose", [line.whose for line in group.lines], 2.0),
        ("When", [line.when for line in group.lines], 2.0),
        ("Reference", [line.reference for line in group.lines], 2.7),
    ]
    shown = [column for column in columns if any(column[1])] or columns[:1]
    return printing.Table(
        heads=tuple(head for head, _, _ in shown),
        rows=tuple(zip(*(cells for _, cells, _ in shown), strict=True)),
        shares=tuple(share for _, _, share in shown),
    )


def _more(group: Group) -> tuple[str, ...]:
    return (f"And {group.more} more, which the pages show.",) if group.more else ()


def _block(office: Office) -> printing.OfficeBlock:
    return printing.OfficeBlock(
        name=office.name,
        colour=office.colour,
        address=tuple(line for line in office.address.splitlines() if line.strip()),
        phone=office.phone,
        email=office.email,
    )
