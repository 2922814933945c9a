"""What administration declares to the house. Its verbs and their phrases are those of the offices themselves."""

from privateoffice.desk.administration import tasks
from privateoffice.foundations.jobs import queue
from privateoffice.foundations.registry.declarations import Door, Every, Room

HOUSE = "The house"


def jobs_that_wait_for_somebody() -> int:
    return queue.set_aside().count() + queue.held().count()


room = Room(
    "Administration",
    doors=(
        Door("People", "administration:people", "people", "People", key="w", verb="offices.directory.view"),
        Door("Cover", "administration:cover", "rotas", "Time", key="v", verb="offices.cover.view"),
        Door(
            "Overview",
            "administration:administration",
            "today",
            "Today",
            key="t",
            verb="offices.administer",
            is_of_the_house=True,
        ),
        *(
            Door(word, f"administration:{name}", icon, HOUSE, verb="offices.administer", is_of_the_house=True)
            for word, name, icon in (
                ("Offices", "offices", "documents"),
                ("Administrators", "administrators", "key"),
                ("Accounts", "accounts", "passkey"),
                ("Tries to sign in", "signings_in", "find"),
                ("Staff directory", "staff", "people"),
                ("Cover", "standing_cover", "rotas"),
                ("Keeping", "keeping", "lock"),
            )
        ),
        Door(
            "Jobs",
            "administration:jobs",
            "trackers",
            HOUSE,
            verb="offices.administer",
            waiting=jobs_that_wait_for_somebody,
            is_of_the_house=True,
        ),
    ),
    jobs=(Every("47 3 * * *", tasks.forget_signings_in, "tries to sign in", once_for_the_house=True),),
)
