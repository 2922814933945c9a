"""When a schedule falls due: cron expressions in London time, across the nights when the clocks change.

A time that the spring night skips falls due when the clock has jumped. A time that comes twice in the autumn
night falls due the first time only, unless the schedule runs every hour.
"""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from croniter import croniter

LONDON = ZoneInfo("Europe/London")


def is_cron(cron: str) -> bool:
    return len(cron.split()) == 5 and croniter.is_valid(cron)


def latest_due(cron: str, now: datetime) -> datetime:
    """The last moment, at or before now, at which a schedule fell due. Aware in, aware in UTC out."""
    hour = cron.split()[1]
    if hour == "*":
        return _latest_of_every_hour(cron, now.astimezone(UTC))
    local = now.astimezone(LONDON)
    due = _latest_by(cron, local.replace(tzinfo=None, fold=0))
    return _moment(due, fold=local.fold if hour.startswith("*") else 0)


def _latest_of_every_hour(cron: str, now: datetime) -> datetime:
    """By the clock as it stands, which shows no hour twice; beyond a change of it by the clock that was."""
    ahead = _ahead(now)
    due = _latest_by(cron, now + ahead) - ahead
    jump = ahead - _ahead(due)
    if not jump:
        return due
    change = _change_between(due, now)
    if change - due <= jump:  # within the hour that was skipped
        return change
    before = change - timedelta(seconds=1)
    return _latest_by(cron, before + _ahead(before)) - _ahead(before)


def _latest_by(cron: str, wall: datetime) -> datetime:
    return croniter(cron, wall.replace(microsecond=0) + timedelta(seconds=1)).get_prev(datetime)


def _ahead(moment: datetime) -> timedelta:
    """How far London's clocks are ahead of UTC."""
    return moment.astimezone(LONDON).utcoffset() or timedelta()


def _change_between(early: datetime, late: datetime) -> datetime:
    """When the clocks changed between two moments before and after it, to the second."""
    stood = _ahead(early)
    while late - early > timedelta(seconds=1):
        middle = early + (late - early) // 2
        early, late = (middle, late) if _ahead(middle) == stood else (early, middle)
    return late.replace(microsecond=0)


def _moment(wall: datetime, fold: int) -> datetime:
    """The moment at which London's clocks show a time: never a skipped one, the first of two unless told."""
    moment = wall.replace(tzinfo=LONDON, fold=fold).astimezone(UTC)
    if moment.astimezone(LONDON).replace(tzinfo=None) == wall:
        return moment
    return wall.replace(minute=0, second=0, tzinfo=LONDON, fold=0).astimezone(UTC)
