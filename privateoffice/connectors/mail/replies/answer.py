"""What an answer to a chaser comes to."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Act(StrEnum):
    """What the writer says of the action."""

    DONE = "done"
    NEW_DATE = "new_date"
    NOT_MINE = "not_mine"
    UNSURE = "unsure"


@dataclass(frozen=True)
class Answer:
    """The act, the new day (in London) where there is one, the words it was read from, and why if unsure."""

    act: Act
    day: date | None = None
    words: str = ""
    why: str = ""


def unsure(why: str, words: str = "") -> Answer:
    return Answer(Act.UNSURE, words=words, why=why)
