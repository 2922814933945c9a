"""What a reply to a chaser comes to. Of two possible readings neither is taken: a wrong act is worse than none."""

import re
from dataclasses import dataclass
from datetime import date, datetime

from privateoffice.connectors.mail.replies import dates, signs
from privateoffice.connectors.mail.replies.answer import Act, Answer, unsure
from privateoffice.connectors.mail.replies.automatic import is_automatic
from privateoffice.connectors.mail.replies.finished import says_done
from privateoffice.connectors.mail.replies.own_words import REFERENCE, own_words
from privateoffice.connectors.mail.replies.understanding import not_understood
from privateoffice.foundations.clock.spoken import Moment

SENTENCE_END = re.compile(r"(?<=[.!?;])\s+|\n+|(?<=[a-z]\))\s+|\s+[-–—]+\s+|\.{3,}\s*")
CLAUSE_END = re.compile(
    r",?\s+(?:but|because|although|though|however|whereas|while|which means)\s+|"
    r",?\s+(?:as|since|so)\s+(?=(?:i|we|he|she|it|that|they|you)\b)|,\s*(?=and\s)|:\s+",
    re.IGNORECASE,
)

PREAMBLE = re.compile(
    r"\b(?:(?:i|we)(?: can| am| are|'m|'re)?(?: now| also| just)?(?: happy to| pleased to| glad to)?|(?:happy|"
    r"pleased|glad|delighted) to|^(?:just )?(?:can|to))"
    r"\s+(?:confirm|report|advise|announce|say)(?: that)?\s+(?=\w)|"
    r"\b(?:i )?think (?=you(?:'ve| have| want| need| mean)\b|this (?:has |was |is )?(?:been )?(?:come|came|"
    r"sent|meant|reached|intended|misdirected)\b)",
    re.IGNORECASE | re.MULTILINE,
)
"""Words that only lead in, or soften: "I can confirm that this has been completed", "I think you want DI Wren"."""
AFTERTHOUGHT = re.compile(
    r"[,;]?\s*(?:[-–—]+\s*)?\b(?:please |pls |do )?(?:shout|let (?:me|us) know|"
    r"give me a (?:shout|call|ring|bell)|drop me a line|tell me) if [^.!?\n]*",
    re.IGNORECASE,
)
"""Asks to be told of trouble, and puts nothing in doubt: "shout if it did not arrive"."""
LONGEST_BODY = 200_000
LONGEST_ANSWER = 3_000
"""Characters: what is longer is a letter, not an answer, and a person reads it."""


@dataclass(frozen=True)
class Sentence:
    """One sentence of a reply, and the clauses it is made of."""

    words: str

    @property
    def is_question(self) -> bool:
        return self.words.rstrip(' ")').endswith("?")

    @property
    def clauses(self) -> list[str]:
        return [part.strip() for part in CLAUSE_END.split(self.words) if part and part.strip()]


def read_reply(body: str, *, subject: str = "", received: datetime, due: date) -> Answer:
    """Read a plain-text reply as it was received, with quotes and signature, to a chaser for one action.

    `received` is London wall-clock time, `due` the day the action was due. The answer's day is always later than
    `due` and not before `received`. Everything that is not plain is `unsure`; no text raises.
    """
    words = AFTERTHOUGHT.sub("", PREAMBLE.sub("", own_words(body[:LONGEST_BODY])))
    if len(words) > LONGEST_ANSWER:
        return unsure("It is too long to be a plain answer.", words[:200])
    if is_automatic(subject, words):
        return unsure("It was not written for this.", words[:200])
    if not words:
        return unsure("It holds no words of its own.")
    if len(set(REFERENCE.findall(words))) > 1:
        return unsure("It speaks of more than one action.")
    reading = _Reading(words, Moment(received.date(), received.hour, due), due)
    return _if_understood(reading, reading.answer(), subject)


def _if_understood(reading: "_Reading", answer: Answer, title: str) -> Answer:
    """The act, where every sentence beside it is understood."""
    if answer.act == Act.UNSURE:
        return answer
    sentences = [one.words for one in reading.sentences]
    doubtful = not_understood(sentences, answer, reading.at, title=title)
    return unsure("A sentence of it may mean something else.", doubtful) if doubtful else answer


class _Reading:
    """All that stands in one reply."""

    def __init__(self, words: str, at: Moment, due: date):
        self.words, self.at, self.due = words, at, due
        self.sentences = [
            Sentence(part.strip()) for part in SENTENCE_END.split(words) if part and part.strip(" -–*•>")
        ]

    def answer(self) -> Answer:
        days = dates.answering(self.words, self.at)
        done, not_mine = self._done(), self._not_mine()
        if signs.IRONY.search(self.words) or signs.FORWARDED.search(self.words):
            return unsure("It may not mean what it says.", self.words[:200])
        if done and not_mine and signs.DISOWNED.search(self.words):
            done = "" if _is_a_move(done, self.at) else done
        if done and not_mine:
            return unsure("It says both that it is done and that it is somebody else's.")
        if not_mine:
            return self._as_not_mine(not_mine, days)
        if days.offered:
            return self._as_new_date(days, done)
        return self._as_done(done, days)

    def _done(self) -> str:
        """The first clause that says, without taking it back, that something is finished."""
        return next(
            (
                clause
                for one in self.sentences
                if not one.is_question
                for clause in one.clauses
                if says_done(clause, self.at)
            ),
            "",
        )

    def _not_mine(self) -> str:
        return next(
            (one.words for one in self.sentences if not one.is_question and signs.NOT_MINE.search(one.words)), ""
        )

    def _as_not_mine(self, sentence: str, days: dates.Days) -> Answer:
        if days.offered or days.vague:
            return unsure("It is disowned, and a day is named all the same.", sentence)
        if signs.THING_HANDED.search(self.words):
            return unsure("It may be done, or somebody else's.", sentence)
        if signs.STILL_OFFERED.search(self.words):
            return unsure("It is disowned, and offered all the same.", sentence)
        if signs.OFFER.search(self.words) or self._is_doubted() or signs.CONDITION.search(self.words):
            return unsure("It is disowned, but not wholly.", sentence)
        if any(one.is_question and not signs.ASKS_TO_MOVE.search(one.words) for one in self.sentences):
            return unsure("It asks a question.", sentence)
        return Answer(Act.NOT_MINE, words=sentence)

    def _is_doubted(self) -> bool:
        """Whether the writer is not sure that it is not theirs; who else has it they may well believe only."""
        plain = any(
            signs.DISOWNED.search(clause) and not signs.BELIEF.search(clause)
            for one in self.sentences
            for clause in re.split(r",\s", one.words)
        )
        return not plain and bool(signs.BELIEF.search(self.words))

    def _as_new_date(self, days: dates.Days, done: str) -> Answer:
        if len(days.offered) > 1 or days.vague or days.unreadable:
            return unsure("It names more than one day.")
        if (
            signs.SOFT.search(self.words)
            or signs.CONDITION.search(self.words)
            or signs.BELIEF.search(self.words)
            or signs.TWO_ACTIONS.search(self.words)
        ):
            return unsure("The day hangs on something else.")
        if done and not signs.PARTIAL.search(self.words):
            return unsure("It says done, and names a day to come.")
        day = days.offered[0]
        if day <= self.due or day < self.at.day:
            return unsure("The day it names is not after the day due.")
        if any(other > self.due and other != day for other in days.unplaced):
            return unsure("It names another day as well, and not what for.")
        return Answer(Act.NEW_DATE, day, words=days.words)

    def _as_done(self, clause: str, days: dates.Days) -> Answer:
        if not clause:
            return unsure("It says neither done, nor a day, nor whose it is.")
        if signs.BELIEF.search(self.words) or signs.CONDITION.search(self.words):
            return unsure("It is believed to be done.", clause)
        if any(signs.SOFT.search(one.words) for one in self.sentences if clause in one.words):
            return unsure("It is done only as far as it goes.", clause)
        if signs.RETRACTED.search(self.words) or signs.ANOTHERS.search(self.words):
            return unsure("It may be something else that is done.", clause)
        if days.vague or days.unreadable or _is_partial(self.sentences) or signs.PROMISED.search(self.words):
            return unsure("Something of it is still to come.", clause)
        if any(_takes_back(one) for one in self.sentences):
            return unsure("It is taken back again.", clause)
        return Answer(Act.DONE, words=clause)


def _is_a_move(clause: str, at: Moment) -> bool:
    """Whether all that a clause says was finished is that the thing itself went to somebody else."""
    return not says_done(signs.DISOWNED.sub(" ", signs.MOVED_ON.sub(" ", clause)), at)


def _is_partial(sentences: list[Sentence]) -> bool:
    """Whether something is still to come. A question asks for nothing of the action itself."""
    told = "\n".join(one.words for one in sentences if not one.is_question)
    return bool(signs.PARTIAL.search(signs.NOTHING_LEFT.sub(" ", told)))


def _takes_back(sentence: Sentence) -> bool:
    """A sentence that says not yet, for the thing itself."""
    lowered = sentence.words.lower()
    return bool(
        not sentence.is_question
        and re.search(
            r"\b(?:not (?:quite |yet |fully )?(?:done|finished|complete)|not yet|(?:has|"
            r"have)n't (?:yet )?(?:been )?(?:done|finished|sent|completed|started)|still to)\b",
            lowered,
        )
    )
