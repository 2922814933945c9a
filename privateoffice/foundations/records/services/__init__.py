"""What can be done with any record. Rooms call these inside their own verbs."""

from privateoffice.foundations.records.services.access import NoHandling, bar, mark, narrow, restrict_like, widen
from privateoffice.foundations.records.services.bulk import make_many
from privateoffice.foundations.records.services.ending import AlreadyClosed, NotClosed, close, close_many, reopen
from privateoffice.foundations.records.services.keeping import AlreadyHeld, Held, NoDay, dispose, hold, lift
from privateoffice.foundations.records.services.making import ChangedMeanwhile, make, revise
from privateoffice.foundations.records.services.matters import (
    close_matter,
    link,
    open_matter,
    put_on,
    reopen_matter,
    revise_matter,
    take_off,
)
from privateoffice.foundations.records.services.originals import (
    keep_original,
    keep_original_in_pieces,
    keep_original_keys,
    keep_originals,
)
from privateoffice.foundations.records.services.reading import ReadNotRecorded, read

__all__ = [
    "AlreadyClosed",
    "AlreadyHeld",
    "ChangedMeanwhile",
    "Held",
    "NoDay",
    "NoHandling",
    "NotClosed",
    "ReadNotRecorded",
    "bar",
    "close",
    "close_many",
    "close_matter",
    "dispose",
    "hold",
    "keep_original",
    "keep_original_in_pieces",
    "keep_original_keys",
    "keep_originals",
    "lift",
    "link",
    "make",
    "make_many",
    "mark",
    "narrow",
    "open_matter",
    "put_on",
    "read",
    "reopen",
    "reopen_matter",
    "restrict_like",
    "revise",
    "revise_matter",
    "take_off",
    "widen",
]
