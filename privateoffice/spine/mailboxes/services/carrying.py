"""The carrier of mail: a letter goes out by the mailbox of its sender, or into the embedded outbox."""

from privateoffice.foundations.offices.models import Office
from privateoffice.spine.deliveries.services.carriers import Answer, Answers, Letter, TryLater, Uncertain
from privateoffice.spine.deliveries.services.maildir import MaildirCarrier, outgoing
from privateoffice.spine.deliveries.services.sending import STOPPED
from privateoffice.spine.mailboxes.models import Mailbox
from privateoffice.spine.mailboxes.models.secrets import Locked
from privateoffice.spine.mailboxes.services import by_graph, ends

GRAPH = Mailbox.Kind.GRAPH
NO_ADDRESS = "There is no email address for this recipient."


class MailCarrier:
    """Takes each letter out by the mailbox that its sender's address names."""

    can_be_asked = True

    def __init__(self, office: Office):
        self.office = office
        self.hold: str | None = ""

    def carry(self, letter: Letter) -> Answers:
        mailbox = mailbox_for(self.office, letter.sender[1])
        if mailbox is None or mailbox.kind == Mailbox.Kind.MAILDIR:
            return MaildirCarrier(self.office).carry(letter)
        if mailbox.pause:
            raise TryLater(f"{mailbox.name} is paused: {mailbox.pause.reason}")
        try:
            return self._by_microsoft(mailbox, letter) if mailbox.kind == GRAPH else by_smtp(mailbox, letter)
        except Locked as fault:
            raise TryLater(str(fault)) from fault

    def has_taken(self, letter: Letter) -> bool:
        """A folder tells by its names, Microsoft 365 by its drafts; after SMTP only a person can find out."""
        mailbox = mailbox_for(self.office, letter.sender[1])
        if mailbox is None or mailbox.kind == Mailbox.Kind.MAILDIR:
            return MaildirCarrier(self.office).has_taken(letter)
        if mailbox.kind == GRAPH:
            self.hold = by_graph.take_up(mailbox, letter)
            return self.hold is None
        raise Uncertain(STOPPED)

    def _by_microsoft(self, mailbox: Mailbox, letter: Letter) -> Answers:
        """Hand a letter to Microsoft 365, which answers for all recipients at once."""
        answers = without_address(letter)
        places = [place for place in letter.pending if place not in answers]
        return answers | by_graph.carry(mailbox, letter, places, self.hold or "") if places else answers


def mailbox_for(office: Office, address: str) -> Mailbox | None:
    """The mailbox that a sender's address names; without an address, the office's own."""
    sending = Mailbox.objects.filter(office=office, sends=True).select_related("office")
    return sending.filter(address__iexact=address or office.email).prefetch_related("pauses").first()


def by_smtp(mailbox: Mailbox, letter: Letter) -> Answers:
    """Hand a letter to the mailbox's SMTP server, for those who do not have it yet."""
    from privateoffice.connectors.mail import writing
    from privateoffice.connectors.smtp import sending

    answers = without_address(letter)
    places = [place for place in letter.pending if place not in answers]
    if not places:
        return answers
    try:
        raw = writing.compose(outgoing(letter, mailbox.office))
    except writing.NotSendable as refusal:
        return answers | {place: Answer("refused", str(refusal)) for place in places}
    addresses = list(dict.fromkeys(letter.recipients[place][2] for place in places))
    try:
        said = sending.send(ends.smtp_server(mailbox), letter.sender[1] or mailbox.address, addresses, raw)
    except sending.NotTaken as refusal:
        raise TryLater(str(refusal)) from refusal
    except sending.CutOff as silence:
        raise Uncertain(str(silence)) from silence
    for place in places:
        one = said[letter.recipients[place][2]]
        answers[place] = Answer(one.outcome, one.words)
    return answers


def without_address(letter: Letter) -> Answers:
    post = [place for place in letter.pending if letter.recipients[place][0] == "post"]
    return {place: Answer("refused", NO_ADDRESS) for place in post}
