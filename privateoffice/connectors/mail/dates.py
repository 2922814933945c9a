"""The moment that a message claims for itself, as text and as an instant."""

import re
from datetime import UTC, datetime, timedelta, timezone
from email.utils import parsedate_tz

FIRST_YEAR, LAST_YEAR = 1990, 2037


def instant(claimed: str) -> tuple[str | None, str]:
    """An ISO instant in UTC or None, and a fault as a sentence or an empty string."""
    if not claimed.strip():
        return None, "It has no date."
    moment = _moment(claimed)
    if moment is None:
        return None, "Its date could not be understood."
    if not FIRST_YEAR <= moment.year <= LAST_YEAR:
        return None, f"Its date is not between {FIRST_YEAR} and {LAST_YEAR}."
    return moment.isoformat(), ""


def arrival(received: str) -> str | None:
    """The instant after the last semicolon of a Received field, which the last mail server wrote."""
    return instant(received.rpartition(";")[2])[0] if ";" in received else None


def _moment(claimed: str) -> datetime | None:
    try:
        return _mail_moment(claimed) or datetime.fromisoformat(claimed.strip()).astimezone(UTC)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _mail_moment(claimed: str) -> datetime | None:
    if re.match(r"\s*\d{4}-\d\d-\d\d", claimed):
        return None
    parts = parsedate_tz(claimed[:200])
    if parts is None:
        return None
    offset = timedelta(seconds=parts[9] or 0)
    if abs(offset) >= timedelta(hours=24):
        return None
    year, month, day, hour, minute, second = parts[:6]
    return datetime(year, month, day, hour, minute, min(second, 59), tzinfo=timezone(offset)).astimezone(UTC)
