"""Who is written to about an action: its present owner, and those who are copied."""

from dataclasses import dataclass, replace
from datetime import datetime

from privateoffice.foundations.clock import clock
from privateoffice.foundations.offices.models import Holding, Office, Person
from privateoffice.foundations.offices.roles import Role
from privateoffice.foundations.records.models import Audience, Conflict
from privateoffice.spine.actions.models import Action
from privateoffice.spine.actions.models.ladder import COMMANDER, LINE_MANAGER, OWNER, STAFF_OFFICER

SENIOR_RANKS = ("supt", "superintendent", "dcs", "cmdr", "commander", "dac", "ac")
"""Last words of the ranks above chief inspector. A PA does not escalate a superintendent."""


@dataclass(frozen=True)
class Contact:
    """Somebody who can be written to. `person_id` and `role` are empty for somebody outside.

    `stands_in` where the owner cannot be written to, and this one is asked instead.
    """

    name: str
    email: str
    person_id: int | None = None
    role: str = ""
    is_senior: bool = False
    stands_in: bool = False


class Contacts:
    """The people of one office's chasers at a moment, each asked for once."""

    def __init__(self, office: Office, now: datetime):
        self.now = now
        standing = Holding.objects.standing(now).filter(office=office).order_by("-starts_at", "-pk")
        self.holders: dict[str, Person] = {}
        for holding in standing.select_related("person__line_manager"):
            self.holders.setdefault(holding.role, holding.person)

    @property
    def writer(self) -> str:
        """Who signs: the PA by name, else the office."""
        person = self.holders.get(Role.PA)
        return person.name if person else ""

    def of(self, capacity: str, action: Action) -> Contact | None:
        """Who that is for an action, or nobody."""
        if capacity == OWNER:
            return self.owner(action)
        if capacity == LINE_MANAGER:
            person = self._owning_person(action)
            return self._of_person(person.line_manager) if person else None
        return self._holder({STAFF_OFFICER: Role.STAFF_OFFICER, COMMANDER: Role.COMMANDER}[capacity])

    def owner(self, action: Action) -> Contact | None:
        """The present owner; failing that their line manager or the office, that nothing be lost."""
        named = self._named_owner(action)
        if named:
            return named
        person = self._owning_person(action)
        manager = self._of_person(person.line_manager) if person else None
        other = manager or self._holder(Role.PA) or self._holder(Role.STAFF_OFFICER)
        return other and replace(other, stands_in=True)

    def is_senior(self, action: Action) -> bool:
        owner = self._named_owner(action)
        return bool(owner and owner.is_senior)

    def _named_owner(self, action: Action) -> Contact | None:
        if action.owner_name:
            return Contact(action.owner_name, action.owner_email)
        contact = self._of_person(self._owning_person(action))
        return contact and replace(contact, role=action.owner_role)

    def _owning_person(self, action: Action) -> Person | None:
        return self.holders.get(action.owner_role) if action.owner_role else action.owner

    def _holder(self, role: str) -> Contact | None:
        contact = self._of_person(self.holders.get(role))
        return contact and replace(contact, role=role)

    def _of_person(self, person: Person | None) -> Contact | None:
        """Somebody who is still here and has an address."""
        if person is None or not person.email or self._has_left(person):
            return None
        return Contact(person.ranked_name, person.email, person.pk, is_senior=is_senior_rank(person.rank))

    def _has_left(self, person: Person) -> bool:
        return person.left_on is not None and person.left_on <= clock.day_of(self.now)


def is_senior_rank(rank: str) -> bool:
    """Superintendent and above, acting and temporary ranks included."""
    words = rank.lower().replace("/", " ").split()
    return bool(words) and words[-1] in SENIOR_RANKS


class Barred:
    """Who must not be told of which record: those in conflict, and those outside its named readers."""

    def __init__(self, record_ids: list[int]):
        self.conflicts = set(
            Conflict.objects.filter(record_id__in=record_ids).values_list("record_id", "person_id")
        )
        self.readers: dict[int, set[tuple[str, int | None]]] = {}
        for record_id, role, person_id in Audience.objects.filter(record_id__in=record_ids).values_list(
            "record_id", "role", "person_id"
        ):
            self.readers.setdefault(record_id, set()).add((role, person_id))

    def bars(self, action: Action, contact: Contact) -> bool:
        """Whether this person may not be told of this action."""
        if (action.pk, contact.person_id) in self.conflicts:
            return True
        readers = self.readers.get(action.pk)
        if readers is None:
            return False
        return not readers & {(contact.role, None), ("", contact.person_id)}
