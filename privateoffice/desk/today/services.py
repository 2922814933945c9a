"""Putting a line of Today off, and bringing it back."""

from datetime import datetime

from privateoffice.desk.today.models import PutOff
from privateoffice.foundations.clock import clock
from privateoffice.foundations.offices import scope
from privateoffice.foundations.offices.verbs import trail, verb


class NotLater(Exception):
    """A line is put off until a moment to come."""


@verb("today.put_off")
def put_off(*, need: str, title: str, role: str, until_at: datetime) -> PutOff:
    """Put a line of Today off until a moment at which it comes back by itself."""
    if until_at <= clock.now():
        raise NotLater
    acting = scope.current()
    row, _ = PutOff.objects.update_or_create(
        office=acting.office,
        role=role,
        need=need[:120],
        defaults={"title": title[:200], "until_at": until_at, "put_off_by": acting.actor},
    )
    trail(title=title, until=until_at)
    return row


@verb("today.bring_back")
def bring_back(row: PutOff) -> None:
    """Bring a line that was put off back at once."""
    row.until_at = clock.now()
    row.save(update_fields=["until_at"])
    trail(title=row.title)
