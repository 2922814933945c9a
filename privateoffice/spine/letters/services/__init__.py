"""What can be done with drafts, and with what the office keeps for writing."""

from privateoffice.spine.deliveries.services import TooLate
from privateoffice.spine.letters.services.batching import Made, TooMany, batch, rows_of
from privateoffice.spine.letters.services.checking import Finding, findings_on
from privateoffice.spine.letters.services.classing import (
    CommandersName,
    Ruling,
    class_as,
    classes_of,
    leave_for,
    ruling_on,
    settle_authority,
)
from privateoffice.spine.letters.services.dispatching import (
    MayNotGo,
    NotYetFit,
    dispatch,
    follow,
    follow_all,
    follow_record,
    in_word,
    papers_of,
    printed,
    recall,
    sender_of,
)
from privateoffice.spine.letters.services.enclosing import Kept, MarkedHigher, attach_kept, kept_with
from privateoffice.spine.letters.services.filling import FIELDS, filled, fitting
from privateoffice.spine.letters.services.keeping import keep_line, keep_template
from privateoffice.spine.letters.services.suggesting import people_to_suggest
from privateoffice.spine.letters.services.wording import NoLetterhead, keep_letterhead, letterhead_of
from privateoffice.spine.letters.services.writing import (
    MayNotBeAccepted,
    OnTheWay,
    accept,
    answer,
    attach,
    begin,
    give_up,
    put_in,
    take_off,
    write,
)

__all__ = [
    "FIELDS",
    "CommandersName",
    "Finding",
    "Kept",
    "Made",
    "MarkedHigher",
    "MayNotBeAccepted",
    "MayNotGo",
    "NoLetterhead",
    "NotYetFit",
    "OnTheWay",
    "Ruling",
    "TooLate",
    "TooMany",
    "accept",
    "answer",
    "attach",
    "attach_kept",
    "batch",
    "begin",
    "class_as",
    "classes_of",
    "dispatch",
    "filled",
    "findings_on",
    "fitting",
    "follow",
    "follow_all",
    "follow_record",
    "give_up",
    "in_word",
    "keep_letterhead",
    "keep_line",
    "keep_template",
    "kept_with",
    "leave_for",
    "letterhead_of",
    "papers_of",
    "people_to_suggest",
    "printed",
    "put_in",
    "recall",
    "rows_of",
    "ruling_on",
    "sender_of",
    "settle_authority",
    "take_off",
    "write",
]
