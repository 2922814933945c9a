"""Who has a letter in hand on its way out through Microsoft 365: one sender at a time, whoever sleeps and wakes.

Each act says whose hold it is under, in the same statement that writes. A sender that slept while another took the
letter up finds its hold gone before it can tell anything to leave.
"""

import secrets as random

from privateoffice.foundations.clock import clock
from privateoffice.spine.mailboxes.models import Mailbox, SentDraft

NOBODY = ""


class InOtherHands(Exception):
    """Another sender has this letter in hand, or had it and died: whether it has left is to be found out first."""


def take(mailbox: Mailbox, message_id: str) -> tuple[str, bool]:
    """A hold on a letter that nobody has in hand, and whether it is the first ever. Raises InOtherHands."""
    token = random.token_hex(16)
    told = {"office": mailbox.office, "mailbox": mailbox, "taken_by": token}
    row, is_first = SentDraft.objects.get_or_create(message_id=message_id, defaults=told)
    if not is_first and not _only(row.message_id, NOBODY).update(taken_by=token):
        raise InOtherHands(InOtherHands.__doc__)
    return token, is_first


def take_over(row: SentDraft) -> str:
    """A hold on a letter that another had in hand, as it was when it was read. Raises InOtherHands."""
    token = random.token_hex(16)
    same = SentDraft.objects.filter(pk=row.pk, taken_by=row.taken_by, draft=row.draft, sending_at=row.sending_at)
    if not same.update(taken_by=token, draft="", sending_at=None):
        raise InOtherHands(InOtherHands.__doc__)
    return token


def keep(message_id: str, token: str) -> None:
    """See that a hold still stands, and that nothing was told to leave under it. Raises InOtherHands."""
    if not _only(message_id, token).exists():
        raise InOtherHands(InOtherHands.__doc__)


def tell_to_leave(message_id: str, token: str, draft: str) -> None:
    """Write down that this draft is told to leave now. Raises InOtherHands."""
    if not _only(message_id, token).update(draft=draft, sending_at=clock.now()):
        raise InOtherHands(InOtherHands.__doc__)


def let_go(message_id: str, token: str) -> None:
    """It certainly did not leave, and nobody has it in hand any more."""
    SentDraft.objects.filter(message_id=message_id, taken_by=token).update(
        taken_by=NOBODY, draft="", sending_at=None
    )


def _only(message_id: str, token: str):  # type: ignore[no-untyped-def]
    return SentDraft.objects.filter(message_id=message_id, taken_by=token, sending_at=None)
