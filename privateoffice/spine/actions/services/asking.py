"""Writing to an owner in words of one's own: what comes back by mail is read as an answer to a chaser is."""

from privateoffice.foundations.clock import clock
from privateoffice.foundations.offices.verbs import fact, trail, verb
from privateoffice.spine.actions.models import Action, Chase
from privateoffice.spine.actions.models.ladder import OWNER
from privateoffice.spine.actions.services.chasing import NobodyToAsk
from privateoffice.spine.actions.services.contacts import Barred, Contacts
from privateoffice.spine.actions.services.letters import Item, Letter
from privateoffice.spine.actions.services.ownership import require_open
from privateoffice.spine.actions.services.posting import post

RUNG = "asked"


@verb("actions.write_to_owner")
def write_to_owner(action: Action, *, subject: str, text: str) -> Chase:
    """Send the owner a letter about the action, now, beside the ladder.

    Raises NobodyToAsk, or Unfit where the address is none.
    """
    require_open(action)
    now = clock.now()
    to = Contacts(action.office, now).owner(action)
    if to is None or to.stands_in:
        raise NobodyToAsk("There is no address at which they could be asked.")
    if Barred([action.pk]).bars(action, to):
        raise NobodyToAsk("It is kept for named readers, and they are not among them.")
    letter = Letter(action.office, "", to, now, [Item(action, RUNG, OWNER, now)])
    chase = Chase.objects.create(
        record=action,
        step=f"{RUNG}-{Chase.objects.filter(record_id=action.pk, rung=RUNG).count() + 1}",
        rung=RUNG,
        planned_at=now,
        fired_at=now,
        to_name=to.name,
        delivery=post(letter, subject=subject, text=text),
    )
    trail(action, to=fact(to.name if to.person_id else "somebody outside"), text=text)
    return chase
