"""The staff of each office: units, ranks, line managers, numbers, leavers."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import count
from random import Random

from privateoffice.foundations.offices import scope
from privateoffice.foundations.offices.models import Person, Unit
from privateoffice.foundations.offices.sign_in import SAMPLE_DOMAIN
from privateoffice.foundations.offices.verbs import performing, trail
from privateoffice.program.sample.cast import PLANS, Cast, holders
from privateoffice.program.sample.names import TWICE, UNUSUAL, names, plain
from privateoffice.program.sample.past import SYSTEM

OFFICERS = 0.75
FIRST_NUMBER = 90101
FEWEST = 40
DETECTIVE_POSTS = {
    "DC": ("Detective", "Exhibits officer", "Family liaison officer", "Disclosure officer", "House-to-house lead"),
    "PC": ("Search officer", "Community contact", "Enquiry officer"),
    "DS": ("Team leader", "Office manager", "Family liaison coordinator", "Exhibits lead"),
    "DI": ("Deputy senior investigating officer", "Team inspector"),
    "DCI": ("Senior investigating officer",),
    "A/DCI": ("Senior investigating officer, acting",),
}
STAFF_POSTS = (
    "Indexer",
    "Document reader",
    "Intelligence analyst",
    "Disclosure assistant",
    "Business support officer",
    "Finance officer",
    "Statement taker",
    "Research officer",
    "Property officer",
    "HR partner’s assistant",
)
BANDS = ("Band C", "Band D", "Band D", "Band E", "Band E", "Band E", "Band E", "Band F", "Band F", "Band F")


@dataclass
class Numbers:
    """Warrant and pay numbers, telephones and addresses: each given once."""

    numbers: Iterator[int]
    addresses: set[str]

    def address(self, forenames: str, surname: str) -> str:
        name = f"{plain(forenames)}.{plain(surname)}"
        free = next(each for each in _numbered(name) if each not in self.addresses)
        self.addresses.add(free)
        return f"{free}{SAMPLE_DOMAIN}"


def _numbered(name: str) -> Iterator[str]:
    yield name
    yield from (f"{name}{number}" for number in count(2))


def recruit(casts: list[Cast], dice: Random, scale: float, today: date) -> None:
    """Fill every office with its staff, written at once and told in one line of the trail for each office."""
    given = Numbers(count(FIRST_NUMBER), set())
    found = names(dice)
    for cast in casts:
        with scope.acting_as_system(SYSTEM, office=cast.office), performing("offices.import_staff"):
            people = list(_people(cast, dice, found, given, scale, today))
            cast.staff = Person.everyone.bulk_create(people)
            _set_line_managers(cast, dice)
            _spoil(cast)
            trail(office_id=cast.office.pk, new=len(people), changed=0, unchanged=0)


def _people(
    cast: Cast, dice: Random, found: Iterator[tuple[str, str]], given: Numbers, scale: float, today: date
) -> Iterator[Person]:
    units = [Unit(office=cast.office, name=name, phone=_phone(dice)) for name in cast.plan.units]
    Unit.objects.bulk_create(units)
    by_name = {unit.name: unit for unit in units}
    for name, rank, unit in cast.plan.known:
        forenames, _, surname = name.partition(" ")
        yield _person(cast, (forenames, surname), rank, by_name[unit], dice, given, today)
    wanted = max(int(cast.plan.strength * scale), FEWEST) - len(cast.plan.known) - len(holders(cast))
    awkward = [
        *UNUSUAL[PLANS.index(cast.plan) % 2 :: 2],
        *([TWICE, TWICE] if cast.plan.slug == "homicide" else []),
    ]
    for place in range(wanted):
        name = awkward[place] if place < len(awkward) else next(found)
        rank = _rank(place, wanted, dice)
        yield _person(cast, name, rank, units[place % len(units)], dice, given, today)


def _rank(place: int, wanted: int, dice: Random) -> str:
    """Three quarters are officers: a chief inspector for each unit first, then down the ranks."""
    if place % 4 == 3:
        return dice.choice(BANDS)
    share = place / wanted
    if share < 0.05:
        return "DCI"
    if share < 0.13:
        return "DI"
    if share < 0.32:
        return "DS"
    return "PC" if dice.random() < 0.15 else "DC"


def _person(
    cast: Cast, name: tuple[str, str], rank: str, unit: Unit, dice: Random, given: Numbers, today: date
) -> Person:
    forenames, surname = name
    number = next(given.numbers)
    is_officer = not rank.startswith("Band")
    posts = DETECTIVE_POSTS[rank] if is_officer else STAFF_POSTS
    return Person(
        office=cast.office,
        unit=unit,
        forenames=forenames,
        surname=surname,
        rank=rank,
        post=dice.choice(posts),
        warrant_number=f"WX{number}" if is_officer else "",
        pay_number=f"PX{number}",
        email=given.address(forenames, surname),
        phone=_phone(dice),
        joined_on=today - timedelta(days=dice.randrange(60, 9000)),
    )


def _phone(dice: Random) -> str:
    return (
        f"07700 900{dice.randrange(1000):03d}" if dice.random() < 0.5 else f"020 7946 0{dice.randrange(300, 1000)}"
    )


def _set_line_managers(cast: Cast, dice: Random) -> None:
    """Each is managed by the next rank of their own unit, else by the next above it."""
    ladder = {"PC": "DS", "DC": "DS", "DS": "DI", "DI": "DCI"}
    by_place: dict[tuple[int, str], list[Person]] = {}
    for person in cast.staff:
        by_place.setdefault((person.unit_id or 0, person.rank.removeprefix("A/")), []).append(person)
    supers = [member for member in cast.slt if member.rank.endswith("Supt")]
    for person in cast.staff:
        rank = ladder.get(person.rank, "" if person.rank in {"DCI", "A/DCI"} else "DI")
        while rank and not by_place.get((person.unit_id or 0, rank)):
            rank = ladder.get(rank, "")
        above = by_place.get((person.unit_id or 0, rank), []) if rank else supers
        person.line_manager = dice.choice(above)
    Person.everyone.bulk_update(cast.staff, ["line_manager"], batch_size=200)


def leaver_of(cast: Cast) -> Person:
    """The inspector who left ten days ago and still owns actions."""
    return next(
        person for person in cast.staff if person.rank == "DI" and person not in cast.staff[: len(cast.plan.known)]
    )


def _spoil(cast: Cast) -> None:
    """The facts of people that break what was made in haste: a leap day, and hours that are not full."""
    leap, part_time = cast.staff[-1], next(p for p in cast.staff if p.rank == "DCI")
    leap.joined_on = date(2024, 2, 29)
    part_time.post = f"{part_time.post}, part-time, 24 hours"
    Person.everyone.bulk_update([leap, part_time], ["joined_on", "post"])
