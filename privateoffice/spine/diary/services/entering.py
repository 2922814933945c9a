"""Entering an engagement or a hold by hand, or from what another room holds; and taking it back."""

import hashlib
import uuid
from datetime import datetime
from typing import Any

from privateoffice.foundations.clock import clock
from privateoffice.foundations.offices.verbs import trail, verb
from privateoffice.foundations.records import services as records
from privateoffice.foundations.records.models import Closing, Link, Record
from privateoffice.spine.diary.models import Engagement, Occurrence
from privateoffice.spine.diary.services.ahead import AHEAD

OURS = "Entered here"
"""The calendar of what came from no calendar."""


class EndsBeforeItStarts(ValueError):
    """It must end after it starts."""


@verb("diary.enter")
def enter(
    *, title: str, starts_at: datetime, ends_at: datetime, place: str = "", is_hold: bool = False, **marks: Any
) -> Engagement:
    """Enter an engagement, or hold the time for one."""
    if ends_at <= starts_at:
        raise EndsBeforeItStarts(str(EndsBeforeItStarts.__doc__))
    uid = f"{uuid.uuid4().hex}@private-office"
    engagement = records.make(
        Engagement,
        title=title,
        uid=uid,
        calendar=OURS,
        digest=hashlib.sha256(uid.encode()).hexdigest(),
        status=Engagement.Status.TENTATIVE if is_hold else Engagement.Status.CONFIRMED,
        starts_at=starts_at,
        ends_at=ends_at,
        place=place,
        read=_as_read(starts_at, ends_at),
        shown_until=clock.now() + AHEAD,
        **marks,
    )
    Occurrence.objects.create(
        engagement=engagement, starts_at=starts_at, ends_at=ends_at, title=title, place=place
    )
    trail(engagement, at=starts_at)
    return engagement


def enter_from(source: Record, **said: Any) -> Engagement:
    """Enter an engagement that arises from what another room holds."""
    engagement = enter(**said)
    records.link(engagement, source, Link.Kind.ARISES_FROM)
    return engagement


@verb("diary.take_back")
def take_back(engagement: Engagement) -> Closing:
    """Take an engagement that was entered here out of the diary. The record stays."""
    Occurrence.objects.filter(engagement=engagement).delete()
    Engagement.objects.filter(pk=engagement.pk).update(status=Engagement.Status.CANCELLED)
    closing = records.close(engagement, outcome="taken back", words="It was entered by mistake")
    trail(engagement)
    return closing


def _as_read(starts_at: datetime, ends_at: datetime) -> dict[str, Any]:
    """The same times in the shape in which the reader of calendars gives them."""
    return {
        "kind": "event",
        "starts_at": _iso(starts_at),
        "ends_at": _iso(ends_at),
        "all_day": False,
        "rrules": [],
        "rdates": [],
        "recurrence_id": "",
    }


def _iso(at: datetime) -> str:
    return at.isoformat().replace("+00:00", "Z")
