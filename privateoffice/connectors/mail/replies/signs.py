"""The signs by which a British reply says done, not mine, or when. Their phrases stand in data/."""

import re
from pathlib import Path

PHRASES = [Path(__file__).parent / "data" / name for name in ("signs.txt", "understanding.txt")]
HEADING = re.compile(r"\[(\w+)\]")
PLACE_OF_A_TABLE = re.compile(r"\{([A-Z_]+)\}")


def _tables(text: str) -> dict[str, list[str]]:
    """Each table's phrases under its name; a line that begins with # is for the reader."""
    tables: dict[str, list[str]] = {}
    for line in filter(None, text.split("\n")):
        if found := HEADING.fullmatch(line):
            phrases = tables.setdefault(found[1], [])
        elif not line.startswith("#"):
            phrases.append(line)
    return tables


_TABLES = _tables("\n".join(one.read_text(encoding="utf-8") for one in PHRASES))


def _any(name: str) -> str:
    """One expression for a table; another table's name in braces stands for any of its phrases."""
    joined = "|".join(_spaced(phrase) for phrase in _TABLES[name])
    return PLACE_OF_A_TABLE.sub(lambda found: f"(?:{_any(found[1])})", joined)


def _spaced(phrase: str) -> str:
    return phrase.replace(" ?", r"\s*").replace(" ", r"\s+")


def _sign(name: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w/'-])(?:{_any(name)})(?![\w/])", re.IGNORECASE)


DONE = _sign("DONE")
"""Says that something is finished, as far as no word beside it takes that back."""
NOT_YET = _sign("NOT_YET")
"""Before the word that says finished it takes it back, or puts it off."""
BELIEF = _sign("BELIEF")
"""The writer is not sure, or has it from somebody else."""
RETRACTED = _sign("RETRACTED")
"""Said, and taken back in the same breath."""
ANOTHERS = _sign("ANOTHERS")
"""What was finished or sent is something else: a question, last month's return, a version to be checked."""
SOFT = _sign("SOFT")
"""A day said so is no promise yet."""
IRONY = _sign("IRONY")
PARTIAL = _sign("PARTIAL")
"""Something is still to come."""
NOTHING_LEFT = _sign("NOTHING_LEFT")
"""Names what is outstanding only to say that nothing is."""
CONDITION = _sign("CONDITION")
"""An "if" that asks leave for a date is none: "if that's ok", "if the boss will wear it"."""
NOT_MINE = _sign("NOT_MINE")
DISOWNED = _sign("DISOWNED")
"""Disowns it so plainly that a belief about whose it is takes nothing back."""
MOVED_ON = _sign("MOVED_ON")
"""Says that the thing itself went to somebody else: with a word that disowns it, that finishes nothing."""
ASKS_TO_MOVE = _sign("ASKS_TO_MOVE")
"""A question in form alone: it asks for the action to be given to somebody else."""
HOPED = _sign("HOPED")
"""Before a day: a hope that was not kept."""
OFFER = _sign("OFFER")
"""Offers to do it all the same."""
FORWARDED = _sign("FORWARDED")
"""The answer stands elsewhere, or somebody else is asked for it."""
TWO_ACTIONS = _sign("TWO_ACTIONS")
ASKED_OF_US = _sign("ASKED_OF_US")
"""Before a day: by then somebody wants something of the office."""
OCCASION = _sign("OCCASION")
"""Behind a day: what else is to happen on it."""
THING_HANDED = _sign("THING_HANDED")
"""What went to somebody else is what was to be made, and not the making of it."""
STILL_OFFERED = _sign("STILL_OFFERED")
"""Behind what disowns it: somebody would do it all the same."""
PROMISED = _sign("PROMISED")
"""Beside a word that says finished: the thing itself is still to be made."""
CORRECTION = _sign("CORRECTION")
"""Between two days: the later one counts."""
REQUESTED = _sign("REQUESTED")
"""Before a day: it is asked for or promised, of whatever else stands beside it."""
DELIVERING = _sign("DELIVERING")
"""Before a day: on it the action will be finished."""
NOT_DELIVERING = _sign("NOT_DELIVERING")
"""Before a day: on it something will happen that finishes nothing."""
ONLY_A_PART = _sign("ONLY_A_PART")
EVENT = _sign("EVENT")
"""Beside a day: a court, a board, leave, a return."""
PAST_ACT = _sign("PAST_ACT")
AUTOMATIC_SUBJECTS = re.compile(rf"^\W*(?:{_any('AUTOMATIC_SUBJECTS')})\s*[:(\[-]", re.IGNORECASE)
"""How the subject begins of what a program wrote, an invitation's answer, or a forward."""
FILLERS = re.compile(rf"\b(?:{_any('FILLERS')})\b|[\W\d_]+", re.IGNORECASE)
"""What may stand around a day that is the whole answer."""
OUR_SUBJECTS = _sign("OUR_SUBJECTS")

DENIED = re.compile(rf"\b(?:{_any('DENYING')})\b[^,;.!?]*$", re.IGNORECASE)
"""Before a day: the day that will not be kept."""
ANOTHERS_DOING = re.compile(
    rf"^\W*(?:and\s|but\s|then\s|so\s)?(?:[Tt]he\s(?!{_any('OUR_THINGS')})\w+(?:\s\w+)?|"
    rf"(?!(?i:{_any('OUR_THINGS')})\b)[A-Z][a-z]+(?:\s[A-Z][a-z]+)?|"
    rf"[Hh]e|[Ss]he|[Tt]hey|finance|legal|hr)\s(?:{_any('OTHERS_DO')})\b"
)
"""What somebody else will do on a day is not the day of the action."""

HARMLESS = _sign("HARMLESS")
"""Turns nothing that is done: an offer, an apology, "nothing further", a request to strike it off the list."""
HARMLESS_TO_OWNER = _sign("HARMLESS_TO_OWNER")
HARMLESS_TO_DAY = _sign("HARMLESS_TO_DAY")
BEARING = _sign("BEARING")
"""The small words that can turn what is done: negation, contrast, condition, hedge, part, future."""
BEARING_ON_OWNER = _sign("BEARING_ON_OWNER")
"""Those that can turn whose it is; to deny is the point of it."""
BEARING_ON_DAY = _sign("BEARING_ON_DAY")
"""Those that can turn a day; reasons may be as negative as they like."""
TWO_THINGS = _sign("TWO_THINGS")
"""Says something of one of several things."""
POINTING = _sign("POINTING")
"""In a question: it asks about the action itself, and not about something else."""
PLACES = _sign("PLACES")
"""Behind "to": where it went, and not what for."""

BESIDE = {
    name: frozenset(" ".join(lines).split())
    for name, lines in _tables((PHRASES[0].parent / "beside.txt").read_text(encoding="utf-8")).items()
}
"""The words that leave an act as it is, under ALL and under the act's name."""
