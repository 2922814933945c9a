"""What no person wrote for the action: out of office, bounces, receipts, invitations, forwards, sealed mail."""

import re

from privateoffice.connectors.mail.replies.signs import AUTOMATIC_SUBJECTS

BODIES = re.compile(
    r"i(?:'m| am)(?: currently| now)?(?: out of (?:the )?office| on (?:annual |sick |maternity |paternity |"
    r"study )?leave(?: until| from| and)| away from (?:my desk|the office))\b"
    r"(?=.*\b(?:urgent|in my absence|access to (?:my )?e-?mail|please contact|on my return|return on|no access|"
    r"limited access|will respond|colleague)\b)|"
    r"this (?:is an )?automat(?:ed|ic)|automatically generated|thank you for (?:your e-?mail|"
    r"contacting)\b.*\b(?:currently|out of (?:the )?office|on leave|no longer)|"
    r"(?:your message|delivery) (?:to|has|could not|was not|wasn't).*(?:delivered|failed|couldn't be|read|"
    r"displayed)|could(?:n't| not) be delivered|"
    r"was read on|return receipt|would like to recall|begin pgp message|-----begin|smime\.p7m|"
    r"encrypted (?:message|e-?mail)|read the message|protected message|"
    r"has (?:accepted|declined|tentatively accepted) (?:this|your|the) (?:meeting|invitation)|"
    r"has left the (?:organisation|mps|met|service|force)|mailbox (?:is )?(?:full|unattended|not monitored)",
    re.IGNORECASE | re.DOTALL,
)


def is_automatic(subject: str, words: str) -> bool:
    """Whether the subject or the words are those of a program, an invitation's answer or a forward."""
    return bool(AUTOMATIC_SUBJECTS.match(subject) or BODIES.search(words))
