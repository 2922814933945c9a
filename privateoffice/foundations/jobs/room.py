"""What the queue tells the house about itself."""

from privateoffice.foundations.jobs import policy, tasks
from privateoffice.foundations.registry.declarations import Every, Room

room = Room(
    name="jobs",
    policy=policy.ROLES,
    phrases=policy.PHRASES,
    jobs=(
        Every("17 3 * * *", tasks.clear_away, "the queue", once_for_the_house=True),
        Every("17 * * * *", tasks.clear_rounds, "rounds that are done", once_for_the_house=True),
    ),
)
