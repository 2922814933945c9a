"""Opening a mailbox by the end that it is set up with. Connectors are read in when they are needed."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any

from django.conf import settings

from privateoffice.connectors.ports import mailbox as port
from privateoffice.foundations.offices import scope
from privateoffice.spine.mailboxes.models import Mailbox
from privateoffice.spine.mailboxes.services import lines, microsoft

TO_READ = 2
"""Lines that a reader takes where they are counted: one is always left for what is to be sent."""


@contextmanager
def opened(mailbox: Mailbox, token: str = "") -> Iterator[port.Mailbox]:
    """The mailbox, open for as long as the block lasts. Raises Trouble, or secrets.Locked."""
    if mailbox.kind == Mailbox.Kind.GRAPH:
        with within(mailbox), lines.taken(mailbox, TO_READ, token) as some, microsoft.opened(mailbox, some) as box:
            yield box
        return
    end = end_of(mailbox)
    try:
        yield end
    finally:
        end.close()


def within(mailbox: Mailbox) -> AbstractContextManager[Any]:
    """The scope in which lines and tokens are kept, whoever asked: an administrator sees none of them."""
    return scope.acting_as_system("mailbox", office=mailbox.office)


def end_of(mailbox: Mailbox) -> port.Mailbox:
    if mailbox.kind == Mailbox.Kind.MAILDIR:
        from privateoffice.connectors.mail.maildir_mailbox import MaildirMailbox

        return MaildirMailbox(settings.MAILDIRS_DIR / mailbox.office.slug / mailbox.slug)
    from privateoffice.connectors.imap.mailbox import ImapMailbox

    return ImapMailbox(imap_server(mailbox))


def imap_server(mailbox: Mailbox):  # type: ignore[no-untyped-def]
    from privateoffice.connectors.imap.session import Server

    told, words = mailbox.place, mailbox.words
    return Server(
        host=told["imap_host"],
        port=int(told["imap_port"]),
        security=told.get("imap_security", "tls"),
        user=told.get("user") or mailbox.address,
        password=words.get("password", ""),
        authority=told.get("authority", ""),
    )


def smtp_server(mailbox: Mailbox):  # type: ignore[no-untyped-def]
    from privateoffice.connectors.smtp.sending import Server

    told, words = mailbox.place, mailbox.words
    return Server(
        host=told["smtp_host"],
        port=int(told["smtp_port"]),
        security=told.get("smtp_security", "starttls"),
        user="" if told.get("smtp_is_open") else told.get("user") or mailbox.address,
        password=words.get("password", ""),
        authority=told.get("authority", ""),
    )
