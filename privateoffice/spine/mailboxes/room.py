"""What mailboxes declare to the house."""

from collections.abc import Iterator
from datetime import datetime

from privateoffice.foundations.clock import words
from privateoffice.foundations.offices import scope
from privateoffice.foundations.offices.roles import Role
from privateoffice.foundations.registry.declarations import Door, Every, Need, Room
from privateoffice.spine.mailboxes import policy, tasks
from privateoffice.spine.mailboxes.models import Mailbox, SignedIn


def needs(now: datetime) -> Iterator[Need]:
    """What is wrong with mailboxes, and who has to sign in before what they send can leave."""
    yield from _unread(now)
    yield from _without_sign_in()


def _without_sign_in() -> Iterator[Need]:
    acting = scope.current()
    if acting.office is None or not acting.person_id:
        return
    signed = SignedIn.objects.filter(actor=acting.actor).values("mailbox_id")
    for mailbox in (
        Mailbox.objects.at_work().filter(office=acting.office, kind=Mailbox.Kind.GRAPH).exclude(pk__in=signed)
    ):
        if mailbox.sends_by_person:
            yield Need(
                key=f"sign-in:{mailbox.slug}",
                title=f"Sign in to send from {mailbox.address}",
                why="What you send from it goes out by your own sign-in to Microsoft 365.",
                url=f"/{acting.office.slug}/microsoft-365/",
                standing="soon",
                group="today",
                roles=(Role.PA,),
            )


def _unread(now: datetime) -> Iterator[Need]:
    """The mailboxes of the office that are not read, and why."""
    office = scope.current().office
    for mailbox in Mailbox.objects.at_work().filter(office=office).exclude(trouble="") if office else ():
        yield Need(
            key=f"mailbox:{mailbox.slug}",
            title=f"{mailbox.name} is not read",
            why=mailbox.trouble,
            url=f"/{office.slug}/mail/" if office else "/",
            standing="late" if mailbox.is_closed_to_us else "soon",
            group="now" if mailbox.is_closed_to_us else "today",
            when=words.near(mailbox.trouble_since or now, now),
            whose="Administrator",
            roles=(Role.PA, Role.STAFF_OFFICER),
        )


room = Room(
    "Mailboxes",
    policy=policy.ROLES,
    phrases=policy.PHRASES,
    doors=(
        Door(
            "Mailboxes",
            "mailboxes:mailboxes",
            "mail",
            "The house",
            verb="mailboxes.view",
            is_of_the_house=True,
        ),
    ),
    today=needs,
    hands=("mail", "whereabouts"),
    jobs=(
        Every("*/2 * * * *", tasks.pull_due, "mailboxes"),
        Every("* * * * *", tasks.keep_copies, "sent copies"),
        Every("*/30 * * * *", tasks.keep_subscribed, "notifications of mailboxes"),
    ),
    watches=(tasks.listen,),
)
