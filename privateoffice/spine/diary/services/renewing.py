"""Putting a newer version in the place of an engagement that is held."""

from typing import Any

from privateoffice.foundations.offices.verbs import trail, verb
from privateoffice.foundations.records import services as records
from privateoffice.spine.diary.models import Engagement


@verb("diary.renew")
def renew(engagement: Engagement, *, row: dict[str, Any]) -> Engagement:
    """Put a newer version in its place. The digest of the older stays, so that it never comes back as new."""
    before = [*engagement.before, engagement.digest][-100:]
    marking = max(engagement.marking, row["marking"])
    if marking > row["marking"]:
        row = row | {"marking": marking, "handling": engagement.handling}
    records.revise(engagement, seen=engagement.version, **row, before=before, shown_until=None)
    trail(engagement)
    return engagement
