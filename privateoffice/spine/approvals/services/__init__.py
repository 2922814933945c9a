"""What can be done with a submission, and the one question that the outbox asks."""

from privateoffice.spine.approvals.services.deciding import (
    Decided,
    NotAScan,
    approve,
    approve_many,
    record_paper_approval,
    return_with_note,
)
from privateoffice.spine.approvals.services.delegating import NotDelegable, delegate, revoke_delegation
from privateoffice.spine.approvals.services.offering import (
    ManyInTheOpen,
    Paper,
    Sender,
    amend,
    commander_of,
    discharge,
    offer,
    withdraw,
)
from privateoffice.spine.approvals.services.proving import NotAsSeen, NotOffered, standing_approval

__all__ = [
    "Decided",
    "ManyInTheOpen",
    "NotAScan",
    "NotAsSeen",
    "NotDelegable",
    "NotOffered",
    "Paper",
    "Sender",
    "amend",
    "approve",
    "approve_many",
    "commander_of",
    "delegate",
    "discharge",
    "offer",
    "record_paper_approval",
    "return_with_note",
    "revoke_delegation",
    "standing_approval",
    "withdraw",
]
