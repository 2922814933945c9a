"""What can be done with actions."""

from privateoffice.spine.actions.services.asking import write_to_owner
from privateoffice.spine.actions.services.chasing import (
    NobodyToAsk,
    NotPaused,
    Planned,
    climb,
    nudge,
    pause_chasing,
    plan,
    resume_chasing,
)
from privateoffice.spine.actions.services.ending import (
    AlreadyDischarged,
    NothingToAccept,
    accept,
    discharge,
    reopen,
    send_back,
    take_back,
    withdraw,
)
from privateoffice.spine.actions.services.ownership import OWNING_ROLES
from privateoffice.spine.actions.services.register import (
    NoDateLikeThat,
    NotOpen,
    OwnerUnclear,
    assign,
    note_update,
    pass_on,
    pass_on_all,
    revise,
    say_at_risk,
    say_on_track,
    slip,
)

__all__ = [
    "OWNING_ROLES",
    "AlreadyDischarged",
    "NoDateLikeThat",
    "NobodyToAsk",
    "NotOpen",
    "NotPaused",
    "NothingToAccept",
    "OwnerUnclear",
    "Planned",
    "accept",
    "assign",
    "climb",
    "discharge",
    "note_update",
    "nudge",
    "pass_on",
    "pass_on_all",
    "pause_chasing",
    "plan",
    "reopen",
    "resume_chasing",
    "revise",
    "say_at_risk",
    "say_on_track",
    "send_back",
    "slip",
    "take_back",
    "withdraw",
    "write_to_owner",
]
