"""Secrets at rest: sealed with a key that is derived from the office's key file, outside the data folder."""

import json

from privateoffice.foundations import seal

PURPOSE = "mailboxes"


class Locked(Exception):
    """The password cannot be read with this office's key. Enter it again."""


def sealed(words: dict[str, str]) -> str:
    """Named secrets as one line of text that only this office's key opens."""
    return seal.sealed(json.dumps(words), PURPOSE) if words else ""


def opened(text: str) -> dict[str, str]:
    """The named secrets. Raises Locked."""
    if not text:
        return {}
    try:
        found: dict[str, str] = json.loads(seal.opened(text, PURPOSE))
    except (seal.WrongKey, ValueError) as fault:
        raise Locked(Locked.__doc__) from fault
    return found
