"""What can be done with the outbox."""

from privateoffice.spine.deliveries.services.bouncing import note_bounce, see_to_bounce
from privateoffice.spine.deliveries.services.enclosing import held_file, held_files
from privateoffice.spine.deliveries.services.posting import (
    NeedsApproval,
    SameKeyOtherContent,
    post,
    post_when_approved,
)
from privateoffice.spine.deliveries.services.sending import send_due
from privateoffice.spine.deliveries.services.settling import (
    NotInThatState,
    TooLate,
    give_up,
    hold,
    hold_all,
    release,
    send_again,
    settle_uncertain,
    withdraw,
)

__all__ = [
    "NeedsApproval",
    "NotInThatState",
    "SameKeyOtherContent",
    "TooLate",
    "give_up",
    "held_file",
    "held_files",
    "hold",
    "hold_all",
    "note_bounce",
    "post",
    "post_when_approved",
    "release",
    "see_to_bounce",
    "send_again",
    "send_due",
    "settle_uncertain",
    "withdraw",
]
