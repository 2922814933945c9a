"""What Search declares to the house."""

from privateoffice.desk.search import policy
from privateoffice.foundations.registry.declarations import Door, Room

room = Room(
    "Search",
    policy=policy.ROLES,
    doors=(Door("Search", "search:search", "find", "Search", key="/", verb="search.view"),),
)
