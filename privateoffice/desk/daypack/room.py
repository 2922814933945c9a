"""What the day pack declares to the house."""

from privateoffice.desk.daypack import policy, tasks
from privateoffice.desk.daypack.models import DayPack
from privateoffice.foundations.registry.declarations import Door, Every, Keep, Kind, Room

room = Room(
    "Day pack",
    kinds=(
        Kind(
            DayPack,
            code="PCK",
            word="day pack",
            words="day packs",
            path="day-packs",
            icon="letter",
            keep=Keep(years=2, after="made"),
            search=("title",),
        ),
    ),
    policy=policy.ROLES,
    phrases=policy.PHRASES,
    doors=(Door("Day pack", "daypack:packs", "letter", "Time", key="p", verb="daypack.view"),),
    jobs=(
        Every("0 17 * * mon-fri", tasks.make_for_tomorrow, "daypack.make"),
        Every("0 7 * * mon-fri", tasks.freshen_today, "daypack.freshen"),
    ),
)
