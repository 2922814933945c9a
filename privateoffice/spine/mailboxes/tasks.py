"""The jobs of mailboxes: read them in, tell the house of the news, keep our copies of what was sent."""

import threading

from privateoffice.foundations.jobs.queue import is_waiting, later, put_down, task
from privateoffice.foundations.offices import scope
from privateoffice.spine.mailboxes import services
from privateoffice.spine.mailboxes.models import Mailbox

NEWS_OF = "Mailboxes: news @ {}"


@task
def pull_due() -> None:
    """Read the mailboxes of an office. Done twice, it finds nothing new."""
    services.pull_due()
    if services.has_news():
        later(file_news)  # type: ignore[arg-type]


def listen(stopping: threading.Event) -> None:
    """Listen for mail until told to stop, and have a mailbox's office read at once when some came."""
    services.listen(stopping, read_soon)


def read_soon(mailbox: Mailbox) -> None:
    """Put down a reading, where none waits for a worker already."""
    with scope.acting_as_system("mailboxes", office=mailbox.office):
        if not is_waiting(NEWS_OF.format(mailbox.office.slug)):
            put_down(pull_due, (), {}, schedule=NEWS_OF.format(mailbox.office.slug))  # type: ignore[arg-type]


@task
def keep_subscribed() -> int:
    """See to it that Microsoft 365 says when something changes. Done twice, there is nothing to ask."""
    return services.keep_subscribed()


@task
def file_news() -> int:
    """Tell the house what came, went and was answered. Done twice, it has nothing to tell."""
    return services.file_news()


@task
def keep_copies() -> int:
    """Put our copies of what was sent into Sent. Done twice, there is nothing to put."""
    return services.keep_copies()
