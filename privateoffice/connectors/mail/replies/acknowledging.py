"""Whether a reply says that its writer has what was sent, and nothing besides: "ok", "seen, thanks", "noted"."""

import re
from datetime import date, datetime

from privateoffice.connectors.mail.replies.answer import Act, Answer, unsure
from privateoffice.connectors.mail.replies.automatic import is_automatic
from privateoffice.connectors.mail.replies.own_words import own_words

LONGEST_BODY = 200_000
PART_END = re.compile(r"[.!;,\n]+|\s+[-–—&]+\s+|\band\b", re.IGNORECASE)

HAS_IT = re.compile(
    r"(?:(?:this is|that's|that is|all|both|duly|now|i have|i've|have|has been|i|yes|ok|hereby) )*"
    r"(?:ok|okay|yes|yep|yup|ack|noted|seen|read|received|receipt acknowledged|acknowledge|acknowledged|accepted|"
    r"understood|confirm|confirmed|diarised|fine|good|perfect|wilco|roger|copied|clear|"
    r"got (?:it|this|them|these)|got my duties|all (?:good|fine|clear|noted|ok)|no problem|will do|works for me|"
    r"(?:fine|ok|good) (?:by|with|for) me|in (?:my|the) diary|"
    r"(?:i have|i've got|have|got|seen|noted|read|received|acknowledge|confirm) "
    r"(?:it|this|that|them|these|those|the rota|my duties|the duties|these duties|receipt|the dates|my dates)|"
    r"\N{THUMBS UP SIGN}[\U0001f3fb-\U0001f3ff]?)(?: with (?:many )?thanks| thanks| thank you)?",
    re.IGNORECASE,
)
POLITE = re.compile(
    r"(?:(?i:hi|hello|dear|morning|good morning|afternoon|good afternoon|evening|thanks|thank you|many thanks|"
    r"thank you very much|thanks very much|thanks a lot|cheers|ta|with thanks|ma'am|sir|boss|guv|all|team))"
    r"(?: (?i:for this|for letting me know|for the rota|again|all|ma'am|sir|boss|guv))?"
    r"(?: [A-Z][\w'-]+){0,2}"
)


def read_acknowledgement(body: str, *, subject: str = "", received: datetime, due: date) -> Answer:
    """Read a plain-text reply to what somebody was told: `done` where all of it says that they have it.

    Whatever else stands in it, a doubt, a question, a day, makes it `unsure`. No text raises.
    """
    words = own_words(body[:LONGEST_BODY])
    if is_automatic(subject, words):
        return unsure("It was not written for this.", words[:200])
    if not words:
        return unsure("It holds no words of its own.")
    parts = [part.strip(" -–*•>()\"'") for part in PART_END.split(words)]
    said = [part for part in parts if part]
    has_it = [part for part in said if HAS_IT.fullmatch(part)]
    if "?" in words or not has_it or not all(part in has_it or POLITE.fullmatch(part) for part in said):
        return unsure("It says more than that they have it.", words[:200])
    return Answer(Act.DONE, words=words[:200])
