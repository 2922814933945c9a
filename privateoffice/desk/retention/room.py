"""What Retention declares to the house."""

from collections.abc import Iterator
from datetime import datetime

from privateoffice.desk.retention import policy
from privateoffice.desk.retention.models import to_decide
from privateoffice.foundations.clock import clock, words
from privateoffice.foundations.offices import scope
from privateoffice.foundations.registry.declarations import Door, Need, Room


def needs(now: datetime) -> Iterator[Need]:
    """Once a month, for the Staff Officer: what was due for a decision when the month began."""
    first = clock.day_of(now).replace(day=1)
    office = scope.current().office
    count = to_decide(first).count() if "staff_officer" in scope.current().roles else 0
    if count and office:
        yield Need(
            key=f"retention-{first:%Y-%m}",
            title=f"{words.counted(count, 'record is', 'records are')} due for a decision",
            why="Their time of keeping is over. Destroy, keep longer, or pass to the archive.",
            url=f"/{office.slug}/retention/",
            standing="well",
            group="today",
            when=f"{first:%B}",
            roles=("staff_officer",),
        )


room = Room(
    "Retention",
    policy=policy.ROLES,
    phrases=policy.PHRASES,
    doors=(Door("Retention", "retention:register", "ledger", "Knowledge", verb="retention.view"),),
    today=needs,
)
