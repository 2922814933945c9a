"""The one register of rooms: opened at start from every `room.py`, checked whole, then closed."""

from collections.abc import Callable, Iterator
from typing import Any

from privateoffice.foundations.registry.declarations import Beside, Holding, Inbound, Kind, Open, Room


class Incomplete(Exception):
    """A room that forgot to declare something. The house does not open with such a room."""


class Closed(Exception):
    """The register is closed: rooms are declared at start and never after."""


_rooms: list[Room] = []
_is_closed = False


def open_room(room: Room) -> None:
    """Enter a room in the register."""
    if _is_closed:
        raise Closed(f"{room.name} came after the house had opened")
    _rooms.append(room)


def close() -> None:
    """Check that the rooms fit together, and let no more in."""
    global _is_closed
    faults = list(faults_in(_rooms))
    if faults:
        raise Incomplete("\n".join(faults))
    _is_closed = True


def rooms() -> tuple[Room, ...]:
    return tuple(_rooms)


def kinds() -> Iterator[Kind]:
    for room in _rooms:
        yield from room.kinds


def inbound() -> Iterator[Inbound]:
    """Whatever comes in to any room."""
    for room in _rooms:
        yield from room.inbound


def opens() -> Iterator[Open]:
    """Whatever stands open in any room."""
    for room in _rooms:
        yield from room.opens


def holdings() -> Iterator[Holding]:
    """The files that the records of any room hold."""
    for room in _rooms:
        yield from room.holdings


def besides(label: str, place: str) -> Iterator[Beside]:
    """What rooms show at a place on the page of a record of a kind."""
    for room in _rooms:
        for beside in room.besides:
            if beside.place == place and beside.model._meta.label_lower == label:
                yield beside


def kind_of(label: str) -> Kind:
    """The kind kept under a model's label, such as `enquiries.enquiry`."""
    for kind in kinds():
        if kind.label == label:
            return kind
    raise LookupError(label)


def roles_for(verb: str) -> tuple[str, ...]:
    """The roles that may do a verb; none where no room knows it."""
    for room in _rooms:
        if verb in room.policy:
            return tuple(room.policy[verb])
    return ()


def phrase_for(verb: str) -> str:
    """How the trail says a verb."""
    for room in _rooms:
        if verb in room.phrases:
            return room.phrases[verb]
    return verb.replace(".", " ").replace("_", " ")


def receiver_of(noun: str) -> Callable[..., Any]:
    """The verb that takes what another room hands over: `receiver_of("enquiry")(...)`."""
    for room in _rooms:
        if noun in room.receives:
            return room.receives[noun]
    raise LookupError(noun)


def listeners_to(event: str) -> list[Callable[[Any], None]]:
    return [room.listens[event] for room in _rooms if event in room.listens]


def faults_in(rooms: list[Room]) -> Iterator[str]:
    """Every reason why these rooms cannot open together, as sentences."""
    yield from _faults_of_each(rooms)
    yield from _faults_between(rooms)


def _faults_of_each(rooms: list[Room]) -> Iterator[str]:
    for room in rooms:
        for kind in room.kinds:
            if not kind.search:
                yield f"{room.name}: {kind.word} says nothing to search"
            if kind.keep.after not in {"closed", "made"}:
                yield f"{room.name}: {kind.word} is kept after an unknown moment, {kind.keep.after}"
        for beside in room.besides:
            if beside.place not in {"main", "aside"}:
                yield f"{room.name}: shows {beside.template} at a place that no page has, {beside.place}"
        for verb, roles in room.policy.items():
            if not roles:
                yield f"{room.name}: nobody may {verb}"
            if verb not in room.phrases and not verb.endswith((".view", ".read")):
                yield f"{room.name}: the trail has no phrase for {verb}"


def _faults_between(rooms: list[Room]) -> Iterator[str]:
    yield from _twice("code", [kind.code for room in rooms for kind in room.kinds])
    yield from _twice("address", [kind.path for room in rooms for kind in room.kinds])
    yield from _twice("verb", [verb for room in rooms for verb in room.policy])
    received = [noun for room in rooms for noun in room.receives]
    yield from _twice("receiver", received)
    announced = {event for room in rooms for event in room.announces}
    for room in rooms:
        for noun in set(room.hands) - set(received):
            yield f"{room.name} hands over a {noun}, and no room receives one"
        for event in set(room.listens) - announced:
            yield f"{room.name} listens to {event}, which nobody announces"


def _twice(what: str, values: list[str]) -> Iterator[str]:
    for value in sorted({value for value in values if values.count(value) > 1}):
        yield f"two rooms claim the {what} {value}"
