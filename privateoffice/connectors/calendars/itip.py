"""Scheduling messages (iTIP): what one claims, in words for the PA, and how it stands to what is held.

Nothing here acts on the diary. A sender's address is a claim: whoever decides must know how the message came.
"""

from typing import Any

from privateoffice.connectors.calendars.series import newness

FROM_ORGANIZER = {"PUBLISH", "REQUEST", "ADD", "CANCEL", "DECLINECOUNTER"}
FROM_ATTENDEE = {"REPLY", "REFRESH", "COUNTER"}
_CLAIMS = {
    "PUBLISH": "“{what}” is in their calendar, for information",
    "REQUEST": "you are asked to “{what}”",
    "CHANGE": "“{what}” has changed",
    "ADD": "a date is added to “{what}”",
    "CANCEL": "“{what}” is cancelled",
    "DECLINECOUNTER": "the other time proposed for “{what}” is turned down",
    "REPLY": "the answer to “{what}” is: {answer}",
    "REFRESH": "they need the newest version of “{what}”",
    "COUNTER": "another time would be better for “{what}”",
}
_ANSWERS = {
    "ACCEPTED": "accepted",
    "DECLINED": "declined",
    "TENTATIVE": "perhaps",
    "DELEGATED": "someone else will come",
    "NEEDS-ACTION": "no answer yet",
    "COMPLETED": "done",
    "IN-PROCESS": "under way",
}


def words_for(
    method: str, event: dict[str, Any], sender: str, held: dict[str, Any] | None = None
) -> dict[str, Any]:
    """What a message with this method says about an event, as plain data.

    `event` is as `parse.events` gives it, `sender` the address that the mail says it came from, `held` the event
    of the same name that we hold. Gives `method`; `known`, whether it is one of RFC 5546; `entitled`, whether the
    held event, or else the message, lets the sender say this; `stale`, whether it is older than what is held;
    `version`, the SEQUENCE it speaks of; `answer`; and `words`, one or more sentences.
    """
    method = (method or event.get("method") or "PUBLISH").upper()
    entitled = _entitled(method, event, sender, held)
    stale = _stale(method, event, held)
    answer = _answer(event, sender) if method == "REPLY" else ""
    sentences = [_claim(method, event, sender, held, answer)]
    if not entitled:
        sentences.append(_why_not(method, event, held))
    if stale and held:
        sentences.append(_late(method, event, held))
    return {
        "method": method,
        "known": method in _CLAIMS,
        "entitled": entitled,
        "stale": stale,
        "version": event["sequence"],
        "answer": answer,
        "words": " ".join(filter(None, sentences)),
    }


def _same(one: str, other: str) -> bool:
    return bool(one) and one.casefold() == other.casefold()


def _is(person: dict[str, Any] | None, address: str) -> bool:
    """Whether the address is a person's own, or of whoever sends for that person."""
    return person is not None and (_same(person["address"], address) or _same(person["sent_by"], address))


def _entitled(method: str, event: dict[str, Any], sender: str, held: dict[str, Any] | None) -> bool:
    ours = held or event
    if method in FROM_ORGANIZER:
        return _is(ours["organizer"], sender)
    return method in FROM_ATTENDEE and any(_is(person, sender) for person in ours["attendees"])


def _stale(method: str, event: dict[str, Any], held: dict[str, Any] | None) -> bool:
    if held is None:
        return False
    if method in FROM_ATTENDEE:
        return bool(event["sequence"] < held["sequence"])
    return newness(event) < newness(held)


def _answer(event: dict[str, Any], sender: str) -> str:
    """The sender's own answer, or the only one there is."""
    people = [person for person in event["attendees"] if _is(person, sender)] or event["attendees"][:1]
    return str(people[0]["answer"]) if people else "NEEDS-ACTION"


def _claim(method: str, event: dict[str, Any], sender: str, held: dict[str, Any] | None, answer: str) -> str:
    known = "CHANGE" if method == "REQUEST" and held else method
    what = event["summary"] or (held or event)["summary"] or "an event without a title"
    who = sender or "Somebody"
    if known not in _CLAIMS:
        return f"{who} sent a calendar message of a kind that is not known ({method[:40]}) about “{what}”."
    said = _CLAIMS[known].format(what=what, answer=_ANSWERS.get(answer, answer.lower()[:40]))
    return f"{who} claims that {said}."


def _why_not(method: str, event: dict[str, Any], held: dict[str, Any] | None) -> str:
    organizer = (held or event)["organizer"]
    if method in FROM_ORGANIZER:
        name = organizer["address"] if organizer and organizer["address"] else ""
        return (
            f"The organiser is {name}, so the diary has not changed." if name else "The event names no organiser."
        )
    if method in FROM_ATTENDEE:
        return "The sender is not among those invited, so the answer was not taken."
    return ""


def _late(method: str, event: dict[str, Any], held: dict[str, Any]) -> str:
    if method in FROM_ATTENDEE:
        return f"This speaks of version {event['sequence']}; version {held['sequence']} is held."
    return "This is older than the version held, which stays."
