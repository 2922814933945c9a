"""Where bytes lie: one shelf for the whole house, a folder on this machine or a bucket for several.

What is kept lies under its digest, office by office, and no two offices share a file. What was uploaded and is not
read yet lies apart, under `incoming`, and what a scanner found harmful under `quarantine`.
"""

from privateoffice.foundations.records.shelf.keeping import (
    Damaged,
    digest_now,
    digest_of,
    digest_on,
    keep,
    keep_in_pieces,
    kept,
    name_of,
    open_kept,
    place_of,
    read,
    remove,
)
from privateoffice.foundations.records.shelf.laid_aside import (
    ASIDE,
    INCOMING,
    QUARANTINE,
    clear,
    laid_aside,
    lay_aside,
    lay_sealed,
    remove_sealed,
    sealed_at,
)
from privateoffice.foundations.records.shelf.shelves import Away, Folder, Shelf, shelf, shelf_at

__all__ = [
    "ASIDE",
    "INCOMING",
    "QUARANTINE",
    "Away",
    "Damaged",
    "Folder",
    "Shelf",
    "clear",
    "digest_now",
    "digest_of",
    "digest_on",
    "keep",
    "keep_in_pieces",
    "kept",
    "laid_aside",
    "lay_aside",
    "lay_sealed",
    "name_of",
    "open_kept",
    "place_of",
    "read",
    "remove",
    "remove_sealed",
    "sealed_at",
    "shelf",
    "shelf_at",
]
