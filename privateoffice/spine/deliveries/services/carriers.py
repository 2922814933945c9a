"""Carriers: what takes a message out of the house, one for each channel."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from privateoffice.foundations.offices.models import Office


@dataclass(frozen=True)
class Letter:
    """One message as a carrier takes it. `pending` are the places, in `recipients`, to which it still has to go.

    `key` is the same at every try, so that a carrier can tell a second try from a second message.
    """

    office: Office
    key: str
    message_id: str
    sent_at: datetime
    sender: tuple[str, str]
    recipients: tuple[tuple[str, str, str], ...]
    pending: tuple[int, ...]
    subject: str
    text: str
    files: tuple[tuple[str, str, bytes], ...]
    marking: str
    in_reply_to: str = ""
    thread: str = ""


@dataclass(frozen=True)
class Answer:
    """What the far side said of one recipient: `accepted`, `refused` or `later`, and its words."""

    outcome: str
    words: str = ""


Answers = dict[int, Answer]
"""An answer for each pending place of a letter."""


class TryLater(Exception):
    """The far side took nothing, and may take it later: after `pause` seconds, where it asks for some."""

    def __init__(self, words: str = "", *, pause: float = 0.0):
        super().__init__(words)
        self.pause = pause


class Uncertain(Exception):
    """The far side was cut off between the whole message and its answer: it may have it, or not."""


class Carrier(Protocol):
    """Takes letters out of the house. `can_be_asked` says whether it knows what it has taken before."""

    can_be_asked: bool

    def carry(self, letter: Letter) -> Answers:
        """Hand a letter over. Raises TryLater or Uncertain."""

    def has_taken(self, letter: Letter) -> bool:
        """Whether this very letter was taken before. Asked only where `can_be_asked`."""


class NoCarrier(TryLater):
    """Nothing is set up that carries this channel."""


_carriers: dict[str, Callable[[Office], Carrier]] = {}


def register(channel: str, carrier_for: Callable[[Office], Carrier]) -> None:
    """Say what carries a channel, for each office. A later word replaces an earlier one."""
    _carriers[channel] = carrier_for


def carrier_for(channel: str, office: Office) -> Carrier:
    try:
        return _carriers[channel](office)
    except KeyError:
        raise NoCarrier(f"Nothing is set up to carry “{channel}”.") from None
