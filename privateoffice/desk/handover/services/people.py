"""Who is who for a cover note."""

from datetime import timedelta

from django.db.models import Count, QuerySet

from privateoffice.desk.handover.models import Group, Line
from privateoffice.foundations.clock import clock, words
from privateoffice.foundations.offices.models import Cover, Holding, Unit
from privateoffice.foundations.offices.roles import Role
from privateoffice.spine.correspondence.models import Conversation

MOST = 8
LATELY = timedelta(days=60)
SITS_HERE = (Role.COMMANDER, Role.STAFF_OFFICER, Role.PA, Role.SLT_MEMBER)


def commander(cover: Cover) -> Group:
    """Whose office it is, and how they are reached."""
    held = _holders(cover).filter(role=Role.COMMANDER)
    return Group("Who it is", tuple(_line(holding) for holding in held))


def key_people(cover: Cover) -> tuple[Group, ...]:
    """Who sits in the office, and whose letters have come most often."""
    here = sorted(_holders(cover).filter(role__in=SITS_HERE), key=lambda held: SITS_HERE.index(Role(held.role)))
    since = clock.now() - LATELY
    often = (
        Conversation.objects.filter(last_at__gte=since)
        .exclude(correspondent="")
        .order_by()
        .values_list("correspondent", "correspondent_address")
        .annotate(times=Count("pk"))
        .order_by("-times", "correspondent")[:MOST]
    )
    writers = tuple(Line(name, address, words.counted(times, "conversation")) for name, address, times in often)
    return (
        Group("In the office", tuple(_line(holding) for holding in here)),
        Group("Write most, in two months", writers),
    )


def suppliers() -> tuple[Group, ...]:
    """The units elsewhere that take what is not ours."""
    units = Unit.objects.filter(office=None).order_by("name")
    shown = tuple(Line(unit.name, " ".join(filter(None, (unit.phone, unit.email)))) for unit in units[: MOST * 3])
    return (Group("Other units", shown, more=max(units.count() - MOST * 3, 0)),)


def _holders(cover: Cover) -> QuerySet[Holding]:
    standing = Holding.objects.standing(clock.now()).filter(office=cover.office)
    return standing.select_related("person").order_by("role", "person__surname", "pk")


def _line(holding: Holding) -> Line:
    person = holding.person
    reached = ", ".join(filter(None, (person.phone, person.email)))
    return Line(person.ranked_name, reached, whose=str(holding.get_role_display()))
