"""Being told by Microsoft 365 that something changed. It is a hint and no more: reading on a schedule goes on.

It is off unless the settings name the address at which Microsoft reaches this office.
"""

import hashlib
import hmac
import json
import logging
import secrets as random
from datetime import timedelta
from typing import Any

from django.conf import settings

from privateoffice.connectors.ports.mailbox import Gone, Trouble
from privateoffice.foundations.clock import clock
from privateoffice.foundations.offices import scope
from privateoffice.spine.mailboxes.models import Mailbox, Subscription
from privateoffice.spine.mailboxes.models.secrets import Locked
from privateoffice.spine.mailboxes.services import microsoft

logger = logging.getLogger(__name__)

LASTS = timedelta(days=3)
RENEWED = timedelta(days=1)
"""Before its end."""
MOST = 1_000
"""Notifications that come at once; of more the rest are left, and the schedule finds what they meant."""
REMOVED, AGAIN = "subscriptionRemoved", "reauthorizationRequired"


class NoNotification(ValueError):
    """What came is none of Microsoft's notifications."""


def keep_subscribed() -> int:
    """See to it that the mailboxes of an office are told of, or no longer; returns how many took a call."""
    office = scope.current().office
    mine = Mailbox.objects.filter(office=office, kind=Mailbox.Kind.GRAPH).select_related("office", "subscription")
    at_work = set(Mailbox.objects.at_work().filter(office=office).values_list("pk", flat=True))
    return sum(_see_to(mailbox, is_wanted=_is_on() and mailbox.pk in at_work) for mailbox in mine)


def _is_on() -> bool:
    return bool(settings.GRAPH_NOTIFICATIONS_URL)


def _see_to(mailbox: Mailbox, *, is_wanted: bool) -> int:
    held = getattr(mailbox, "subscription", None)
    lasts = held is not None and held.ends_at > clock.now() + RENEWED
    if lasts if is_wanted else held is None:
        return 0
    try:
        with microsoft.session(mailbox) as line:
            if not is_wanted:
                _end(line, held)
            elif held is None or not _renewed(line, held):
                _begin(line, mailbox)
    except (Trouble, Locked) as fault:
        logger.info("Notifications could not be asked for: %s", type(fault).__name__)
    return 1


def _begin(line: Any, mailbox: Mailbox) -> None:
    from privateoffice.connectors.graph import subscribing

    word, until = random.token_hex(32), clock.now() + LASTS
    key = subscribing.subscribe(
        line, microsoft.user_of(mailbox), address=settings.GRAPH_NOTIFICATIONS_URL, word=word, until=until
    )
    told = {"office": mailbox.office, "key": key, "proof": _digest(word), "made_at": clock.now(), "ends_at": until}
    Subscription.objects.update_or_create(mailbox=mailbox, defaults=told)


def _renewed(line: Any, held: Subscription) -> bool:
    """Whether it goes on; one that the service has forgotten does not."""
    from privateoffice.connectors.graph import subscribing

    held.ends_at = clock.now() + LASTS
    try:
        subscribing.renew(line, held.key, held.ends_at)
    except Gone:
        return False
    held.save(update_fields=["ends_at"])
    return True


def _end(line: Any, held: Subscription | None) -> None:
    from privateoffice.connectors.graph import subscribing

    if held is None:
        return
    try:
        subscribing.unsubscribe(line, held.key)
    except Gone:
        logger.info("A subscription had ended by itself.")
    held.delete()


def hear(raw: bytes) -> list[Mailbox]:
    """The mailboxes of which notifications truly speak. What is unknown or unproved is passed over.

    Raises NoNotification where the bytes are none.
    """
    notes = _notes_in(raw)
    with scope.acting_as_system("mailboxes"):
        rows = Subscription.objects.filter(key__in={note["subscriptionId"] for note in notes})
        known = {one.key: one for one in rows.select_related("mailbox__office")}
        proved = [note for note in notes if _is_proved(note, known.get(note["subscriptionId"]))]
        for note in proved:
            _heed(known[note["subscriptionId"]], str(note.get("lifecycleEvent", "")))
    return list({held.mailbox_id: held.mailbox for held in (known[n["subscriptionId"]] for n in proved)}.values())


def _notes_in(raw: bytes) -> list[dict[str, Any]]:
    try:
        told = json.loads(raw)
        notes = told["value"][:MOST]
        if all(isinstance(note["subscriptionId"], str) for note in notes):
            return list(notes)
    except (ValueError, KeyError, TypeError, RecursionError):
        pass
    raise NoNotification


def _is_proved(note: dict[str, Any], held: Subscription | None) -> bool:
    word = note.get("clientState")
    return held is not None and isinstance(word, str) and hmac.compare_digest(_digest(word), held.proof)


def _heed(held: Subscription, event: str) -> None:
    """What is said of the subscription itself: it ended, or it must be renewed now."""
    if event == REMOVED:
        Subscription.objects.filter(pk=held.pk).delete()
    elif event == AGAIN:
        Subscription.objects.filter(pk=held.pk).update(ends_at=clock.now())


def _digest(word: str) -> str:
    return hashlib.sha256(word.encode("utf-8", "surrogatepass")).hexdigest()
