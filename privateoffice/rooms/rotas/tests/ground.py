"""A small rota of the cast's office, for tests: three SIOs, two superintendents, one quarter."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

import pytest

from privateoffice.foundations.clock import clock
from privateoffice.foundations.offices import scope
from privateoffice.foundations.offices.models import Person
from privateoffice.rooms.rotas import services
from privateoffice.rooms.rotas.models import Duty, DutyType, Period, Rota

NOW = datetime(2026, 11, 2, 10, 0, tzinfo=UTC)
DUTIES = (
    {"name": "SIO", "letter": "S", "ranks": "DCI", "skill": "PIP 3", "runs": "7", "colour": "blue"},
    {"name": "Det Supt", "letter": "D", "ranks": "Det Supt", "runs": "7", "colour": "violet"},
    {"name": "Press", "letter": "P", "desk": "Bureau desk", "desk_phone": "020 7946 0181", "colour": "grey"},
)


@dataclass
class Ground:
    """What a test stands on."""

    rota: Rota
    period: Period
    sio: DutyType
    people: dict[str, Person]

    def duty(self, key: str) -> Duty:
        """The duty of a key such as S-20261207, as it is now."""
        letter, day = key.split("-")
        first_on = datetime.strptime(day[:8], "%Y%m%d").date()
        rows = Duty.objects.filter(period=self.period, duty_type__letter=letter, first_on=first_on)
        found = rows.select_related("duty_type", "person", "published")
        duty = next(one for one in found if one.key == key)
        duty.period = self.period
        return duty

    def put(self, key: str, surname: str, **why: str):
        return services.put_on(self.duty(key), self.people[surname], **why)


def officer(office, surname: str, rank: str = "DCI", number: int = 1, forenames: str = "Hal") -> Person:
    return Person.everyone.create(
        office=office,
        forenames=forenames,
        surname=surname,
        rank=rank,
        warrant_number=f"WX97{number:03d}",
        pay_number=f"PX97{number:03d}",
        email=f"{surname}{number}@specialist-crime.example".lower().replace("’", ""),
        phone=f"07700 900{number:03d}",
    )


def make_ground(cast, *, starts_on=date(2026, 12, 7), ends_on=date(2027, 1, 3)) -> Ground:
    """The rota with its people and one period, every duty of it a gap."""
    office = cast.homicide
    rota = services.set_up(name="On call", duties=DUTIES)
    sio, supt = rota.duty_types.get(letter="S"), rota.duty_types.get(letter="D")
    people = {}
    for number, surname in enumerate(("Trevannick", "Pennistone", "O’Dunleavy"), start=1):
        people[surname] = officer(office, surname, "DCI", number)
        services.certify(people[surname], name="PIP 3", starts_on=date(2025, 1, 1), ends_on=date(2028, 1, 1))
        services.enrol(rota, person=people[surname], duty_types=[sio], starts_on=date(2025, 1, 1))
    for number, surname in enumerate(("Merriwack", "Dunnavale"), start=11):
        people[surname] = officer(office, surname, "Det Supt", number)
        services.enrol(rota, person=people[surname], duty_types=[supt], starts_on=date(2025, 1, 1))
    period = services.open_period(rota, starts_on=starts_on, ends_on=ends_on)
    return Ground(rota, period, sio, people)


@pytest.fixture
def on_a_monday():
    with clock.stopped_at(NOW):
        yield NOW


@pytest.fixture
def ground(cast, on_a_monday):
    """The rota, with the PA acting."""
    with scope.acting(cast.pa, office=cast.homicide):
        yield make_ground(cast)
