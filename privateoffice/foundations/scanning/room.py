"""What the looking for viruses tells the house about itself."""

from privateoffice.foundations.registry.declarations import Every, Room
from privateoffice.foundations.scanning import policy, tasks

room = Room(
    "Scanning",
    policy=policy.ROLES,
    phrases=policy.PHRASES,
    jobs=(
        Every("*/2 * * * *", tasks.scan_what_waits, "looking for viruses", once_for_the_house=True),
        Every("7-59/10 * * * *", tasks.scan_again, "looking again for viruses", once_for_the_house=True),
    ),
)
