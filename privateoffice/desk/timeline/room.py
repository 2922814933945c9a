"""What the desk of matters declares to the house. The kind itself and most verbs belong to the records."""

from privateoffice.desk.timeline import policy
from privateoffice.foundations.registry.declarations import Door, New, Room

room = Room(
    "Matters",
    policy=policy.ROLES,
    phrases=policy.PHRASES,
    doors=(
        Door("Matters", "timeline:matters", "documents", "Following up", key="f", verb="records.matters.view"),
    ),
    new=(New("Matter", "timeline:new", "records.open_matter"),),
)
