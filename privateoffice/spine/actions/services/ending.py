"""How an action ends: its owner discharges it, its setter accepts; or it is withdrawn."""

from django.db import IntegrityError, transaction

from privateoffice.foundations.clock import clock
from privateoffice.foundations.offices import scope
from privateoffice.foundations.offices.verbs import fact, trail, verb
from privateoffice.foundations.records import services as records
from privateoffice.foundations.records.models import Closing, Link, Record
from privateoffice.spine.actions.models import Action, Discharge, SendingBack
from privateoffice.spine.actions.services.ownership import require_open, require_owner_or_clerk, require_setter


class AlreadyDischarged(Exception):
    """The action awaits acceptance already."""


class NothingToAccept(Exception):
    """Nobody has said that the action is done."""


@verb("actions.discharge")
def discharge(action: Action, *, words: str, evidence: Record | None = None) -> Discharge:
    """Say that it is done, by the owner or for one without an account. It awaits acceptance by its setter.

    Who owns what they set themselves has nobody to wait for: it closes at once.
    """
    require_owner_or_clerk("actions.discharge", action)
    require_open(action)
    acting = scope.current()
    try:
        with transaction.atomic():
            done = Discharge.objects.create(
                record=action,
                words=words,
                discharged_at=clock.now(),
                discharged_by=acting.actor,
                owner_words=action.owner_words,
            )
    except IntegrityError:
        raise AlreadyDischarged("This action awaits acceptance already.") from None
    if evidence is not None:
        records.link(evidence, action, Link.Kind.EVIDENCE_FOR)
    trail(action, words=words)
    if not acting.system and action.is_owned_by(acting) and action.is_set_by(acting):
        _close(action, done)
    return done


@verb("actions.accept")
def accept(action: Action) -> Closing:
    """Accept that it is done. The action is closed."""
    require_setter("actions.accept", action)
    closing = _close(action, _standing(action))
    trail(action, outcome=fact("done"))
    return closing


def _close(action: Action, done: Discharge) -> Closing:
    return records.close(action, outcome="done", words=done.words)


@verb("actions.send_back")
def send_back(action: Action, *, reason: str) -> SendingBack:
    """Not accepted, and why. The action is its owner's again, and the ladder goes on."""
    require_setter("actions.send_back", action)
    require_open(action)
    sent = _end(_standing(action), reason)
    trail(action, reason=reason)
    return sent


def _standing(action: Action) -> Discharge:
    done = Discharge.objects.standing().filter(record_id=action.pk).first()
    if done is None:
        raise NothingToAccept("Nobody has said that this action is done.")
    return done


def _end(done: Discharge, reason: str) -> SendingBack:
    """A discharge that no longer stands keeps its words and gets the reason."""
    sent = SendingBack.objects.create(
        record=done.record, reason=reason, sent_at=clock.now(), sent_by=scope.current().actor
    )
    done.sending_back = sent
    done.save(update_fields=["sending_back"])
    return sent


@verb("actions.withdraw")
def withdraw(action: Action, *, reason: str) -> Closing:
    """Close an action that is no longer wanted."""
    closing = records.close(action, outcome="withdrawn", words=reason)
    trail(action, reason=reason)
    return closing


def take_back(action: Action) -> Closing:
    """Close an action because the room that set it took that back."""
    return withdraw(action, reason="It was set by mistake")


@verb("actions.reopen")
def reopen(action: Action, *, reason: str) -> None:
    """Open a closed action again. How it was closed, and what its owner said, is kept."""
    records.reopen(action, reason=reason)
    done = Discharge.objects.standing().filter(record_id=action.pk).first()
    if done is not None:
        _end(done, reason)
    trail(action, reason=reason)
