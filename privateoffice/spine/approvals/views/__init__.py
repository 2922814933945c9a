"""The pages of approvals, and what is done from them."""

from privateoffice.spine.approvals.views.acts import (
    amendment,
    approval,
    many,
    new,
    paper,
    return_,
    withdrawal,
)
from privateoffice.spine.approvals.views.delegations import delegations, revocation
from privateoffice.spine.approvals.views.pages import approvals, attachment, submission

__all__ = [
    "amendment",
    "approval",
    "approvals",
    "attachment",
    "delegations",
    "many",
    "new",
    "paper",
    "return_",
    "revocation",
    "submission",
    "withdrawal",
]
