"""Reading a record: of a sensitive one it is written down who did."""

from typing import TypeVar

from django.db import DatabaseError

from privateoffice.foundations.offices.verbs import performing, trail
from privateoffice.foundations.records.models import Record

AnyRecord = TypeVar("AnyRecord", bound=Record)


class ReadNotRecorded(Exception):
    """The reading of a sensitive record could not be written down, so it is refused."""


def read(record: AnyRecord) -> AnyRecord:
    """Write down that a sensitive record was opened, and hand it over. Others are just handed over."""
    if record.is_sensitive:
        try:
            with performing("records.read"):
                trail(record)
        except DatabaseError as fault:
            raise ReadNotRecorded from fault
    return record
