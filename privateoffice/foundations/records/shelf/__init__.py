"""Where bytes lie: one shelf for the whole house, a folder on this machine.

What is kept lies under its digest, office by office, and no two offices share a file. What was uploaded and is not
read yet lies apart, under `incoming`.
"""

from privateoffice.foundations.records.shelf.keeping import (
    Damaged,
    digest_now,
    keep,
    keep_in_pieces,
    kept,
    name_of,
    open_kept,
    place_of,
    read,
    remove,
)
from privateoffice.foundations.records.shelf.laid_aside import INCOMING, clear, laid_aside, lay_aside
from privateoffice.foundations.records.shelf.shelves import Shelf, shelf

__all__ = [
    "INCOMING",
    "Damaged",
    "Shelf",
    "clear",
    "digest_now",
    "keep",
    "keep_in_pieces",
    "kept",
    "laid_aside",
    "lay_aside",
    "name_of",
    "open_kept",
    "place_of",
    "read",
    "remove",
    "shelf",
]
