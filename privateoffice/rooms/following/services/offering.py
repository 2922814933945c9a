"""What was contributed, offered as material for the reply: its words and papers go into a draft by one press."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from privateoffice.connectors.mail.replies.own_words import own_words
from privateoffice.foundations.offices.verbs import verb
from privateoffice.rooms.following.models import Contribution, Receipt
from privateoffice.rooms.following.services.whereabouts import mail_of
from privateoffice.spine.actions.models import Action
from privateoffice.spine.approvals.services import Paper
from privateoffice.spine.correspondence import services as correspondence
from privateoffice.spine.correspondence.models import Message
from privateoffice.spine.letters import services as letters
from privateoffice.spine.letters.models import Draft, File

LONGEST = 20_000


@dataclass(frozen=True)
class Sent:
    """One mail of a contribution, as far as whoever looks may see it."""

    receipt: Receipt
    message: Message

    @property
    def words(self) -> str:
        """What its writer wrote, without what is quoted."""
        return own_words(self.message.text[:LONGEST])


@dataclass(frozen=True)
class Material:
    """A contribution with its action and what was sent for it; nothing is shown of what may not be seen."""

    contribution: Contribution
    action: Action | None
    sent: list[Sent] = field(default_factory=list)
    hidden: int = 0


def materials(contributions: Iterable[Contribution]) -> list[Material]:
    """Contributions with all that a page shows of them, in a fixed number of queries."""
    asked = list(contributions)
    standing = Action.objects.with_standing().filter(reference__in=[one.action for one in asked])
    actions = {action.reference: action for action in standing}
    receipts = [receipt for one in asked for receipt in one.receipts.all()]
    held = mail_of(receipts)
    return [_material(one, actions.get(one.action), held) for one in asked]


def _material(one: Contribution, action: Action | None, held: dict[tuple[str, int], Message]) -> Material:
    receipts = list(one.receipts.all())
    sent = [
        Sent(each, held[each.found_in, each.number]) for each in receipts if (each.found_in, each.number) in held
    ]
    return Material(one, action, sent, len(receipts) - len(sent))


def sent_as(receipt: Receipt) -> Sent:
    """What was sent, as far as it may be seen. Raises Message.DoesNotExist."""
    found = mail_of([receipt])
    if not found:
        raise Message.DoesNotExist
    return Sent(receipt, found[receipt.found_in, receipt.number])


@verb("following.put_in")
def put_in(draft: Draft, receipt: Receipt) -> Draft:
    """Put the words of a contribution at the end of a draft, to be written on."""
    sent = sent_as(receipt)
    _refuse_higher(draft, sent)
    return letters.write(draft, seen=draft.version, text=f"{draft.text.rstrip()}\n\n{sent.words}".strip())


@verb("following.put_in")
def enclose(draft: Draft, receipt: Receipt, *, place: int) -> File:
    """Let a paper of a contribution go with a draft, byte for byte as it came.

    Raises IndexError where there is none.
    """
    sent = sent_as(receipt)
    _refuse_higher(draft, sent)
    found = correspondence.enclosed(sent.message, place - 1)
    kind = sent.message.attachments[place - 1].get("content_type") or "application/octet-stream"
    return letters.attach(draft, Paper(found.name, kind, found.content))


def _refuse_higher(draft: Draft, sent: Sent) -> None:
    if sent.message.record.marking > draft.marking:
        raise letters.MarkedHigher("What was sent is marked higher than the draft. Mark the draft first.")
