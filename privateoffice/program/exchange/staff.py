"""The staff list: all of it or, where one row is at fault, none, unless the good rows are asked for."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError

from privateoffice.connectors.sheets.staff import StaffSheet, Unreadable, staff_in
from privateoffice.foundations.clock.words import counted
from privateoffice.foundations.offices import services as offices
from privateoffice.foundations.offices.models import Office
from privateoffice.foundations.quarantine.limits import MEGABYTE, UPLOAD_BYTES
from privateoffice.program.exchange.outcome import NothingRead, Outcome

HELP = "A staff list: .xlsx or .csv."


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("path", help="the workbook or CSV file")
    parser.add_argument("--skip-bad", action="store_true", help="import the good rows and list the others")


def bring_in(office: Office, options: dict[str, Any]) -> Outcome:
    """Bring the directory into step with the list, or say every fault of every row."""
    sheet = _sheet(Path(options["path"]))
    if sheet.stops:
        raise NothingRead("The list cannot be taken yet.\n" + "\n".join(f"  {why}" for why in sheet.stops))
    outcome = _said(sheet)
    if sheet.faults and not options["skip_bad"]:
        outcome.refusal = (
            f"Nothing was imported: {counted(outcome.needs_a_look, 'row')} cannot be taken. Mend the list, or add "
            "--skip-bad to import the others."
        )
        return outcome
    if not sheet.rows:
        raise NothingRead("There is nobody in the list who can be taken.\n" + outcome.as_table())
    try:
        done = offices.import_staff(office, rows=sheet.as_given)
    except ValidationError as fault:
        outcome.refusal = "Nothing was imported.\n" + "\n".join(f"  {why}" for why in fault.messages)
        return outcome
    outcome.new, outcome.unchanged = done.new + done.changed, done.unchanged
    return outcome


def _sheet(path: Path) -> StaffSheet:
    if not path.is_file():
        raise NothingRead(f"There is no file at {path}.")
    if path.stat().st_size > UPLOAD_BYTES:
        raise NothingRead(
            f"{path.name} is larger than {UPLOAD_BYTES // MEGABYTE} MB: too large to be a staff list."
        )
    try:
        return staff_in(path.read_bytes(), path.name)
    except Unreadable as fault:
        raise NothingRead(str(fault)) from fault


def _said(sheet: StaffSheet) -> Outcome:
    """What was read, with every fault: sheet, row, column, value and reason."""
    bad = {(fault.sheet, fault.row) for fault in sheet.faults}
    faults = [_placed(fault) for fault in sheet.faults]
    return Outcome(read=len(sheet.rows) + len(bad), needs_a_look=len(bad), listed=faults)


def _placed(fault: Any) -> tuple[str, str]:
    place, _, reason = str(fault).partition(": ")
    return place, reason
