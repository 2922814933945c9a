"""What must hold before other machines may reach an office; `private-office check` says what does not."""

import stat
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings

from privateoffice.foundations.clock import clock
from privateoffice.foundations.offices.models import Holding, Office
from privateoffice.foundations.offices.roles import Role
from privateoffice.settings import is_of_this_machine

LEAST_KEY = 32
"""Bytes of the master key: as many as its digests have."""

LONGEST_IDLE, LONGEST_SESSION = timedelta(hours=1), timedelta(hours=24)
"""The longest that a session may go unused and may last at all."""

DEFAULT_HOSTS = {"localhost", "127.0.0.1", "[::1]"}


def is_open_to_others() -> bool:
    """Whether the address in the settings is one that other machines can reach."""
    return not is_of_this_machine(settings.SITE_URL)


def findings(*, asks_database: bool) -> Iterator[tuple[str, str]]:
    """What was looked at, and what is wrong with it; nothing at all where the office is this machine's own."""
    if not is_open_to_others():
        return
    for subject, look in {**OF_SETTINGS, **(OF_DATABASE if asks_database else {})}.items():
        yield subject, look()


def _address() -> str:
    return "" if settings.IS_SERVED_SECURELY else "PRIVATE_OFFICE_URL must begin with https://"


def _debug() -> str:
    return (
        "PRIVATE_OFFICE_DEBUG shows the inside of the program to whoever meets a fault" if settings.DEBUG else ""
    )


def _sample_sign_in() -> str:
    return "set PRIVATE_OFFICE_SAMPLE_SIGN_IN=false" if settings.ALLOWS_SAMPLE_SIGN_IN else ""


def _hosts() -> str:
    host = urlsplit(settings.SITE_URL).hostname or ""
    if "*" in settings.ALLOWED_HOSTS:
        return "PRIVATE_OFFICE_HOSTS takes every name; name the office's own"
    if set(settings.ALLOWED_HOSTS) <= DEFAULT_HOSTS or host not in settings.ALLOWED_HOSTS:
        return f"PRIVATE_OFFICE_HOSTS does not name {host}"
    return ""


def _key_place() -> str:
    inside = Path(settings.KEY_FILE).resolve().is_relative_to(Path(settings.HOME).resolve())
    return "it lies inside the data folder, and so in every copy of it" if inside else ""


def _key_strength() -> str:
    """Read anew: a key that somebody shortened by hand still opens the office."""
    try:
        key = bytes.fromhex(Path(settings.KEY_FILE).read_text(encoding="ascii").strip())
    except (ValueError, OSError):
        return "it cannot be read as hexadecimal"
    is_weak = len(key) < LEAST_KEY or len(set(key)) < LEAST_KEY // 4
    return f"it must be {LEAST_KEY} random bytes" if is_weak else ""


def _data_folder() -> str:
    others = stat.S_IMODE(Path(settings.HOME).stat().st_mode) & 0o077
    return "others on this machine can look into it" if others else ""


def _proxy() -> str:
    if settings.ALLAUTH_TRUSTED_PROXY_COUNT:
        return ""
    return "PRIVATE_OFFICE_PROXIES is 0, so every visitor seems to come from the proxy that ends TLS"


def _provider() -> str:
    issuer = settings.OIDC_ISSUER
    is_sound = not issuer or issuer.startswith("https://")
    return "" if is_sound else "OIDC_ISSUER must begin with https://"


def _second_factor() -> str:
    if settings.NEEDS_SECOND_FACTOR:
        return ""
    return "PRIVATE_OFFICE_SECOND_FACTOR is off, so a password alone lets somebody in"


def _time_outs() -> str:
    if not timedelta() < settings.SESSION_IDLE <= LONGEST_IDLE:
        return "PRIVATE_OFFICE_IDLE_MINUTES must be between 1 and 60"
    if not timedelta() < settings.SESSION_LASTS <= LONGEST_SESSION:
        return "PRIVATE_OFFICE_SESSION_HOURS must be between 1 and 24"
    return ""


def _sample_office() -> str:
    names = list(Office.objects.filter(is_sample=True).values_list("short_name", flat=True))
    return f"{', '.join(names)} hold invented data and well-known log-ins" if names else ""


def _administrators() -> str:
    held = Holding.objects.standing(clock.now()).filter(role=Role.ADMINISTRATOR, person__user__is_active=True)
    alone = held.filter(person__user__authenticator=None).distinct()
    names = ", ".join(one.person.name for one in alone.select_related("person"))
    return f"{names}: a password alone opens the whole house" if names else ""


OF_SETTINGS: dict[str, Callable[[], str]] = {
    "address": _address,
    "debugging": _debug,
    "sample sign-in": _sample_sign_in,
    "hosts": _hosts,
    "place of the key": _key_place,
    "strength of the key": _key_strength,
    "data folder's rights": _data_folder,
    "proxies": _proxy,
    "the force's own sign-in": _provider,
    "second factor": _second_factor,
    "time-outs": _time_outs,
}
OF_DATABASE: dict[str, Callable[[], str]] = {
    "sample offices": _sample_office,
    "administrators": _administrators,
}
