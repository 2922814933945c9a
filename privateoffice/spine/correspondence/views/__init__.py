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
    proposal,
    put_off,
    redirection,
    split,
    undoing,
    waiting,
)
from privateoffice.spine.correspondence.views.importing import imports, look, one_import
from privateoffice.spine.correspondence.views.pages import conversation, conversations
from privateoffice.spine.correspondence.views.parts import attachment, attachment_preview, body, original
from privateoffice.spine.correspondence.views.pictures import pictures
from privateoffice.spine.correspondence.views.rehoming import merging, putting_back, splitting_off
from privateoffice.spine.correspondence.views.rules import (
    rule,
    rule_acting,
    rule_change,
    rule_end,
    rule_new,
    rule_proposing,
    rule_rest,
    rule_trial,
    rules,
)

__all__ = [
    "action",
    "answer",
    "answers",
    "attachment",
    "attachment_preview",
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
    "merging",
    "one_import",
    "original",
    "otherwise",
    "pictures",
    "privacy",
    "proposal",
    "put_off",
    "putting_back",
    "reading",
    "redirection",
    "rule",
    "rule_acting",
    "rule_change",
    "rule_end",
    "rule_new",
    "rule_proposing",
    "rule_rest",
    "rule_trial",
    "rules",
    "ruling",
    "sight",
    "split",
    "splitting_off",
    "undoing",
    "waiting",
]
