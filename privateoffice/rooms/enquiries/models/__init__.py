"""What the office keeps of the questions put to it."""

from privateoffice.rooms.enquiries.models.caller import Caller
from privateoffice.rooms.enquiries.models.enquiry import (
    Acknowledgement,
    Enquiry,
    EnquiryQuerySet,
    Note,
    Promise,
)
from privateoffice.rooms.enquiries.models.kind import EnquiryKind
from privateoffice.rooms.enquiries.models.redirection import Acceptance, Recall, Redirection

__all__ = [
    "Acceptance",
    "Acknowledgement",
    "Caller",
    "Enquiry",
    "EnquiryKind",
    "EnquiryQuerySet",
    "Note",
    "Promise",
    "Recall",
    "Redirection",
]
