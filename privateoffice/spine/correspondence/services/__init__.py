"""What can be done with correspondence: take mail in, sort what it asks, and hand the originals over."""

from privateoffice.spine.correspondence.services.answering import AlreadyDecided, decide_answer, read_answers
from privateoffice.spine.correspondence.services.arriving import arrive
from privateoffice.spine.correspondence.services.asks import NotInTheText, TooManyAsks, settle_answered, split
from privateoffice.spine.correspondence.services.commander import NotTheCommander, keep_private, rule, see
from privateoffice.spine.correspondence.services.disposing import (
    AlreadySettled,
    HasPassed,
    NeedsItsOwnAct,
    NothingToUndo,
    dispose,
    dispose_many,
    last_ended,
    put_off,
    standing_of,
    undo,
)
from privateoffice.spine.correspondence.services.handing_on import hand_on
from privateoffice.spine.correspondence.services.handing_over import hand_over
from privateoffice.spine.correspondence.services.looking import look_at
from privateoffice.spine.correspondence.services.noticing import notice
from privateoffice.spine.correspondence.services.returning import bring_back, release, say_sent
from privateoffice.spine.correspondence.services.runs import Taken
from privateoffice.spine.correspondence.services.showing import Enclosed, Page, enclosed, page
from privateoffice.spine.correspondence.services.taking_in import take_in
from privateoffice.spine.correspondence.services.uploading import read_upload, receive

__all__ = [
    "AlreadyDecided",
    "AlreadySettled",
    "Enclosed",
    "HasPassed",
    "NeedsItsOwnAct",
    "NotInTheText",
    "NotTheCommander",
    "NothingToUndo",
    "Page",
    "Taken",
    "TooManyAsks",
    "arrive",
    "bring_back",
    "decide_answer",
    "dispose",
    "dispose_many",
    "enclosed",
    "hand_on",
    "hand_over",
    "keep_private",
    "last_ended",
    "look_at",
    "notice",
    "page",
    "put_off",
    "read_answers",
    "read_upload",
    "receive",
    "release",
    "rule",
    "say_sent",
    "see",
    "settle_answered",
    "split",
    "standing_of",
    "take_in",
    "undo",
]
