"""What the foundations declare for records of every kind, and for the offices themselves."""

from privateoffice.foundations.offices import policy as offices_policy
from privateoffice.foundations.offices.verbs import before_closing
from privateoffice.foundations.records import policy, search
from privateoffice.foundations.records.models import Matter
from privateoffice.foundations.registry.declarations import Keep, Kind, Room

before_closing.append(search.refresh)

room = Room(
    "Records",
    kinds=(
        Kind(
            Matter,
            code="MAT",
            word="matter",
            words="matters",
            path="matters",
            search=("title", "summary"),
            keep=Keep(years=6),
            icon="documents",
        ),
    ),
    policy={**offices_policy.ROLES, **policy.ROLES},
    phrases={**offices_policy.PHRASES, **policy.PHRASES},
)
