"""How a delivery is shown: its state in words, and what can be done about it."""

from typing import Any

from privateoffice.foundations.clock import words
from privateoffice.foundations.registry.declarations import Act
from privateoffice.spine.deliveries.models import Delivery, State

STANDINGS = {
    State.WAITING: "waiting",
    State.QUEUED: "waiting",
    State.SENDING: "waiting",
    State.HELD: "soon",
    State.UNCERTAIN: "late",
    State.REFUSED: "late",
    State.SENT: "closed",
    State.GIVEN_UP: "closed",
    State.WITHDRAWN: "closed",
}

SENTENCES = {
    State.WAITING: "It goes out as soon as it is approved.",
    State.QUEUED: "It is in the queue.",
    State.SENDING: "It is leaving at this moment.",
    State.UNCERTAIN: "The far side was cut off before it answered. Find out whether they have it; it is never "
    "sent again by itself.",
    State.REFUSED: "Somebody refused it, or did not take it in time.",
    State.SENT: "Everybody took it.",
    State.GIVEN_UP: "It was not delivered to everybody.",
    State.WITHDRAWN: "It was called back and did not go out.",
}


def sentence(delivery: Delivery) -> str:
    """What the state means, in a sentence."""
    state = delivery.state
    if state == State.SENT and _came_back(delivery):
        return "It left, and came back from somebody."
    return delivery.stop.reason if state == State.HELD and delivery.stop else SENTENCES[state]


def standing(delivery: Delivery) -> str:
    """How it stands: what left and came back is late until somebody has seen to it."""
    return "late" if delivery.bounce else STANDINGS[delivery.state]


def _came_back(delivery: Delivery) -> bool:
    return any(each.state == "returned" for each in delivery.destinations.all())


def row(delivery: Delivery) -> dict[str, Any]:
    """One delivery as a row of the outbox."""
    state = delivery.state
    return {
        "key": delivery.reference,
        "title": delivery.title,
        "url": delivery.get_absolute_url(),
        "reference": delivery.reference,
        "is_sensitive": delivery.is_sensitive,
        "standing": standing(delivery),
        "word": "Came back" if delivery.bounce else state.label,
        "why": f"{'Came back' if delivery.bounce else state.label}. To {to_whom(delivery)}",
        "when": words.near(when(delivery)),
        "whose": delivery.posted_by,
        "acts": acts(delivery),
    }


def when(delivery: Delivery) -> Any:
    """When it left, or when it was posted."""
    closing = next((each for each in delivery.closings.all() if each.reopening_id is None), None)
    return closing.closed_at if closing else delivery.made_at


def to_whom(delivery: Delivery) -> str:
    people = [str(destination) for destination in delivery.destinations.all()]
    more = f" and {words.counted(len(people) - 2, 'other')}" if len(people) > 2 else ""
    return ", ".join(people[:2]) + more


def acts(delivery: Delivery) -> tuple[Act, ...]:
    """What can be done about it in its state."""
    place = delivery.get_absolute_url()
    if delivery.bounce:
        return (Act("Seen to", "e", f"{place}seen-to/", posts=True),)
    return {
        State.WAITING: (Act("Hold", "h", f"{place}hold/"), Act("Call back", "b", f"{place}withdrawal/")),
        State.QUEUED: (Act("Call back", "b", f"{place}withdrawal/"), Act("Hold", "h", f"{place}hold/")),
        State.HELD: (
            Act("Let it go", "e", f"{place}release/", posts=True),
            Act("Call back", "b", f"{place}withdrawal/"),
        ),
        State.UNCERTAIN: (
            Act("It was sent", "e", f"{place}settlement/?was_sent=yes"),
            Act("Send again", "s", f"{place}settlement/?was_sent=no"),
        ),
        State.REFUSED: (
            Act("Send again", "e", f"{place}again/", posts=True),
            Act("Give up", "x", f"{place}surrender/"),
        ),
    }.get(delivery.state, ())
