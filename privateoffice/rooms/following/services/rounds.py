"""The rounds of a conversation: each from the first letter that waits for us to what ended its waiting."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from privateoffice.rooms.following.models import ReplyClock
from privateoffice.spine.correspondence.models import Message, Way

Outcome = ReplyClock.Outcome
OUTCOMES = {
    Way.ANSWERED: Outcome.ANSWERED,
    Way.ENQUIRY: Outcome.HANDED_ON,
    Way.REDIRECTED: Outcome.HANDED_ON,
    Way.FILED: Outcome.LET_GO,
    Way.NO_ACTION: Outcome.LET_GO,
}
"""What ends a round, once it holds for each ask. After an action or an engagement a reply is still owed."""

RANKED = (Outcome.LET_GO, Outcome.HANDED_ON, Outcome.ANSWERED)


@dataclass(frozen=True)
class Settled:
    """What became of one ask: how that counts, and since when. Nothing where a reply is still owed."""

    outcome: str = ""
    at: datetime | None = None


@dataclass
class Seen:
    """One message as its round counts it. `ends` where it is a reply of ours, `wants` where it wants one."""

    message: Message
    ends: bool = False
    wants: bool = False
    asks: list[Settled] = field(default_factory=list)


@dataclass
class Round:
    """Letters that wait for one reply."""

    first: Message
    asks: list[Settled] = field(default_factory=list)
    ended_at: datetime | None = None
    outcome: str = ""

    def end_by_what_was_settled(self) -> None:
        """Over where something that ends it became of every ask: at the last of them, as the weightiest."""
        if self.asks and all(ask.outcome and ask.at for ask in self.asks):
            self.ended_at = max(ask.at for ask in self.asks if ask.at)
            self.outcome = max((ask.outcome for ask in self.asks), key=lambda one: RANKED.index(Outcome(one)))


def rounds_of(seen: Iterable[Seen]) -> list[Round]:
    """The rounds that messages make up, in order of time."""
    found: list[Round] = []
    running: Round | None = None
    for one in sorted(seen, key=lambda each: (each.message.at, each.message.number)):
        if running and one.ends:
            running.ended_at, running.outcome, running = one.message.at, Outcome.ANSWERED, None
        elif one.wants:
            running = _joined(running, one, found)
    if running:
        running.end_by_what_was_settled()
    return found


def _joined(running: Round | None, one: Seen, found: list[Round]) -> Round:
    """The round that a letter joins: the one that runs, unless it had ended before the letter came."""
    if running:
        running.end_by_what_was_settled()
        if running.ended_at and one.message.at > running.ended_at:
            running = None
        else:
            running.ended_at, running.outcome = None, ""
    if running is None:
        running = Round(one.message)
        found.append(running)
    running.asks += one.asks or [Settled()]
    return running


def first_of(rounds: Sequence[Round]) -> list[Message]:
    return [one.first for one in rounds]
