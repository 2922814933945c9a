"""What keeping tells the house about itself."""

from privateoffice.foundations.keeping import policy, tasks
from privateoffice.foundations.registry.declarations import Every, Room

room = Room(
    "Keeping",
    policy=policy.ROLES,
    phrases=policy.PHRASES,
    jobs=(Every("23 2 * * *", tasks.look_through_files, "kept files", once_for_the_house=True),),
)
