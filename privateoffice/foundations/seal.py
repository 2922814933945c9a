"""Secrets at rest: sealed with a key for their purpose, derived from the key file outside the data folder."""

import base64

from cryptography.fernet import Fernet, InvalidToken

from privateoffice.settings import derived_key


class WrongKey(Exception):
    """This was not sealed with this office's key for this purpose, or somebody has altered it."""


def sealed(text: str, purpose: str) -> str:
    """One line of text that only this office's key for this purpose opens."""
    return _box(purpose).encrypt(text.encode()).decode()


def opened(text: str, purpose: str) -> str:
    """What was sealed. Raises WrongKey."""
    try:
        return _box(purpose).decrypt(text.encode()).decode()
    except (InvalidToken, ValueError) as fault:
        raise WrongKey(WrongKey.__doc__) from fault


def _box(purpose: str) -> Fernet:
    return Fernet(base64.urlsafe_b64encode(derived_key(purpose)))
