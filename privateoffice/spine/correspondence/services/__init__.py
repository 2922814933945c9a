"""What can be done with correspondence: take mail in, sort what it asks, and hand the originals over."""

from privateoffice.spine.correspondence.services.answering import (
    AlreadyDecided,
    decide_answer,
    read_answers,
    read_as_answer,
    replies_to,
)
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
from privateoffice.spine.correspondence.services.following import (
    NotProposed,
    proposal_for,
    proposals_for,
    take_proposal,
)
from privateoffice.spine.correspondence.services.handing_on import hand_on
from privateoffice.spine.correspondence.services.handing_over import hand_over
from privateoffice.spine.correspondence.services.holding import held_file, held_files
from privateoffice.spine.correspondence.services.looking import look_at
from privateoffice.spine.correspondence.services.merging import (
    MovedOn,
    NothingInIt,
    NothingLeft,
    OtherReaders,
    SameConversation,
    merge,
    put_back,
    split_off,
)
from privateoffice.spine.correspondence.services.noticing import notice
from privateoffice.spine.correspondence.services.picturing import (
    NoPictures,
    NotOffered,
    ask_for_pictures,
    show_pictures,
)
from privateoffice.spine.correspondence.services.previewing import Preview, preview
from privateoffice.spine.correspondence.services.returning import bring_back, release, say_sent
from privateoffice.spine.correspondence.services.ruling import (
    HasEnded,
    MayNotActAlone,
    NameIsTaken,
    NotTried,
    TooManyRules,
    end_rule,
    keep_rule,
    let_act_alone,
    switch_off,
    switch_on,
    try_rule,
)
from privateoffice.spine.correspondence.services.runs import Taken
from privateoffice.spine.correspondence.services.showing import Enclosed, Page, enclosed, page
from privateoffice.spine.correspondence.services.taking_in import take_in
from privateoffice.spine.correspondence.services.uploading import read_upload, receive

__all__ = [
    "AlreadyDecided",
    "AlreadySettled",
    "Enclosed",
    "HasEnded",
    "HasPassed",
    "MayNotActAlone",
    "MovedOn",
    "NameIsTaken",
    "NeedsItsOwnAct",
    "NoPictures",
    "NotInTheText",
    "NotOffered",
    "NotProposed",
    "NotTheCommander",
    "NotTried",
    "NothingInIt",
    "NothingLeft",
    "NothingToUndo",
    "OtherReaders",
    "Page",
    "Preview",
    "SameConversation",
    "Taken",
    "TooManyAsks",
    "TooManyRules",
    "arrive",
    "ask_for_pictures",
    "bring_back",
    "decide_answer",
    "dispose",
    "dispose_many",
    "enclosed",
    "end_rule",
    "hand_on",
    "hand_over",
    "held_file",
    "held_files",
    "keep_private",
    "keep_rule",
    "last_ended",
    "let_act_alone",
    "look_at",
    "merge",
    "notice",
    "page",
    "preview",
    "proposal_for",
    "proposals_for",
    "put_back",
    "put_off",
    "read_answers",
    "read_as_answer",
    "read_upload",
    "receive",
    "release",
    "replies_to",
    "rule",
    "say_sent",
    "see",
    "settle_answered",
    "show_pictures",
    "split",
    "split_off",
    "standing_of",
    "switch_off",
    "switch_on",
    "take_in",
    "take_proposal",
    "try_rule",
    "undo",
]
