"""Items as an office would offer them: invented, and short."""

from privateoffice.spine.approvals import services
from privateoffice.spine.approvals.models import Addressee
from privateoffice.spine.approvals.services import Paper, Sender

COMMANDER = Sender("Detective Chief Superintendent Imogen Calderwick", "commander@homicide.example")
PRESTWOOD = Addressee("to", "Nadia Prestwood MP", "office@prestwood.example")
OKONJO = Addressee("cc", "Bram Okonjo", "bram.okonjo@prestwood.example")
ANNEX = Paper("annex.pdf", "application/pdf", b"%PDF-1.7 annex")


def offered(**changes):
    """A letter to a Member of Parliament, offered by whoever is acting."""
    words = {
        "item_class": "letter",
        "title": "Letter to Nadia Prestwood MP",
        "sender": COMMANDER,
        "recipients": [PRESTWOOD, OKONJO],
        "subject": "Family liaison for your constituent",
        "text": "Dear Ms Prestwood\n\nThank you for your letter.\n\nYours sincerely",
        "papers": [ANNEX],
        **changes,
    }
    return services.offer(**words)
