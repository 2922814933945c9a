"""What goes out in the Commander's name: frozen, offered, decided."""

from privateoffice.spine.approvals.models.classes import CLASSES, ItemClass
from privateoffice.spine.approvals.models.content import Addressee, Content, Enclosure, Unfit, in_groups
from privateoffice.spine.approvals.models.decisions import Approval, Ending, Void
from privateoffice.spine.approvals.models.delegation import Delegation, Revocation
from privateoffice.spine.approvals.models.submission import (
    Attachment,
    Offer,
    Recipient,
    Submission,
    SubmissionQuerySet,
)

__all__ = [
    "CLASSES",
    "Addressee",
    "Approval",
    "Attachment",
    "Content",
    "Delegation",
    "Enclosure",
    "Ending",
    "ItemClass",
    "Offer",
    "Recipient",
    "Revocation",
    "Submission",
    "SubmissionQuerySet",
    "Unfit",
    "Void",
    "in_groups",
]
