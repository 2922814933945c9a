"""The frozen bytes of what is sent: originals of the office, kept under their digest and never changed."""

from privateoffice.foundations.offices.models import Office
from privateoffice.foundations.records import services as records
from privateoffice.foundations.records import shelf

LARGEST = 25_000_000
"""Bytes of one file: what most mail systems outside still take, after its encoding."""

Altered = shelf.Damaged


class TooLarge(ValueError):
    """One file is larger than other people's mail systems take (25 MB)."""


def keep(office: Office, data: bytes) -> str:
    """Keep bytes for an office and return their SHA-256. The file is whole on disk before this returns."""
    if len(data) > LARGEST:
        raise TooLarge("One file is larger than 25 MB, which other people's mail systems do not take.")
    records.keep_original(data, office=office)
    return shelf.keep(office.pk, data)  # in a file of its own, also where the same bytes lie in a pack


def digest_now(office: Office, digest: str) -> str:
    """The digest of the bytes that are there now under a name; nothing where they are gone."""
    return shelf.digest_now(office.pk, digest)


def read(office: Office, digest: str) -> bytes:
    """The bytes kept under a digest. Raises Altered where they are not those any more."""
    return shelf.read(office.pk, digest)


def plain_name(digest: str, name: str) -> str:
    """A name to save a file under, safe in any header: its digest, with its own ending where that is plain."""
    _, dot, ending = name.rpartition(".")
    is_plain = dot and ending.isascii() and ending.isalnum() and len(ending) < 6
    return f"{digest[:12]}.{ending}" if is_plain else digest[:12]
