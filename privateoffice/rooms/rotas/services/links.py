"""Secrets that stand in the links of mails and feeds. Only their digests are kept."""

import hashlib
import secrets

from django.conf import settings


def new_secret() -> tuple[str, str]:
    """A secret that nobody can guess, and the digest to keep of it."""
    secret = secrets.token_urlsafe(32)
    return secret, digest_of(secret)


def digest_of(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def link_of(secret: str) -> str:
    """The address that a person without an account opens."""
    return f"{settings.SITE_URL}/duties/{secret}/"


def feed_link_of(secret: str) -> str:
    """The address that a calendar program reads."""
    return f"{settings.SITE_URL}/feeds/{secret}.ics"
