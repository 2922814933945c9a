"""The fixed cast of every test: four who work in one office, and one who must never see anything of it."""

from dataclasses import dataclass
from datetime import timedelta

import pytest

from privateoffice.foundations.clock import clock
from privateoffice.foundations.offices.models import Cover, Holding, Office, Person, User
from privateoffice.foundations.offices.roles import Role

PASSWORD = "a long enough password"


@dataclass
class Cast:
    """Delphine is the PA, Tobias the Staff Officer, Imogen the Commander, Ruth a reader of Homicide.

    Jonah is the PA of another office, Proactive, and must never see anything of Homicide without cover.
    Ada is the administrator, who sees no record of any office.
    """

    homicide: Office
    proactive: Office
    pa: User
    staff_officer: User
    commander: User
    reader: User
    slt_member: User
    outsider: User
    administrator: User

    def cover(self, *, hours: int = 8, clearance: int = 1) -> Cover:
        """Jonah covers for Delphine from an hour ago."""
        start = clock.now() - timedelta(hours=1)
        return Cover.objects.create(
            office=self.homicide,
            coverer=self.outsider.person,
            covered=self.pa.person,
            clearance=clearance,
            starts_at=start,
            ends_at=start + timedelta(hours=hours),
        )


def make_cast() -> Cast:
    homicide = Office.objects.create(
        slug="homicide", code="HOM", name="Homicide and Major Investigations", short_name="Homicide"
    )
    proactive = Office.objects.create(
        slug="proactive", code="PRO", name="Proactive and Trident", short_name="Proactive", colour="#0b5a6e"
    )
    return Cast(
        homicide=homicide,
        proactive=proactive,
        pa=_holder("Delphine", "Hartsough", homicide, Role.PA),
        staff_officer=_holder("Tobias", "Fennimarsh", homicide, Role.STAFF_OFFICER, rank="DS"),
        commander=_holder("Imogen", "Calderwick", homicide, Role.COMMANDER, rank="Det Ch Supt"),
        reader=_holder("Ruth", "Penhallick", homicide, Role.READER),
        slt_member=_holder("Marguerite", "Holloweth", homicide, Role.SLT_MEMBER, rank="Det Supt"),
        outsider=_holder("Jonah", "Pemberlaw", proactive, Role.PA),
        administrator=_holder("Ada", "Quillfeather", None, Role.ADMINISTRATOR),
    )


def _holder(forenames: str, surname: str, office: Office | None, role: str, rank: str = "") -> User:
    number = User.objects.count() + 1
    person = Person.everyone.create(
        office=office,
        forenames=forenames,
        surname=surname,
        rank=rank,
        warrant_number=f"WX9{number:04d}" if rank else "",
        pay_number=f"PX9{number:04d}",
        email=f"{forenames}.{surname}@specialist-crime.example".lower(),
    )
    Holding.objects.create(person=person, office=office, role=role, starts_at=clock.now() - timedelta(days=365))
    return User.objects.create(email=person.email, person=person, password="!")


@pytest.fixture
def cast(db) -> Cast:
    return make_cast()
