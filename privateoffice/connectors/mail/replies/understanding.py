"""Whether every sentence of a reply is understood beside the act that it seems to say; what is not, is queued.

`judging.py` finds an act by the words that say it. Here the rest is looked at: each sentence gives up what
supports the act and what is known to be harmless. What stays behind must hold none of the small words that can
turn a meaning (negation, contrast, condition, hedge, part, future), no purpose, and no question about the action.
A reply that says done, the sentence that says whose it is, and the clause with the day must besides hold no word
that is not known to leave it so.
"""

import re
from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from privateoffice.connectors.mail.replies import dates, signs
from privateoffice.connectors.mail.replies.answer import Act, Answer
from privateoffice.foundations.clock.spoken import Moment, days_in

UNDERSTOOD = " @ "
"""Stands where something was understood, so that what stood on either side of it does not join."""
DAY = " @DAY@ "
HARMLESS = {
    Act.DONE: signs.HARMLESS,
    Act.NOT_MINE: signs.HARMLESS_TO_OWNER,
    Act.NEW_DATE: signs.HARMLESS_TO_DAY,
}
SUPPORTS = {Act.DONE: signs.DONE, Act.NOT_MINE: signs.NOT_MINE}
BEARINGS = {Act.DONE: signs.BEARING, Act.NOT_MINE: signs.BEARING_ON_OWNER, Act.NEW_DATE: signs.BEARING_ON_DAY}
PURPOSE = re.compile(r"(?<!due )(?<!nothing )\bto (?P<next>[a-z][a-z'-]+)")
NAME = re.compile(r"(?<=[\w,:@–-] )[A-Z][\w'-]*|^[A-Z][\w'-]*(?=, |$)|\b[A-Z][A-Z]+\w*|\S*\d\S*")
WORD = re.compile(r"[a-z][a-z'-]*")
OWNS_OR_IS = re.compile(r"'s\b")


def not_understood(sentences: Iterable[str], answer: Answer, at: Moment, *, title: str = "") -> str:
    """The first sentence of a reply that might turn its act, or an empty string.

    The words of the action's title are known, and so are the names anywhere in the reply.
    """
    told = list(sentences)
    named = " ".join([title, *(name for one in told for name in NAME.findall(one))])
    known = signs.BESIDE["ALL"] | signs.BESIDE.get(answer.act.name, frozenset()) | words(named)
    beside = _Beside(answer, at, known)
    return next((one for one in told if beside.may_turn(one)), "")


@dataclass(frozen=True)
class _Beside:
    """What was read of a reply, to be looked at beside each of its sentences."""

    answer: Answer
    at: Moment
    known: AbstractSet[str]

    def may_turn(self, sentence: str) -> bool:
        act, rest = self.answer.act, left_over(sentence, self.answer.act)
        if signs.TWO_THINGS.search(sentence):
            return True
        if act == Act.DONE and sentence.rstrip(' ")').endswith("?"):
            return bool(signs.POINTING.search(rest))
        return bool(BEARINGS[act].search(rest)) or any(map(self._says_more, self._telling(sentence)))

    def _telling(self, sentence: str) -> Iterator[str]:
        """What is left over of the parts of a sentence that say the act; all of it where the act is done."""
        act = self.answer.act
        if act == Act.DONE:
            yield left_over(sentence, act)
            return
        if act != Act.NEW_DATE:
            yield from [left_over(sentence, act)] if SUPPORTS[act].search(sentence) else []
            return
        for clause in dates.CLAUSE.split(self._with_days_marked(sentence)):
            if DAY.strip() in clause:
                yield left_over(clause, act)

    def _with_days_marked(self, sentence: str) -> str:
        for one in reversed(days_in(sentence, self.at)):
            mark = DAY if one.day == self.answer.day else UNDERSTOOD
            sentence = sentence[: one.start] + mark + sentence[one.end :]
        return sentence

    def _says_more(self, rest: str) -> bool:
        """Whether a word stands there that is not known to leave the act as it is."""
        if self.answer.act == Act.DONE and _has_a_purpose(rest):
            return True
        return not words(NAME.sub(" ", " ".join(rest.split()))) <= self.known


def left_over(sentence: str, act: Act) -> str:
    """A sentence without what supports the act and what is harmless to it."""
    rest = HARMLESS[act].sub(UNDERSTOOD, sentence)
    return SUPPORTS[act].sub(UNDERSTOOD, rest) if act in SUPPORTS else rest


def words(text: str) -> set[str]:
    """The words of a text, less the "'s" behind them."""
    return set(WORD.findall(OWNS_OR_IS.sub("", text).lower()))


def _has_a_purpose(rest: str) -> bool:
    """Whether something was done "to find out", which is not the thing itself; "to the Commander" is a place."""
    return any(not signs.PLACES.fullmatch(one["next"]) for one in PURPOSE.finditer(rest))
