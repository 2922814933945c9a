"""What needs someone now: gathered from every room, and what was put off until later."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from django.db import models

from privateoffice.foundations.clock import clock
from privateoffice.foundations.offices import scope
from privateoffice.foundations.offices.models import Office
from privateoffice.foundations.offices.roles import Role
from privateoffice.foundations.offices.sight import OfficeManager
from privateoffice.foundations.registry import house
from privateoffice.foundations.registry.declarations import Need

GROUPS = ("now", "today", "waiting")


class PutOffQuerySet(models.QuerySet):
    def standing(self, at):
        return self.filter(until_at__gt=at)


class PutOff(models.Model):
    """A line of Today that was put off. It always comes back, at its moment."""

    office = models.ForeignKey(Office, models.CASCADE, related_name="+")
    role = models.CharField(max_length=20, choices=Role.choices)
    need = models.CharField(max_length=120)
    title = models.CharField(max_length=200)
    until_at = models.DateTimeField()
    put_off_by = models.CharField(max_length=200)

    objects = OfficeManager.from_queryset(PutOffQuerySet)()

    class Meta:
        base_manager_name = "objects"
        constraints = [
            models.UniqueConstraint(fields=["office", "role", "need"], name="a_need_is_put_off_once_a_role")
        ]

    def __str__(self):
        return self.title


@dataclass(frozen=True)
class Board:
    """The lines of Today for one reader, hardest first, and those that they put off."""

    now: tuple[Need, ...]
    today: tuple[Need, ...]
    waiting: tuple[Need, ...]
    put_off: tuple[PutOff, ...]

    @property
    def count(self) -> int:
        """How many lines need somebody here; what others owe is not among them."""
        return len(self.now) + len(self.today)


def board_in_hand() -> Board:
    """The board of this request: Today shows it, and its door counts the same one."""
    notes = scope.current().notes
    if "board" not in notes:
        notes["board"] = board()
    return notes["board"]


def board(at: datetime | None = None) -> Board:
    """What needs the person acting, from every room that their roles let them see."""
    at = at or clock.now()
    roles = acting_roles()
    put_off = list(PutOff.objects.standing(at).filter(role__in=roles).order_by("until_at"))
    hidden = {row.need for row in put_off}
    ours = [need for need in _needs(at) if roles & set(need.roles)]
    said_better = {key for need in ours for key in need.instead_of}
    needs = [need for need in ours if need.key not in hidden | said_better]
    grouped = {group: tuple(hardest_first(n for n in needs if n.group == group)) for group in GROUPS}
    return Board(**grouped, put_off=tuple(put_off))


def _needs(at: datetime) -> Iterable[Need]:
    for room in house.rooms():
        if room.today:
            yield from room.today(at)


def acting_roles() -> set[str]:
    return set(scope.current().roles)


HURTS = {"late": 0, "soon": 1, "well": 2, "waiting": 3, "closed": 4}


def hardest_first(needs: Iterable[Need]) -> list[Need]:
    """Late before soon before the rest; then what the room holds to be heavier; then by the date due."""
    far = datetime.max.replace(tzinfo=UTC)
    return sorted(needs, key=lambda need: (HURTS[need.standing], -need.weight, need.due_at or far, need.key))
