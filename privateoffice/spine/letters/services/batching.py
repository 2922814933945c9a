"""Many letters of one text: one for each row, each with its own bytes; a row that lacks something stops."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction

from privateoffice.connectors.sheets import reading
from privateoffice.foundations.offices.verbs import performing, trail
from privateoffice.foundations.quarantine.reader import Unreadable
from privateoffice.foundations.records import services as records
from privateoffice.foundations.records.models import Matter
from privateoffice.spine.approvals.models import Unfit, frozen
from privateoffice.spine.letters.models import Dispatch, Draft, Template
from privateoffice.spine.letters.services.checking import findings_on
from privateoffice.spine.letters.services.dispatching import MayNotGo, NotYetFit, dispatch
from privateoffice.spine.letters.services.filling import filled
from privateoffice.spine.letters.services.writing import accept, begin, fields_of

MOST = 500
NEEDED = ("name", "address")


class TooMany(ValueError):
    """A batch holds 500 letters at most."""


@dataclass(frozen=True)
class Made:
    """What became of one row: the letter that was put before the Commander, or why there is none."""

    place: int
    name: str
    draft: Draft | None = None
    dispatch: Dispatch | None = None
    why_not: str = ""


def batch(
    template: Template, rows: Sequence[Mapping[str, str]], *, reason: str, matter: Matter | None = None
) -> list[Made]:
    """Make a letter of each row and put it before the Commander. One that cannot be made stops no other.

    A row names `name`, `address`, and every field that the template names beside the known ones. `reason` says
    why they may go outside. Run again with the rows that stopped, it makes those and no other.
    """
    if len(rows) > MOST:
        raise TooMany(str(TooMany.__doc__))
    made = [_one(template, place, row, reason, matter) for place, row in enumerate(rows, start=1)]
    with performing("letters.batch"):
        stopped = sum(bool(one.why_not) for one in made)
        trail(office_id=template.office_id, count=len(made) - stopped, stopped=stopped, reason=reason)
    return made


def _one(template: Template, place: int, row: Mapping[str, str], reason: str, matter: Matter | None) -> Made:
    name = row.get("name", "").strip()
    if missing := missing_in(template, row):
        return Made(place, name, why_not=f"Row {place}: {', '.join(missing)} is missing.")
    try:
        with transaction.atomic():
            draft = _drafted(template, row)
            if matter:
                records.put_on(matter, draft)
            for finding in findings_on(draft):
                if finding.code in ("outside", "marking"):
                    accept(draft, finding=finding, reason=reason)
            return Made(place, name, draft, dispatch(draft, seen=draft.version))
    except (NotYetFit, MayNotGo, Unfit, Unreadable, frozen.Altered, ValueError) as fault:
        return Made(place, name, why_not=f"Row {place}: {fault}")


def missing_in(template: Template, row: Mapping[str, str]) -> list[str]:
    """The fields that a row should fill and does not."""
    named = set(re.findall(r"\{([a-z_]{1,40})\}", template.subject + template.text))
    own = named - {"office", "commander", "writer", "today", "subject", "reference"}
    return sorted(field for field in {*NEEDED, *own} if not row.get(field, "").strip())


def _drafted(template: Template, row: Mapping[str, str]) -> Draft:
    to = [[row["name"].strip(), row["address"].strip()]]
    said = {**fields_of(to, ""), **{key: value.strip() for key, value in row.items()}}
    return begin(
        to=to,
        subject=filled(template.subject, said)[:200],
        text=filled(template.text, said),
        sender_as=template.sender_as,
        form=template.form,
        title=f"{template.name}: {row['name'].strip()}"[:200],
    )


def rows_of(raw: bytes, name: str) -> list[dict[str, str]]:
    """The rows of a list: its first row names the fields, and hidden rows and sheets are not taken."""
    sheets = [sheet for sheet in reading.rows(raw, name)["sheets"] if not sheet["is_hidden"] and sheet["rows"]]
    if not sheets:
        raise Unreadable("There is no list in it.")
    (_, heads), *rows = sheets[0]["rows"]
    fields = ["_".join(str(head or "").lower().split()) for head in heads]
    hidden = set(sheets[0]["hidden_rows"])
    return [
        dict(zip(fields, (str(cell if cell is not None else "") for cell in cells), strict=False))
        for number, cells in rows
        if number not in hidden and any(str(cell or "").strip() for cell in cells)
    ]
