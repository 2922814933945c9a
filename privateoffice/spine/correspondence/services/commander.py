"""What the Commander does with what is put before them: sees it, and says what is to become of it."""

from privateoffice.foundations.clock import clock
from privateoffice.foundations.offices import scope
from privateoffice.foundations.offices.policy import Refused
from privateoffice.foundations.offices.roles import Role
from privateoffice.foundations.offices.verbs import trail, verb
from privateoffice.foundations.records import services as records
from privateoffice.spine.correspondence.models import Ask, Conversation, Disposition, Sight, Undoing, Way
from privateoffice.spine.correspondence.services.disposing import NothingToUndo, end


class NotTheCommander(Refused):
    """Only the Commander, acting for nobody, can have seen something as the Commander."""


@verb("correspondence.see")
def see(ask: Ask) -> Sight:
    """Say that the Commander has seen this. Twice is once."""
    standing = _before_the_commander(ask)
    person = _commander("correspondence.see")
    sight, is_new = Sight.objects.get_or_create(
        disposition=standing, person_id=person, defaults={"record": ask.record, "seen_at": clock.now()}
    )
    if is_new:
        trail(ask.record, number=ask.message.number)
    return sight


@verb("correspondence.rule")
def rule(ask: Ask, *, words: str = "") -> Undoing:
    """The Commander's word on an ask: as recommended where nothing is said. It goes back to be carried out."""
    standing = _before_the_commander(ask)
    see(ask)
    said = words.strip() or f"As recommended: {standing.words}"
    return end(ask, standing, Undoing.How.RULED, said)


@verb("correspondence.keep_private")
def keep_private(conversation: Conversation) -> None:
    """Keep a conversation for the Commander alone: nobody else finds it, counts it or opens what belongs to it."""
    _commander("correspondence.keep_private")
    trail(conversation)
    records.narrow(conversation, roles=(Role.COMMANDER,))


def _before_the_commander(ask: Ask) -> Disposition:
    standing = Disposition.objects.standing().filter(ask_id=ask.pk, way=Way.COMMANDER).first()
    if standing is None:
        raise NothingToUndo
    return standing


def _commander(verb_name: str) -> int:
    acting = scope.current()
    if acting.person_id is None or acting.is_cover or Role.COMMANDER not in acting.roles:
        raise NotTheCommander(verb_name, str(NotTheCommander.__doc__))
    return acting.person_id
