"""Whether a clause says that something is finished, with no word beside it that takes that back."""

import re

from privateoffice.connectors.mail.replies import signs
from privateoffice.foundations.clock.spoken import Moment, days_in

LOOKS_BACK = 7
"""Words: how far before "done" a "not" or a "will" still belongs to it."""

BY = re.compile(r"\s+(?:\w+\s+){0,2}?(?:by|for|on|before)\s+(?:the\s+)?", re.IGNORECASE)

NOTHING = re.compile(
    r"\s+(?:nothing|none|little|no|not|zero|neither|only|half|a bit|bits|items|folder|box|mail)\b", re.IGNORECASE
)
"""Behind the word it takes it back: "done nothing yet"."""


def says_done(clause: str, at: Moment) -> bool:
    return any(_stands(clause, found, at) for found in signs.DONE.finditer(clause))


def is_taken_back(before: str) -> bool:
    """Whether the words before one that says finished put it off or deny it."""
    return bool(signs.NOT_YET.search(" ".join(before.split()[-LOOKS_BACK:])))


def _stands(clause: str, found: re.Match[str], at: Moment) -> bool:
    if NOTHING.match(clause, found.end()):
        return False
    if "nil" in found[0].lower().split():
        return not signs.NOT_YET.search(" ".join(clause[: found.start()].split()[-2:]))
    return not is_taken_back(clause[: found.start()]) and not _is_promised(clause, found, at)


def _is_promised(clause: str, found: re.Match[str], at: Moment) -> bool:
    """ "Done by Friday" promises; "done by DS Wren" and "done on Monday" do not."""
    behind = BY.match(clause, found.end())
    if not behind or "by" not in behind[0].lower().split():
        return False
    return any(one.start <= behind.end() <= one.end for one in days_in(clause, at))
