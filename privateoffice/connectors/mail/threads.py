"""Which messages belong to one conversation, judged from their summaries."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

_REPLY = r"(?:re|fw|fwd|aw|wg|sv|vs|tr|rv|antw|odp)(?:\s*\[\d+\]|\(\d+\))?\s*:"
_MARKING = r"(?:\[[^\]]{0,60}(?:OFFICIAL|O-S)[^\]]{0,60}\]|O-S|OFFICIAL(?:\s*[-–—]?\s*SENSITIVE)?)"
_PREFIX = re.compile(rf"\s*(?:{_REPLY}|{_MARKING}\s*(?:[:|]|-\s|(?<=\])))\s*", re.IGNORECASE)
_SUFFIX = re.compile(rf"\s*\[{_MARKING}\]\s*$|\s*\[[^\]]{{0,60}}OFFICIAL[^\]]{{0,60}}\]\s*$", re.IGNORECASE)


def plain_subject(subject: str) -> str:
    """The subject without reply, forward and marking prefixes, for comparing."""
    rest = subject
    while (found := _PREFIX.match(rest)) and found.end():
        rest = rest[found.end() :]
    return " ".join(_SUFFIX.sub("", rest).split()).casefold()


def is_reply(subject: str) -> bool:
    """Whether the subject says that the message answers or passes on another."""
    return bool(re.match(rf"\s*(?:{_MARKING}\s*:?\s*)?{_REPLY}", subject, re.IGNORECASE))


def chain(summary: Mapping[str, Any]) -> list[str]:
    """The Message-IDs of the conversation from its first to this message, each once."""
    ids = [*summary["references"], *summary["in_reply_to"], summary["message_id"]]
    return list(dict.fromkeys(one for one in ids if one))


def thread_key(summary: Mapping[str, Any]) -> str:
    """One key for one conversation: its first Message-ID; without any, the plain subject of a reply.

    A message without references that is not a reply starts its own conversation; with neither Message-ID
    nor subject it has the empty key, which joins nothing.
    """
    ids = chain(summary)
    is_lost = not summary["references"] and not summary["in_reply_to"] and is_reply(summary["subject"])
    if ids and not is_lost:
        return f"id:{ids[0]}"
    subject = plain_subject(summary["subject"])
    return f"subject:{subject}" if subject else ""


def conversations(summaries: Sequence[Mapping[str, Any]]) -> list[int]:
    """For each message the position of the first of its conversation.

    Messages that share any number belong together. A reply that names no other message joins the latest
    earlier conversation with its plain subject.
    """
    roots = list(range(len(summaries)))
    by_id: dict[str, int] = {}
    by_subject: dict[str, int] = {}
    for position, one in enumerate(summaries):
        for known in chain(one):
            _join(roots, by_id.setdefault(known, position), position)
        subject = plain_subject(one["subject"])
        is_lost = not one["references"] and not one["in_reply_to"] and is_reply(one["subject"])
        if is_lost and subject in by_subject:
            _join(roots, by_subject[subject], position)
        if subject:
            by_subject[subject] = position
    return [_root(roots, position) for position in range(len(summaries))]


def _root(roots: list[int], position: int) -> int:
    while roots[position] != position:
        roots[position] = position = roots[roots[position]]
    return position


def _join(roots: list[int], one: int, other: int) -> None:
    first, second = sorted((_root(roots, one), _root(roots, other)))
    roots[second] = first
