"""The jobs of mailboxes: read them in, tell the house of the news, keep our copies of what was sent."""

from privateoffice.foundations.jobs.queue import later, task
from privateoffice.spine.mailboxes import services


@task
def pull_due() -> None:
    """Read the mailboxes of an office. Done twice, it finds nothing new."""
    services.pull_due()
    if services.has_news():
        later(file_news)  # type: ignore[arg-type]


@task
def file_news() -> int:
    """Tell the house what came, went and was answered. Done twice, it has nothing to tell."""
    return services.file_news()


@task
def keep_copies() -> int:
    """Put our copies of what was sent into Sent. Done twice, there is nothing to put."""
    return services.keep_copies()
