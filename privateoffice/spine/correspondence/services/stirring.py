"""Telling the room that keeps the clocks which conversations something happened to, in the same transaction."""

from collections.abc import Iterable

from privateoffice.foundations.registry import house


def stirred(conversations: Iterable[int]) -> None:
    """Something came into these conversations, or became of what they ask."""
    house.receiver_of("conversations stirred")(conversations)
