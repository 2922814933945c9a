"""The pages and acts of enquiries."""

from privateoffice.rooms.enquiries.views.acts import (
    acceptance,
    acknowledgement,
    chaser,
    correction,
    kind,
    note,
    owner,
    promise,
    recall,
    redirection,
    reopening,
    resolution,
    split,
)
from privateoffice.rooms.enquiries.views.pages import advice, callers, enquiries, enquiry, figures, new

__all__ = [
    "acceptance",
    "acknowledgement",
    "advice",
    "callers",
    "chaser",
    "correction",
    "enquiries",
    "enquiry",
    "figures",
    "kind",
    "new",
    "note",
    "owner",
    "promise",
    "recall",
    "redirection",
    "reopening",
    "resolution",
    "split",
]
