"""Making another record of an ask: an enquiry, an action, an engagement, or a re-direction to another unit."""

from typing import Any

from privateoffice.foundations.offices.verbs import verb
from privateoffice.foundations.records.models import MatterEntry, Record
from privateoffice.foundations.records.pages import path_of
from privateoffice.foundations.records.services import put_on
from privateoffice.foundations.registry import house
from privateoffice.spine.actions import services as actions
from privateoffice.spine.correspondence.models import Ask, Disposition, Way
from privateoffice.spine.correspondence.services.disposing import AlreadySettled, settle

RECEIVED = {Way.ENQUIRY: "enquiry", Way.ENGAGEMENT: "engagement", Way.REDIRECTED: "redirection"}
"""What another room receives, by the way of the disposition. An action is assigned on our own floor."""


@verb("correspondence.dispose")
def hand_on(ask: Ask, *, way: str, by_rule: str = "", **said: Any) -> Disposition:
    """Make of an ask what another room keeps, and settle it with that, in one transaction.

    What is said is what the receiving verb takes. What is made stands on the matters of the conversation and
    is never marked lower than it.
    """
    if not ask.is_open:
        raise AlreadySettled
    source = ask.record
    said = _no_lower(source, said)
    made = _assign(source, said) if way == Way.ACTION else house.receiver_of(RECEIVED[Way(way)])(source, **said)
    for entry in MatterEntry.objects.filter(record_id=source.pk).select_related("matter__office"):
        put_on(entry.matter, made)
    return settle(ask, way, made=made.reference, made_path=path_of(made), words=made.title, by_rule=by_rule)


def _assign(source: Record, said: dict[str, Any]) -> Record:
    return actions.assign(arises_from=source, **said)


def _no_lower(source: Record, said: dict[str, Any]) -> dict[str, Any]:
    if source.marking > (said.get("marking") or 0):
        return {**said, "marking": source.marking, "handling": said.get("handling") or source.handling}
    return said
