"""Reports that something did not arrive: believed of what we sent to whom we sent it, and of nothing else."""

from privateoffice.foundations.clock import clock
from privateoffice.foundations.offices.verbs import fact, performing, trail, verb
from privateoffice.spine.deliveries.models import Bounce, Delivery, Destination
from privateoffice.spine.deliveries.services.settling import NotInThatState

BELIEVED = (Destination.State.ACCEPTED, Destination.State.UNCERTAIN, Destination.State.RETURNED)


def note_bounce(message_id: str, *, address: str, words: str, is_final: bool) -> Bounce | None:
    """Note what a report says of one recipient; nothing where we never sent that, or not to them."""
    delivery = Delivery.objects.filter(message_id=message_id).first()
    destination = _destination(delivery, address) if delivery else None
    if delivery is None or destination is None:
        return None
    with performing("deliveries.note_bounce"):
        bounce, is_new = Bounce.objects.get_or_create(
            delivery=delivery,
            position=destination.position,
            is_final=is_final,
            defaults={"words": words[:500], "noted_at": clock.now()},
        )
        if is_new:
            _mark(destination, words, is_final)
            trail(delivery, outcome=fact("came back" if is_final else "is late"))
    return bounce


def _destination(delivery: Delivery, address: str) -> Destination | None:
    """The recipient that is meant, if it went to them."""
    sent = list(delivery.destinations.filter(state__in=BELIEVED))
    named = [one for one in sent if one.address.lower() == address.lower()]
    return named[0] if named else None


def _mark(destination: Destination, words: str, is_final: bool) -> None:
    said = words or "It came back." if is_final else f"Not delivered yet: {words}"
    changes = {"words": said[:500]} | ({"state": Destination.State.RETURNED} if is_final else {})
    Destination.objects.filter(pk=destination.pk).update(**changes)


@verb("deliveries.see_to_bounce")
def see_to_bounce(delivery: Delivery) -> None:
    """Say that somebody saw to what came back: wrote again, rang, or let it be."""
    unseen = Bounce.objects.filter(delivery_id=delivery.pk, is_final=True, seen_to_at=None)
    if not unseen.update(seen_to_at=clock.now()):
        raise NotInThatState("Nothing of it has come back, or somebody has seen to it.")
    trail(delivery)
