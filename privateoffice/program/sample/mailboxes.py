"""The sample's mailboxes: one for each office, in a folder of the data folder, so that no server is needed."""

from collections.abc import Iterable

from privateoffice.foundations.offices import scope
from privateoffice.program.sample.cast import Cast
from privateoffice.spine.mailboxes import services


def set_up(casts: Iterable[Cast]) -> None:
    """Set up a Maildir for each office. What a mail program lays there is read within two minutes."""
    for cast in casts:
        office = cast.office
        with scope.acting_as_system("sample", office=office):
            services.add(
                office,
                slug="office",
                kind="maildir",
                name=f"{office.short_name} office",
                address=office.email or f"{office.slug}@specialist-crime.example",
            )
