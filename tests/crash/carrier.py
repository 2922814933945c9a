"""A carrier that speaks SMTP to the far side of the harness. The far side cannot be asked what it took."""

import smtplib

from privateoffice.connectors.mail import writing
from privateoffice.foundations import steps
from privateoffice.spine.deliveries.services.carriers import Answer, TryLater, Uncertain
from privateoffice.spine.deliveries.services.maildir import outgoing


class SmtpCarrier:
    """Hands each letter to one server, and is uncertain only between the final dot and its answer."""

    can_be_asked = False

    def __init__(self, office, port: int):
        self.office, self.port = office, port

    def carry(self, letter):
        raw = writing.compose(outgoing(letter, self.office))
        try:
            server = smtplib.SMTP("127.0.0.1", self.port, timeout=10, local_hostname="office.example")
        except OSError as fault:
            raise TryLater(str(fault)) from fault
        with server:
            self._introduce(server, letter)
            steps.reached("smtp: the far side knows the recipients")
            self._hand_over(server, raw)
        return {place: Answer("accepted") for place in letter.pending}

    def _introduce(self, server, letter) -> None:
        try:
            server.ehlo_or_helo_if_needed()
            server.mail("office@office.example")
            for place in letter.pending:
                server.rcpt(letter.recipients[place][2])
        except (OSError, smtplib.SMTPException) as fault:
            raise TryLater(str(fault)) from fault

    def _hand_over(self, server, raw: bytes) -> None:
        server.putcmd("data")
        if server.getreply()[0] != 354:
            raise TryLater("It does not want the message now")
        server.send(smtplib._quote_periods(smtplib._fix_eols(raw.decode("ascii")).encode("ascii")) + b"\r\n.\r\n")
        steps.reached("smtp: the final dot is sent")
        try:
            code, words = server.getreply()
        except (OSError, smtplib.SMTPException) as fault:
            raise Uncertain("The far side was cut off before it answered") from fault
        if code != 250:
            raise TryLater(words.decode(errors="replace"))

    def has_taken(self, letter):
        raise NotImplementedError("it cannot be asked")
