"""The first start: the sample office, or a link for the first administrator of an empty one."""

from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.core.management import call_command, get_commands

from privateoffice.foundations.offices import services
from privateoffice.foundations.offices.models import Office, User


def is_due(home: Path) -> bool:
    """Whether this office has never been opened. An office without a sample stays without one at later starts."""
    return not (home / "opened").exists()


def furnish(home: Path, *, is_empty: bool) -> None:
    """Load the sample office, unless an empty one is wanted or there is an office already."""
    if not is_empty and not Office.objects.exists() and "sample" in get_commands():
        call_command("sample", verbosity=0)
    (home / "opened").write_text("empty\n" if is_empty else "furnished\n", encoding="ascii")


def who_can_sign_in() -> Iterator[str]:
    """Lines that say how to get in: the sample log-ins, or the link for the first administrator."""
    if not User.objects.exists():
        link = settings.SITE_URL + services.first_administrator_link()
        yield f"Nobody can sign in yet. The first administrator begins here, once: {link}"
    elif settings.ALLOWS_SAMPLE_SIGN_IN:
        log_ins = services.sample_log_ins()
        yield from ["Sample data. These can sign in:"] if log_ins else []
        for address, password, post in log_ins:
            yield f"  {address:<50} {password:<20} {post}"
