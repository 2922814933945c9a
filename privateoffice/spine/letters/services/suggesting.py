"""Whom a draft may go to: suggestions from the directory and from those who have written before."""

from privateoffice.foundations.clock import clock
from privateoffice.foundations.offices.models import Person
from privateoffice.spine.correspondence.models import Conversation

MOST_OF_STAFF = 2_000
LAST_CONVERSATIONS = 500


def people_to_suggest() -> list[str]:
    """Names with addresses as they are typed: those of the last letters first, then the directory, each once.

    Whoever may see a conversation is offered its correspondent; one that mail warned of is not offered.
    """
    last = Conversation.objects.filter(has_warnings=False).exclude(correspondent_address="").newest_first()
    written = last.values_list("correspondent", "correspondent_address")[:LAST_CONVERSATIONS]
    staff = Person.objects.serving(clock.today()).exclude(email="").order_by("surname", "forenames", "pk")
    named = [(person.name, person.email) for person in staff[:MOST_OF_STAFF]]
    found: dict[str, str] = {}
    for name, address in [*written, *named]:
        found.setdefault(address.lower(), _typed(name, address))
    return list(found.values())


def _typed(name: str, address: str) -> str:
    plain = "".join(letter for letter in name if letter not in '<>;"\r\n').strip(" ,")
    return f"{plain} <{address}>" if plain and plain != address else address
