"""Contributions to a reply: asked by a letter that bears the reference, accepted, or asked again."""

from datetime import date

from django.template.loader import render_to_string

from privateoffice.foundations.clock import clock
from privateoffice.foundations.offices import scope
from privateoffice.foundations.offices.models import Person
from privateoffice.foundations.offices.roles import Role
from privateoffice.foundations.offices.verbs import fact, trail, verb
from privateoffice.foundations.records import services as records
from privateoffice.foundations.records.markings import Marking
from privateoffice.foundations.records.models import Closing
from privateoffice.rooms.following.models import Contribution
from privateoffice.rooms.following.services.faults import NobodyToAsk, NotReceived
from privateoffice.spine.actions import services as actions
from privateoffice.spine.actions.models import Action
from privateoffice.spine.approvals.models import Addressee, Unfit
from privateoffice.spine.correspondence.models import Conversation
from privateoffice.spine.letters.models import Class
from privateoffice.spine.letters.services import classes_of

INSIDE = (Class.INTERNAL, Class.CHIEF)


class GoesOutside(ValueError):
    """It is OFFICIAL-SENSITIVE, and they are outside the service. Say why they may be asked."""


@verb("following.ask")
def ask(
    conversation: Conversation,
    *,
    title: str,
    asked: str,
    due_on: date,
    owner: Person | None = None,
    owner_name: str = "",
    owner_email: str = "",
    why_outside: str = "",
) -> Contribution:
    """Ask somebody for something that the reply needs, by mail. Whoever is asked needs no account."""
    _refuse_outside(conversation, owner, owner_name, owner_email, why_outside)
    action = actions.assign(
        title=title,
        detail=asked,
        due_on=due_on,
        owner=owner,
        owner_name=owner_name,
        owner_email=owner_email,
        setter_role=Role.PA,
        arises_from=conversation,
    )
    records.restrict_like(action, conversation)
    made = Contribution.objects.create(
        record=conversation,
        action=action.reference,
        asked_in=conversation.reference,
        asked_at=clock.now(),
        asked_by=scope.current().actor,
    )
    _write(action, "asked")
    trail(conversation, other=fact(action.reference), why=why_outside)
    return made


def _refuse_outside(
    conversation: Conversation, owner: Person | None, name: str, address: str, why_outside: str
) -> None:
    if owner is None and not (name.strip() and address.strip()):
        raise NobodyToAsk(str(NobodyToAsk.__doc__))
    if conversation.marking < Marking.OFFICIAL_SENSITIVE or owner or why_outside.strip():
        return
    if classes_of(conversation.office, [Addressee("to", name, address.strip())])[0] not in INSIDE:
        raise GoesOutside(str(GoesOutside.__doc__))


def _write(action: Action, template: str, **said: str) -> None:
    """The letter that asks. Raises NobodyToAsk where it cannot be written."""
    person = Person.objects.filter(pk=scope.current().person_id or 0).first()
    writer = person.name if person else ""
    shown = {"action": action, "office": action.office, "writer": writer, **said}
    subject = " ".join(f"{action.reference}: {action.title}".split())
    text = render_to_string(f"following/letters/{template}.txt", shown).strip() + "\n"
    try:
        actions.write_to_owner(action, subject=subject, text=text)
    except (actions.NobodyToAsk, Unfit) as fault:
        raise NobodyToAsk(str(fault)) from None


def action_of(contribution: Contribution) -> Action | None:
    return Action.objects.with_standing().filter(reference=contribution.action).first()


@verb("following.accept")
def accept(contribution: Contribution) -> Closing:
    """Take what was sent: the contributor has nothing more to do."""
    action = _received(contribution)
    closing = actions.accept(action)
    trail(contribution.record, other=fact(action.reference))
    return closing


@verb("following.ask_again")
def ask_again(contribution: Contribution, *, reason: str, due_on: date) -> Action:
    """Not enough, and why: the contributor is written to once more, and the ladder goes on."""
    action = _received(contribution)
    actions.send_back(action, reason=reason)
    action = Action.objects.get(pk=action.pk)
    if due_on != action.due_on:
        actions.slip(action, due_on=due_on, reason=reason)
        action = Action.objects.get(pk=action.pk)
    _write(action, "again", reason=reason)
    trail(contribution.record, other=fact(action.reference), reason=reason)
    return action


def _received(contribution: Contribution) -> Action:
    action = action_of(contribution)
    if action is None or not action.is_awaiting:
        raise NotReceived(str(NotReceived.__doc__))
    return action
