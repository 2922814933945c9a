"""The ledger beside the office's mailboxes: which there are, their folders, and where each message lies now."""

from privateoffice.spine.mailboxes.models.graph import Line, SentDraft, SignedIn
from privateoffice.spine.mailboxes.models.ledger import Folder, Placement
from privateoffice.spine.mailboxes.models.mailbox import Mailbox, Pause
from privateoffice.spine.mailboxes.models.sending import SentCopy
from privateoffice.spine.mailboxes.models.subscription import Subscription

__all__ = ["Folder", "Line", "Mailbox", "Pause", "Placement", "SentCopy", "SentDraft", "SignedIn", "Subscription"]
