"""The four offices of the sample and who works in them."""

from dataclasses import dataclass, field
from datetime import timedelta

from django.contrib.auth.hashers import make_password

from privateoffice.foundations.clock import clock
from privateoffice.foundations.offices import scope, services
from privateoffice.foundations.offices.models import Office, Person, Unit, User
from privateoffice.foundations.offices.roles import Role
from privateoffice.foundations.offices.services.accounts import SAMPLE_PASSWORD
from privateoffice.foundations.offices.sign_in import SAMPLE_DOMAIN
from privateoffice.program.sample.names import plain
from privateoffice.program.sample.past import SYSTEM

ADDRESS = "1 Example Street\nZZ99 1AA"
DCS, SUPT, DS = "Det Ch Supt", "Det Supt", "DS"


@dataclass(frozen=True)
class Plan:
    """One office as the handbook of the sample names it."""

    slug: str
    code: str
    name: str
    short_name: str
    colour: str
    phone: str
    strength: int
    commander: str
    staff_officer: str
    pa: str
    slt: tuple[tuple[str, str, str], ...]
    reader: str
    units: tuple[str, ...]
    known: tuple[tuple[str, str, str], ...] = ()
    """Named people besides: name, rank, unit."""


PLANS = (
    Plan(
        "homicide",
        "HOM",
        "Homicide and Major Investigations",
        "Homicide",
        "#37377a",
        "020 7946 0110",
        250,
        commander="Imogen Calderwick",
        staff_officer="Tobias Fennimarsh",
        pa="Delphine Hartsough",
        slt=(
            ("Marguerite Holloweth", SUPT, "Detective Superintendent, reactive"),
            ("Idris Dunnavale", SUPT, "Detective Superintendent, review and liaison"),
            ("Hester Lorrimstead", "Band B", "Business manager"),
        ),
        reader="Ruth Penhallick",
        units=(
            *(f"MIT {number}" for number in range(91, 100)),
            "Family Liaison",
            "Incident Rooms",
            "Special Casework",
            "Review Team",
            "Business Support",
        ),
        known=(
            ("Hamish Trevannick", "DCI", "MIT 91"),
            ("Morwenna Pennistone", "DCI", "MIT 92"),
            ("Saoirse O’Dunleavy", "DCI", "MIT 93"),
            ("Ottilie Wyrembek-Hale", "DCI", "MIT 94"),
            ("Barnaby Quenbury", "A/DCI", "MIT 95"),
            ("Rhys Astleford", "DCI", "MIT 96"),
            ("Kwabena Astleford", "DI", "MIT 91"),
            ("Łukasz Wyrembek", "DS", "Family Liaison"),
            ("Niamh Sorrelby", "DS", "MIT 93"),
            ("Priyanka Ashgrave", "DC", "MIT 91"),
            ("Ffion Kestlemont", "DC", "MIT 92"),
            ("Tomos Penhallow-Rees", "PC", "MIT 93"),
        ),
    ),
    Plan(
        "proactive",
        "PRO",
        "Proactive and Trident",
        "Proactive",
        "#0b5a63",
        "020 7946 0120",
        220,
        commander="Rafiq Tannemore",
        staff_officer="Anjali Wrenholt",
        pa="Jonah Pemberlaw",
        slt=(
            ("Gethin Harrastead", SUPT, "Detective Superintendent, Trident"),
            ("Folake Umberthwaite", SUPT, "Detective Superintendent, proactive"),
            ("Piers Redda-Holt", "Band B", "Finance and business manager"),
        ),
        reader="Dilys Corrinreth",
        units=(
            *(f"Proactive Team {number}" for number in range(1, 9)),
            *(f"Trident Team {number}" for number in range(1, 5)),
            "Intelligence Desk",
            "Financial Investigation",
            "Business Support",
        ),
        known=(("Anselm Garrowmere", "DCI", "Trident Team 1"), ("Keziah Tolverwick", "DI", "Proactive Team 2")),
    ),
    Plan(
        "complex",
        "CCE",
        "Complex Case and Exploitation",
        "Complex Case",
        "#7a2f5d",
        "020 7946 0130",
        230,
        commander="Oluwaseun Brackenhale",
        staff_officer="Marek Osterlode",
        pa="Sunita Gravelock",
        slt=(
            ("Eilidh Quarnstowe", SUPT, "Detective Superintendent, exploitation"),
            ("Tariq Netherroyd", SUPT, "Detective Superintendent, complex cases"),
            ("Wiktoria Lambergarth", "Band B", "People and business manager"),
        ),
        reader="Olwen Sallowpike",
        units=(
            *(f"Complex Case Team {number}" for number in range(1, 7)),
            *(f"Modern Slavery Team {number}" for number in range(1, 4)),
            *(f"Online Exploitation Team {number}" for number in range(1, 5)),
            "Victim Care",
            "Disclosure Unit",
            "Business Support",
        ),
        known=(("Merryn Fallowdale", "DCI", "Modern Slavery Team 1"), ("Chidi Shallowmere", "DI", "Victim Care")),
    ),
    Plan(
        "support",
        "SOS",
        "Specialist Operations Support (sample)",
        "Operations Support",
        "#67490f",
        "020 7946 0140",
        200,
        commander="Bethan Quillmarsh",
        staff_officer="Chiamaka Thistlewain",
        pa="Callum Eastermoor",
        slt=(
            ("Magnus Yarrowhithe", SUPT, "Detective Superintendent, operations"),
            ("Ayesha Kindlefold", SUPT, "Detective Superintendent, planning"),
            ("Clement Wetherslade", "Band B", "Business manager"),
        ),
        reader="Verity Hollinness",
        units=(
            "Planning",
            "Exhibits and Property",
            "Technical Support",
            "Training and Standards",
            "Vehicle Pool",
            "Business Support",
        ),
        known=(("Perpetua Whinnacroft", "DCI", "Planning"), ("Asif Cradlemond", "DI", "Technical Support")),
    ),
)

OUTSIDE_UNITS = (
    ("Press Bureau", "press.bureau@example.org", "020 7946 0181"),
    ("Professional Standards", "standards@example.org", "020 7946 0182"),
    ("Central Information Rights Unit", "information.rights@example.org", "020 7946 0183"),
    ("Legal Services", "legal.services@example.org", "020 7946 0184"),
    ("Recruitment and Vetting", "recruitment@example.org", "020 7946 0185"),
    ("Central Call Handling", "call.handling@example.org", "020 7946 0186"),
    ("MOPAC Casework", "casework@example.net", "020 7946 0187"),
    ("Central Incident Room", "incident.room@example.org", "020 7946 0188"),
)


@dataclass
class Cast:
    """An office of the sample with those who run it, and later its staff."""

    plan: Plan
    office: Office
    commander: Person
    staff_officer: Person
    pa: Person
    slt: list[Person]
    reader: Person
    staff: list[Person] = field(default_factory=list)
    outside: dict[str, Unit] = field(default_factory=dict)

    def role(self, role: str) -> Person:
        """Who holds one of the three roles that run the office."""
        return {Role.PA: self.pa, Role.STAFF_OFFICER: self.staff_officer, Role.COMMANDER: self.commander}[
            Role(role)
        ]

    def managers(self) -> list[Person]:
        """Inspectors and above without an account: those who owe most."""
        return [person for person in self.staff if person.rank in {"DI", "DCI", "A/DCI"} and not person.left_on]


def open_offices() -> list[Cast]:
    """Make the offices, those who hold their roles, and the administrator, as of long ago."""
    with scope.acting_as_system(SYSTEM):
        administrator = _person("Ada Quillfeather", None, "Band C", "Systems administrator", 0)
        services.appoint(administrator, role=Role.ADMINISTRATOR, office=None)
        casts = [_open(plan, 1 + 10 * place) for place, plan in enumerate(PLANS)]
        outside = [Unit(office=None, name=name, email=email, phone=phone) for name, email, phone in OUTSIDE_UNITS]
        Unit.objects.bulk_create(outside)
    for cast in casts:
        cast.outside = {unit.name: unit for unit in outside}
    _open_accounts([administrator, *(person for cast in casts for person in holders(cast))])
    return casts


def _open(plan: Plan, first_number: int) -> Cast:
    with scope.acting_as_system(SYSTEM):
        office = services.add_office(
            slug=plan.slug,
            code=plan.code,
            name=plan.name,
            short_name=plan.short_name,
            colour=plan.colour,
            address=f"{plan.name}\n{ADDRESS}",
            phone=plan.phone,
            email=f"private-office.{plan.slug}{SAMPLE_DOMAIN}",
            is_sample=True,
        )
    with scope.acting_as_system(SYSTEM, office=office):
        return _fill(plan, office, first_number)


def _fill(plan: Plan, office: Office, number: int) -> Cast:
    commander = _person(plan.commander, office, DCS, f"Commander, {plan.name}", number)
    staff_officer = _person(plan.staff_officer, office, DS, "Staff Officer", number + 1, commander)
    pa = _person(plan.pa, office, "Band D", "Personal Assistant to the Commander", number + 2, commander)
    slt = [
        _person(name, office, rank, post, number + 3 + place, commander)
        for place, (name, rank, post) in enumerate(plan.slt)
    ]
    reader = _person(plan.reader, office, "Band E", "Private office support", number + 6, pa)
    cast = Cast(plan, office, commander, staff_officer, pa, slt, reader)
    roles = (Role.COMMANDER, Role.STAFF_OFFICER, Role.PA, *[Role.SLT_MEMBER] * len(slt), Role.READER)
    for person, role in zip(holders(cast), roles, strict=True):
        services.appoint(person, role=role, office=office)
    return cast


def holders(cast: Cast) -> list[Person]:
    """Everybody of an office who can sign in."""
    return [cast.commander, cast.staff_officer, cast.pa, *cast.slt, cast.reader]


def _person(
    name: str, office: Office | None, rank: str, post: str, number: int, manager: Person | None = None
) -> Person:
    forenames, _, surname = name.partition(" ")
    is_officer = not rank.startswith("Band")
    return services.enter_person(
        office=office,
        surname=surname,
        forenames=forenames,
        rank=rank,
        post=post,
        unit_name="Private Office" if office else "",
        line_manager=manager,
        warrant_number=f"WX{90001 + number}" if is_officer else "",
        pay_number=f"PX{90001 + number}",
        email=f"{plain(forenames)}.{plain(surname)}{SAMPLE_DOMAIN}",
        phone=f"020 7946 0{200 + number}",
        joined_on=clock.today() - timedelta(days=900 + 37 * number),
    )


def _open_accounts(people: list[Person]) -> None:
    """One account each. The password is digested once: doing it for each would cost half a minute."""
    digest = make_password(SAMPLE_PASSWORD)
    User.objects.bulk_create(User(email=person.email, person=person, password=digest) for person in people)
