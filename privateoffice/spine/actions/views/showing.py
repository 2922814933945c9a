"""How actions are shown: their standing in words, as rows, and what can be done from a row."""

from datetime import datetime
from typing import Any

from django.urls import reverse

from privateoffice.foundations.clock import words
from privateoffice.foundations.offices import policy, scope
from privateoffice.foundations.registry.declarations import Act
from privateoffice.spine.actions.models import Action, Rag

STANDINGS = {Rag.RED: "late", Rag.AMBER: "soon", Rag.GREEN: "well", Rag.CLOSED: "closed"}


def address(action: Action, name: str) -> str:
    """The address of something that is done with an action."""
    return reverse(f"actions:{name}", args=[action.office.slug, action.year, action.number])


def standing_of(action: Action, at: datetime) -> str:
    """Its shape: what awaits acceptance is a ring, whatever its colour."""
    return "waiting" if action.is_awaiting else STANDINGS[Rag(action.rag_at(at))]


def standing_words(action: Action, at: datetime) -> str:
    """How it stands, in a few words."""
    if action.is_closed:
        return "Closed"
    if action.is_awaiting:
        return "Done, to be accepted"
    if action.rag_at(at) == Rag.RED:
        return words.late(action.due_at or action.due_on, at)
    if action.is_at_risk:
        return "At risk"
    if action.rag_at(at) == Rag.GREEN:
        return "On track"
    near = words.near(action.due_on, at)
    return f"Due {near.lower() if near in {'Today', 'Tomorrow'} else near}"


def row_of(action: Action, at: datetime) -> dict[str, Any]:
    """One action as a line of the register."""
    return {
        "action": action,
        "url": action.get_absolute_url(),
        "standing": standing_of(action, at),
        "words": standing_words(action, at),
        "acts": acts_of(action),
    }


def acts_of(action: Action) -> tuple[Act, ...]:
    """What the person acting can do with it at once, each with its key."""
    if action.is_closed:
        return ()
    acting = scope.current()
    if action.is_awaiting:
        return _acceptance(action) if action.is_set_by(acting) else ()
    offered = [
        ("actions.discharge", Act("Done", "e", address(action, "discharge"))),
        ("actions.nudge", Act("Nudge", "h", address(action, "nudge"), posts=True)),
        ("actions.pass_on", Act("Pass on", "p", address(action, "owner"))),
        ("actions.slip", Act("New date", "n", address(action, "date"))),
    ]
    is_ours = policy.allows("actions.assign") or action.is_owned_by(acting)
    return tuple(act for verb, act in offered if is_ours and policy.allows(verb))


def _acceptance(action: Action) -> tuple[Act, ...]:
    return (
        Act("Accept", "y", address(action, "acceptance"), posts=True),
        Act("Send back", "r", address(action, "return")),
    )
