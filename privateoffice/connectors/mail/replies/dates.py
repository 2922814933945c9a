"""Which of the days named in a reply is the one on which the action will be finished."""

import re
from dataclasses import dataclass, field
from datetime import date

from privateoffice.connectors.mail.replies import signs
from privateoffice.connectors.mail.replies.finished import is_taken_back, says_done
from privateoffice.foundations.clock.spoken import Mention, Moment, days_in

CLAUSE = re.compile(
    r"[.;!?\n]|\s[-–—]+\s|,?\s(?:but|because|although|though|however|whereas|while|as(?=\s+(?:i|we|he|she|"
    r"it)\b)|since(?=\s+(?:i|we)\b)|so|then)\s|,\s*(?:and|so|then)\s|,\s*(?=(?:can|could|may|please|pls|will|"
    r"would|i'll|i|you'll|we'll|we|is|it'll)\b)|\sand\s(?=(?:the (?:rest|last|remaining|remainder|other|final)|"
    r"i|we|will|then|can|should|'ll|get|send|have|do|(?:the|my|our|this|that)\s\w+\s(?:will|is|are|should|can|'ll))\b)|"
    r",?\s+(?=(?:what with|given|owing to|due to the|because of|on account of)\b)",
    re.IGNORECASE,
)


@dataclass
class Days:
    """The days of a reply: those on which it will be finished, those that no sign places, and what blurs them."""

    offered: list[date] = field(default_factory=list)
    unplaced: list[date] = field(default_factory=list)
    vague: bool = False
    unreadable: bool = False
    words: str = ""


@dataclass(frozen=True)
class _Placed:
    """A mention with its clause, and what the clause says before and behind it."""

    mention: Mention
    before: str
    behind: str
    between: str
    at: Moment

    @property
    def role(self) -> str:
        """`offered`, `event`, `progress` or `past`, by the sign nearest before it or behind; or `unplaced`."""
        if says_done(self.before + self.mention.words, self.at):
            return "past"
        if DENIED_BEHIND.match(self.behind) or signs.OCCASION.search(self.behind):
            return "event"
        if signs.ASKED_OF_US.search(self.before):
            return "event"
        is_denied = bool(signs.DENIED.search(self.before))
        if not is_denied and not signs.FILLERS.sub("", self.before + " " + self.behind):
            return "offered"
        if ASKS_MORE_TIME.search(self.mention.words):
            return "offered"
        if ASKS_A_FACT.match(self.before):
            return "offered" if ASKS_LEAVE.search(self.behind) else "event"
        if MAY_IT_BE.match(self.before) and ASKS_LEAVE.search(self.behind):
            return "offered"
        if signs.HOPED.search(self.before) and not signs.CORRECTION.search(self.before):
            return "past"
        if signs.ONLY_A_PART.search(self.before):
            return "progress"
        if is_denied or self._is_anothers:
            return "event"
        return _nearest(self.before, last=True) or _nearest(self.behind, last=False) or "unplaced"

    @property
    def _is_anothers(self) -> bool:
        found = signs.ANOTHERS_DOING.match(self.before)
        return found is not None and not signs.OUR_SUBJECTS.match(found[0].strip().split()[0])


ASKS_A_FACT = re.compile(r"^\W*(?:is|was|are|has|did|does|do you|when|why|who|what's|isn't)\b", re.IGNORECASE)
MAY_IT_BE = re.compile(
    r"^\W*(?:so |but )?(?:would|could|will|might|can)(?: it be)?(?: on| by)?\s*$", re.IGNORECASE
)
DENIED_BEHIND = re.compile(
    r"\W*(?:(?:is|was|will be|would be|looks)? ?(?:not|no longer|never)\b|(?:isn't|won't|wasn't|can't|doesn't)\b|"
    r"(?:is|was|looks) (?:out|impossible|unrealistic|too (?:soon|early|tight)|tight|optimistic|a non-starter)\b)",
    re.IGNORECASE,
)
"""Behind a day: the day that will not be kept."""
ASKS_LEAVE = re.compile(
    r"\b(?:ok|okay|fine|all right|alright|acceptable|do-?able|possible|poss|too late|any good|good|suitable|"
    r"convenient|work)\b",
    re.IGNORECASE,
)
ASKS_MORE_TIME = re.compile(r"extension|another|extra|further|\bmore\b|grace", re.IGNORECASE)
MORE_TIME = "may count from today or from the day due"

ROLES = (
    ("event", signs.EVENT),
    ("progress", signs.NOT_DELIVERING),
    ("past", signs.PAST_ACT),
    ("offered", signs.DELIVERING),
    ("asked", signs.REQUESTED),
)


def _nearest(words: str, *, last: bool) -> str:
    """The role of the sign that stands nearest to the day. Asking words ("until", "will") give way to others."""
    found = [
        (one.start(), one.end(), role)
        for role, sign in ROLES
        for one in sign.finditer(words)
        if role != "past" or not is_taken_back(words[: one.start()])
    ]
    telling = [one for one in found if one[2] != "asked"]
    if telling:
        best = max(telling, key=lambda one: one[1]) if last else min(telling, key=lambda one: one[0])
        return best[2]
    return "offered" if found else ""


def answering(words: str, at: Moment) -> Days:
    """The days of a reply's own words that answer when it will be finished."""
    placed = list(_placed(words, at))
    days = Days(unplaced=[one.mention.day for one in placed if one.mention.day and one.role == "unplaced"])
    offered = [one for one in placed if one.role == "offered"]
    offered = _corrected(words, offered)
    is_named = any(one.mention.day for one in offered)
    for one in offered:
        if is_named and one.mention.day is None and _asks_for_more(one.mention):
            continue
        if one.mention.day is None:
            blur = "vague" if one.mention.why_none == "no single day" else "unreadable"
            setattr(days, blur, True)
        elif one.mention.day not in days.offered:
            days.offered.append(one.mention.day)
            days.words = days.words or (one.before[-60:] + one.mention.words + one.behind[:30]).strip()
    return days


def _asks_for_more(mention: Mention) -> bool:
    """Whether it says only that more time is wanted: a day named beside it says until when."""
    return mention.why_none == MORE_TIME or bool(ASKS_MORE_TIME.search(mention.words))


def _placed(words: str, at: Moment) -> list[_Placed]:
    ends = [found.span() for found in CLAUSE.finditer(words)]
    placed, last_end = [], 0
    for one in days_in(words, at):
        start = max((end for begin, end in ends if end <= one.start), default=0)
        stop = min((begin for begin, end in ends if begin >= one.end), default=len(words))
        placed.append(
            _Placed(one, words[start : one.start], words[one.end : stop], words[last_end : one.start], at)
        )
        last_end = one.end
    return placed


def _corrected(words: str, offered: list[_Placed]) -> list[_Placed]:
    """Of a day and its correction the last: "Friday, sorry, make that the 30th"."""
    for place in range(len(offered) - 1, 0, -1):
        if signs.CORRECTION.search(offered[place].between):
            return offered[place:]
    return offered
