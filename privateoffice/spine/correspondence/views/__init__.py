"""The pages of mail."""

from privateoffice.spine.correspondence.views.answering import answer, answers
from privateoffice.spine.correspondence.views.deciding import (
    for_the_commander,
    otherwise,
    privacy,
    reading,
    ruling,
    sight,
)
from privateoffice.spine.correspondence.views.disposing import (
    action,
    commander,
    disposition,
    engagement,
    enquiry,
    filing,
    many,
    put_off,
    redirection,
    split,
    undoing,
    waiting,
)
from privateoffice.spine.correspondence.views.importing import imports, look, one_import
from privateoffice.spine.correspondence.views.pages import conversation, conversations
from privateoffice.spine.correspondence.views.parts import attachment, body, original

__all__ = [
    "action",
    "answer",
    "answers",
    "attachment",
    "body",
    "commander",
    "conversation",
    "conversations",
    "disposition",
    "engagement",
    "enquiry",
    "filing",
    "for_the_commander",
    "imports",
    "look",
    "many",
    "one_import",
    "original",
    "otherwise",
    "privacy",
    "put_off",
    "reading",
    "redirection",
    "ruling",
    "sight",
    "split",
    "undoing",
    "waiting",
]
