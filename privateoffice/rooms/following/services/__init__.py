"""What can be done about what is owed to those who write."""

from datetime import timedelta

from privateoffice.rooms.following.services.catching_up import catch_up
from privateoffice.rooms.following.services.contributing import GoesOutside, accept, action_of, ask, ask_again
from privateoffice.rooms.following.services.faults import (
    AlreadyAcknowledged,
    AlreadySent,
    NobodyToAsk,
    NoReplyOfOurs,
    NoSuchKind,
    NotReceived,
    NotRunning,
    NotThatDay,
    TooLate,
)
from privateoffice.rooms.following.services.holding import (
    change_holding,
    day_proposed,
    follow_all,
    follow_record,
    hold,
)
from privateoffice.rooms.following.services.joining import holdings_of, promises_of
from privateoffice.rooms.following.services.keeping import (
    acknowledge,
    last_by,
    promise,
    say_only_acknowledged,
    set_kind,
)
from privateoffice.rooms.following.services.offering import Material, Sent, enclose, materials, put_in
from privateoffice.rooms.following.services.receiving import take_in_contributions
from privateoffice.rooms.following.services.stepping import keep_step

NEAR = timedelta(days=2)
"""How long before its moment something that is owed is shown as near."""

__all__ = [
    "NEAR",
    "AlreadyAcknowledged",
    "AlreadySent",
    "GoesOutside",
    "Material",
    "NoReplyOfOurs",
    "NoSuchKind",
    "NobodyToAsk",
    "NotReceived",
    "NotRunning",
    "NotThatDay",
    "Sent",
    "TooLate",
    "accept",
    "acknowledge",
    "action_of",
    "ask",
    "ask_again",
    "catch_up",
    "change_holding",
    "day_proposed",
    "enclose",
    "follow_all",
    "follow_record",
    "hold",
    "holdings_of",
    "keep_step",
    "last_by",
    "materials",
    "promise",
    "promises_of",
    "put_in",
    "say_only_acknowledged",
    "set_kind",
    "take_in_contributions",
]
