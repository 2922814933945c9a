"""The embedded carrier: mail goes into a folder of the data folder, one Maildir for each office."""

from django.conf import settings

from privateoffice.connectors.mail import maildir, writing
from privateoffice.foundations.offices.models import Office
from privateoffice.spine.deliveries.services.carriers import Answer, Answers, Letter


class MaildirCarrier:
    """Puts each message into the office's own Maildir. A second try with the same key changes nothing."""

    can_be_asked = True

    def __init__(self, office: Office):
        self.office = office
        self.folder = settings.OUTBOX_DIR / office.slug

    def carry(self, letter: Letter) -> Answers:
        answers = {
            place: Answer("refused", "There is no email address for this recipient.")
            for place in letter.pending
            if letter.recipients[place][0] == "post"
        }
        try:
            maildir.deliver(self.folder, writing.compose(outgoing(letter, self.office)), key=letter.key)
        except writing.NotSendable as refusal:
            return {place: Answer("refused", str(refusal)) for place in letter.pending}
        return {place: answers.get(place, Answer("accepted")) for place in letter.pending}

    def has_taken(self, letter: Letter) -> bool:
        """Delivering again under the same key does nothing, so the answer is found by delivering."""
        return False


def outgoing(letter: Letter, office: Office) -> writing.Outgoing:
    """A letter as the writer of mail takes it: to all its recipients, whoever has it already."""
    name, address = letter.sender
    return writing.Outgoing(
        author=writing.Person(address or office.email or f"{office.slug}@private-office.invalid", name),
        to=_people(letter, "to"),
        cc=_people(letter, "cc"),
        bcc=_people(letter, "bcc"),
        subject=letter.subject,
        text=letter.text,
        message_id=letter.message_id,
        date=letter.sent_at,
        in_reply_to=letter.in_reply_to,
        references=letter.thread.split(),
        attachments=[writing.Attached(*file) for file in letter.files],
    )


def _people(letter: Letter, kind: str) -> list[writing.Person]:
    return [writing.Person(address, name) for its_kind, name, address in letter.recipients if its_kind == kind]
