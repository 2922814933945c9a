"""The one file of a backup: a tar of named parts, packed, sealed where wished, with a digest of each.

An unsealed backup opens with any tar: `private-office.json` says what it is, `rows/` holds every table as lines of
JSON, `files/` and `outbox/` the files, `parts.sha256` the digest of each (as sha256sum reads it), and `seal.json`
what the whole must come to, under a keyed hash of the office's own key.
"""

from privateoffice.foundations.keeping.container.faults import (
    Altered,
    Cut,
    Foreign,
    Newer,
    NotGood,
    OtherKey,
    Sealed,
    WrongKey,
)
from privateoffice.foundations.keeping.container.reading import Part, Reading, check, reading
from privateoffice.foundations.keeping.container.sealing import Lock, by_key, by_passphrase
from privateoffice.foundations.keeping.container.writing import Writing, writing

__all__ = [
    "Altered",
    "Cut",
    "Foreign",
    "Lock",
    "Newer",
    "NotGood",
    "OtherKey",
    "Part",
    "Reading",
    "Sealed",
    "Writing",
    "WrongKey",
    "by_key",
    "by_passphrase",
    "check",
    "reading",
    "writing",
]
