"""What Today declares to the house."""

from privateoffice.desk.today import policy
from privateoffice.desk.today.models import board_in_hand
from privateoffice.foundations.registry.declarations import Door, Room

room = Room(
    "Today",
    policy=policy.ROLES,
    phrases=policy.PHRASES,
    doors=(
        Door(
            "Today",
            "today:today",
            "today",
            "Today",
            key="t",
            verb="today.view",
            waiting=lambda: board_in_hand().count,
        ),
    ),
)
