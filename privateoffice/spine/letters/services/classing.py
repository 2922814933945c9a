"""To which class somebody belongs that we write to, and what may be sent to them in whose name."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models.functions import Lower

from privateoffice.connectors.mail.addresses import domain_of
from privateoffice.foundations.offices.models import Office, Person
from privateoffice.foundations.offices.verbs import fact, trail, verb
from privateoffice.spine.approvals.models import Addressee
from privateoffice.spine.correspondence.services.ourselves import addresses_of
from privateoffice.spine.letters.models import Authority, Class, Correspondent, Leave, SenderAs

CHIEF_RANKS = (
    "cmdr",
    "commander",
    "dac",
    "ac",
    "dep commissioner",
    "commissioner",
    "acc",
    "dcc",
    "chief constable",
)
MEMBERS = ("parliament.", "mopac.", "london.gov.", "assembly.")
PARTNERS = (".gov.uk", ".nhs.uk", ".police.uk", ".mod.uk", ".judiciary.uk")

_ORDER = (Class.FAMILY, Class.PRESS, Class.MEMBER, Class.CHIEF, Class.PARTNER, Class.PUBLIC, Class.INTERNAL)
"""The class that binds most first: a letter to several is ruled by it."""

DEFAULTS: dict[str, tuple[str, str]] = {
    Class.INTERNAL: (Leave.SEND, Leave.SEND),
    Class.CHIEF: (Leave.SEND, Leave.APPROVE),
    Class.MEMBER: (Leave.APPROVE, Leave.APPROVE),
    Class.PARTNER: (Leave.SEND, Leave.APPROVE),
    Class.FAMILY: (Leave.NEVER, Leave.APPROVE),
    Class.PRESS: (Leave.NEVER, Leave.NEVER),
    Class.PUBLIC: (Leave.SEND, Leave.APPROVE),
}
"""For each class: in one's own name, and on behalf of the Commander. As the Commander is always approved."""


class CommandersName(ValueError):
    """What goes in the Commander's own name is always approved first."""


@dataclass(frozen=True)
class Ruling:
    """What may be done with a letter, and why."""

    leave: str
    recipient_class: str
    sender_as: str

    @property
    def sentence(self) -> str:
        """The case in words."""
        to = Class(self.recipient_class).label
        said = {
            Leave.SEND: "you may send it",
            Leave.APPROVE: "the Commander approves it first",
            Leave.NEVER: "it may not go out in this name",
        }[Leave(self.leave)]
        return f"{SenderAs(self.sender_as).label}, to {to[0].lower() + to[1:] if to[1].islower() else to}: {said}."


def class_of(addressee: Addressee, known: dict[str, str], ours: set[str], ranks: dict[str, str]) -> str:
    """The class of one recipient: as the office has set it, else as name, rank and address tell."""
    address = addressee.address.lower()
    domain = domain_of(address)
    if said := known.get(address) or known.get(domain):
        return said
    if addressee.name.endswith(" MP") or domain.startswith(MEMBERS) or any(f".{one}" in domain for one in MEMBERS):
        return Class.MEMBER
    if address in ranks:
        return Class.CHIEF if ranks[address].lower() in CHIEF_RANKS else Class.INTERNAL
    if domain in ours:
        return Class.INTERNAL
    return Class.PARTNER if domain.endswith(PARTNERS) else Class.PUBLIC


def classes_of(office: Office, people: Sequence[Addressee]) -> list[str]:
    """The class of each of some recipients, in order, in a fixed number of queries."""
    known = {one.place.lower(): one.recipient_class for one in Correspondent.objects.filter(office=office)}
    ours = {domain_of(address) for address in addresses_of(office)}
    named = Person.objects.annotate(low=Lower("email")).filter(
        low__in={one.address.lower() for one in people} - {""}
    )
    ranks = dict(named.values_list("low", "rank"))
    return [class_of(one, known, ours, ranks) for one in people]


def ruling_on(office: Office, people: Sequence[Addressee], sender_as: str) -> Ruling:
    """What may be sent to these people in this name. The class that binds most rules the whole letter."""
    found = set(classes_of(office, people)) or {Class.PUBLIC}
    rulings = [Ruling(leave_for(office, one, sender_as), one, sender_as) for one in _ORDER if one in found]
    return max(rulings, key=lambda one: (Leave.SEND, Leave.APPROVE, Leave.NEVER).index(Leave(one.leave)))


def leave_for(office: Office, recipient_class: str, sender_as: str) -> str:
    """What the office has set for a case, else the default."""
    said = Authority.objects.filter(office=office, recipient_class=recipient_class, sender_as=sender_as).first()
    if said:
        return said.leave
    if sender_as == SenderAs.COMMANDER:
        return Leave.NEVER if recipient_class == Class.PRESS else Leave.APPROVE
    return DEFAULTS[recipient_class][sender_as == SenderAs.BEHALF]


@verb("letters.settle_authority")
def settle_authority(office: Office, *, recipient_class: str, sender_as: str, leave: str) -> Authority:
    """Say who may write to a class of people in a name, from now on."""
    if sender_as == SenderAs.COMMANDER and leave == Leave.SEND:
        raise CommandersName(str(CommandersName.__doc__))
    said, _ = Authority.objects.update_or_create(
        office=office, recipient_class=recipient_class, sender_as=sender_as, defaults={"leave": leave}
    )
    name = f"{SenderAs(sender_as).label.lower()} to {Class(recipient_class).label}"
    trail(office_id=office.pk, name=fact(name), leave=fact(Leave(leave).label.lower()))
    return said


@verb("letters.settle_authority")
def class_as(office: Office, *, place: str, recipient_class: str) -> Correspondent:
    """Say to which class an address, or everybody at a domain, belongs."""
    one, _ = Correspondent.objects.update_or_create(
        office=office, place=place.strip().lower(), defaults={"recipient_class": recipient_class}
    )
    trail(office_id=office.pk, name=fact(one.place), leave=fact(Class(recipient_class).label))
    return one
