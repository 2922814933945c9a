"""What can be done with an enquiry."""

from privateoffice.rooms.enquiries.services.answering import (
    acknowledge,
    correct,
    note,
    pass_on,
    promise,
    reclassify,
    reopen,
    resolve,
)
from privateoffice.rooms.enquiries.services.faults import (
    AlreadyAcknowledged,
    AlreadyRedirected,
    IsClosed,
    NotRedirected,
    TooLate,
)
from privateoffice.rooms.enquiries.services.logging import kinds, log, log_from, split
from privateoffice.rooms.enquiries.services.redirecting import (
    accept,
    chase,
    recall,
    redirect,
    redirect_from,
    take_back,
)

__all__ = [
    "AlreadyAcknowledged",
    "AlreadyRedirected",
    "IsClosed",
    "NotRedirected",
    "TooLate",
    "accept",
    "acknowledge",
    "chase",
    "correct",
    "kinds",
    "log",
    "log_from",
    "note",
    "pass_on",
    "promise",
    "recall",
    "reclassify",
    "redirect",
    "redirect_from",
    "reopen",
    "resolve",
    "split",
    "take_back",
]
