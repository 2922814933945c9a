"""What a form knows already of an ask: its title, what is asked, and the day, hours and place that it names."""

import re
from datetime import date, datetime, timedelta
from typing import Any

from privateoffice.foundations.clock import clock
from privateoffice.foundations.quarantine.reader import Unreadable, read_once
from privateoffice.foundations.records.models import Damaged
from privateoffice.spine.correspondence.models import Ask

CALENDARS = "privateoffice.connectors.mail.showing:calendars"
EVENTS = "privateoffice.connectors.calendars.parse:events"

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DAY = re.compile(
    rf"\b(\d{{1,2}})(?:st|nd|rd|th)?(?: of)? ({'|'.join(MONTHS)})[a-z]*\.?(?:,? (\d{{4}}))?", re.IGNORECASE
)
_HOUR = re.compile(r"\b(\d{1,2})(?:[.:](\d{2}))? ?(am|pm)\b|\b([01]?\d|2[0-3]):([0-5]\d)\b", re.IGNORECASE)
LONGEST_TEXT = 20_000
AN_HOUR = timedelta(hours=1)


def enquiry(ask: Ask) -> dict[str, Any]:
    """The title of the conversation and the words of the ask."""
    return {"title": ask.record.title, "asked": _shortened(ask.text)}


def action(ask: Ask) -> dict[str, Any]:
    return {"title": ask.record.title}


def engagement(ask: Ask) -> dict[str, Any]:
    """As its invitation says, where it has one that can be read; else the first day and hour of its text."""
    return _invited(ask) or _spoken_of(ask)


def caller_of(ask: Ask) -> dict[str, Any]:
    """Who asks, how and since when, as an enquiry is told."""
    return {
        "channel": "email",
        "caller_name": ask.message.from_name[:120],
        "caller_email": ask.message.from_address[:254],
        "received_at": min(ask.at, clock.now()),
    }


def _shortened(text: str, most: int = 4_000) -> str:
    return text[:most].strip()


def _invited(ask: Ask) -> dict[str, Any]:
    if not ask.message.invitations:
        return {}
    try:
        files = read_once(CALENDARS, ask.message.original.read(), format=ask.message.format)
        events = [event for one in files[:3] for event in read_once(EVENTS, one)["events"]]
    except (Unreadable, Damaged, KeyError, TypeError):
        return {}
    timed = [event for event in events if event.get("starts_at") and not event.get("all_day")]
    return _of_event(timed[0], ask) if timed else {}


def _of_event(event: dict[str, Any], ask: Ask) -> dict[str, Any]:
    starts = clock.london(datetime.fromisoformat(event["starts_at"]))
    ends = clock.london(datetime.fromisoformat(event["ends_at"])) if event.get("ends_at") else starts + AN_HOUR
    title = " ".join((event.get("summary") or ask.record.title).split())[:200]
    place = " ".join((event.get("location") or "").split())[:200]
    return {"title": title, "on": starts.date(), "starts": starts.time(), "ends": ends.time(), "place": place}


def _spoken_of(ask: Ask) -> dict[str, Any]:
    text = ask.text[:LONGEST_TEXT]
    said: dict[str, Any] = {"title": ask.record.title, "on": day_in(text, clock.day_of(ask.at))}
    starts = hour_in(text)
    if starts:
        on = said["on"] or clock.today()
        begins = datetime.combine(on, starts)
        said |= {"starts": starts, "ends": (begins + AN_HOUR).time()}
    return said


def day_in(text: str, after: date) -> date | None:
    """The first day named in a text, such as “Friday 12 March”; without its year, the next one after."""
    for day, month, year in _DAY.findall(text):
        try:
            found = date(int(year or after.year), MONTHS.index(month.lower()) + 1, int(day))
            return found if year or found >= after else found.replace(year=after.year + 1)
        except ValueError:
            continue
    return None


def hour_in(text: str) -> Any:
    """The first hour named in a text, such as “9:30am”."""
    for found in _HOUR.finditer(text):
        hour, minute, half, plain, minutes = found.groups()
        if half and 1 <= int(hour) <= 12 and int(minute or 0) < 60:
            return datetime(2000, 1, 1, int(hour) % 12 + 12 * (half.lower() == "pm"), int(minute or 0)).time()
        if plain:
            return datetime(2000, 1, 1, int(plain), int(minutes)).time()
    return None
