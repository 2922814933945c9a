"""What every form of a spoken day is made of: the moment it was said, what is read, and the words themselves."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

WEEK = timedelta(days=7)
SATURDAY, SUNDAY = 5, 6
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
NUMBERS = {
    word: number
    for number, word in enumerate(
        ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"]
    )
}


@dataclass(frozen=True)
class Moment:
    """When something was said: the day and the hour, and the day from which an extension would count."""

    day: date
    hour: int = 12
    due: date | None = None


@dataclass(frozen=True)
class Read:
    """One day; or none, and why."""

    day: date | None = None
    why_none: str = ""


NO_SINGLE_DAY = Read(why_none="no single day")

Reader = Callable[[re.Match[str], Moment], Read]
Form = tuple[re.Pattern[str], Reader]

WEEKDAY = r"(?P<weekday>(?:mon|tues?|wed(?:s|nes)?|thu(?:rs?)?|fri)(?:day)?|satur?day|sunday|sat|sun)"
WHOLE_WEEKDAY = r"(?P<weekday>(?:mon|tues?|wed(?:s|nes)?|thu(?:rs?)?|fri)(?:day)?|saturday|sunday)(?!['’]?s\b)"
MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|"
    r"oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
COUNT = r"(?P<count>\d{1,2}|an?|one|two|three|four|five|six|seven|eight|nine|ten)"


def form(words: str, reader: Reader) -> Form:
    """A form of words, whole and in any case; white space of any width."""
    spaced = words.replace(" ", r"\s+")
    return re.compile(rf"(?<![\w/'’.-])(?:{spaced})(?![\w/])", re.IGNORECASE), reader


def always(read: Read) -> Reader:
    return lambda found, at: read


def later(days: int) -> Reader:
    """So many days after it was said. Just after midnight nobody knows which day "tomorrow" is."""
    return lambda found, at: (
        Read(why_none="said in the night") if at.hour < 4 else Read(at.day + timedelta(days=days))
    )


def weekday_of(found: re.Match[str]) -> int:
    return WEEKDAYS.index(found["weekday"].lower()[:3])


def month_of(found: re.Match[str]) -> int:
    return MONTHS.index(found["month"].lower()[:3]) + 1


def count_of(found: re.Match[str]) -> int:
    said = (found["count"] or "a").lower()
    return int(said) if said.isdigit() else NUMBERS.get(said, 1)
