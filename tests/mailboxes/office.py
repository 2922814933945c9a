"""Mailboxes for the tests: one set up, read in, and the house told of it."""

from datetime import timedelta
from itertools import count

from privateoffice.foundations.clock import clock
from privateoffice.foundations.offices import scope
from privateoffice.spine.correspondence.models import Conversation
from privateoffice.spine.mailboxes import services
from privateoffice.spine.mailboxes.models import Mailbox, Placement

ADDRESS = "pa@homicide.example"
WORD = "test"
_numbers = count(1)


def set_up(cast, *, kind="imap", slug="pa", address=ADDRESS, word=WORD, place=None, **more) -> Mailbox:
    """A mailbox of Homicide, added by the administrator."""
    with scope.acting(cast.administrator, office=None):
        return services.add(
            cast.homicide,
            slug=slug,
            name=more.pop("name", "The PA's mailbox"),
            kind=kind,
            address=address,
            place=place or {},
            words={"password": word},
            **more,
        )


def read_in(mailbox: Mailbox, *, times: int = 1):
    """Read it in and tell the house, as the schedule would."""
    with scope.acting_as_system("mailboxes", office=mailbox.office):
        for _ in range(times):
            counts = services.pull(Mailbox.objects.select_related("office").get(pk=mailbox.pk))
            services.file_news()
    return counts


def letter(
    subject="A question",
    *,
    sender="Amabel Vellacott <a.vellacott@northmere.example.org>",
    to=ADDRESS,
    id="",
    **fields,
) -> bytes:
    number = id or next(_numbers)
    when = (clock.now() - timedelta(hours=1)).strftime("%a, %d %b %Y %H:%M:%S +0000")
    head = {
        "From": sender,
        "To": to,
        "Subject": subject,
        "Date": when,
        "Message-ID": f"<{number}@northmere.example.org>",
        **{name.replace("_", "-").title(): value for name, value in fields.items()},
    }
    lines = "".join(f"{name}: {value}\r\n" for name, value in head.items())
    return f"{lines}\r\nMay I ask?\r\n".encode()


def lying(mailbox: Mailbox) -> dict[str, int]:
    """How many messages lie in each folder of a mailbox."""
    found: dict[str, int] = {}
    with scope.acting_as_system("looking", office=mailbox.office):
        for name in (
            Placement.objects.lying().filter(folder__mailbox=mailbox).values_list("folder__name", flat=True)
        ):
            found[name] = found.get(name, 0) + 1
    return found


def waiting(mailbox: Mailbox) -> list[str]:
    """The titles of the conversations in which somebody waits for us."""
    with scope.acting_as_system("looking", office=mailbox.office):
        return sorted(Conversation.objects.unanswered().values_list("title", flat=True))
