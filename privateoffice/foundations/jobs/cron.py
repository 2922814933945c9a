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
    local = now.astimezone(LONDON)
    wall = local.replace(tzinfo=None, fold=0, microsecond=0)
    due = croniter(cron, wall + timedelta(seconds=1)).get_prev(datetime)
    hour = cron.split()[1]
    if hour == "*":  # by the clock as it stands now, which then neither skipped an hour nor saw one twice
        return (due - (local.utcoffset() or timedelta())).replace(tzinfo=UTC)
    return _moment(due, fold=local.fold if hour.startswith("*") else 0)


def _moment(wall: datetime, fold: int) -> datetime:
    """The moment at which London's clocks show a time: never a skipped one, the first of two unless told."""
    moment = wall.replace(tzinfo=LONDON, fold=fold).astimezone(UTC)
    if moment.astimezone(LONDON).replace(tzinfo=None) == wall:
        return moment
    return wall.replace(minute=0, second=0, tzinfo=LONDON, fold=0).astimezone(UTC)
