"""What the sample talks about: places, things and topics that do not exist, put into sentences read from files."""

import csv
from functools import cache
from importlib.resources import files
from random import Random

PLACES = (
    "Wexcombe",
    "Northmere",
    "Aldermoor",
    "Quenby Green",
    "Sallowfield",
    "Tarnbridge",
    "Eastrick",
    "Hollin Park",
    "Marrowby",
    "Corvedale",
    "Ivystone",
    "Larkmoor",
    "Pellbrook",
    "Ostermead",
    "Dunhallow",
    "Fennick Cross",
    "Ravelstoke",
    "Thistlecombe Vale",
    "Umbercote Quay",
    "Winterhythe",
)
ROADS = (
    "Tallow Lane",
    "Cinder Row",
    "Old Mill Parade",
    "Ferrymoor Road",
    "Quarry Rise",
    "Lantern Street",
    "Saltpan Lane",
    "Plover Way",
    "Ropewalk Terrace",
    "Hobble End",
    "Gannet Road",
    "Brickfield Mews",
)
ITEMS = (
    "a telephone",
    "a bunch of keys",
    "a grey coat",
    "a bicycle",
    "a camera",
    "a folder of papers",
    "a pair of glasses",
    "a laptop bag",
    "a pocket book",
    "a radio case",
)
TOPICS = (
    "knife arches at stations",
    "family liaison",
    "the exhibits pilot",
    "doorbell cameras in enquiries",
    "young people and gangs",
    "modern slavery in car washes",
    "the return of property",
    "interpreters at interviews",
    "reviews at 28 days",
    "witness care",
    "training of detectives",
    "house-to-house enquiries",
    "online exploitation",
    "overtime",
    "community confidence",
    "the use of drones at scenes",
    "victim contact standards",
    "disclosure",
)
MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday"]
ORGANISATIONS = (
    "{place} Council",
    "{place} Youth Trust",
    "{place} Residents’ Association",
    "{place} University Hospital",
    "{place} College",
    "{place} Women’s Centre",
    "{place} Chamber of Trade",
    "{place} Faith Forum",
)
FORCES = ("Northmere Constabulary", "Corvedale Police", "Ostermead Constabulary", "Larkmoor and Pellbrook Police")
PAPERS = ("Wexcombe Post", "Tarnbridge Echo", "Evening Larkmoor", "Ravelstoke Radio")


@cache
def sentences(name: str) -> tuple[dict[str, str], ...]:
    """The rows of one of the sample's files of sentences."""
    text = (files("privateoffice.program.sample") / "data" / f"{name}.csv").read_text(encoding="utf-8")
    return tuple(csv.DictReader(text.replace("'", "’").splitlines()))


def fields(dice: Random, units: tuple[str, ...], organisation: str = "") -> dict[str, str | int]:
    """One choice of everything that a sentence may speak of."""
    place = dice.choice(PLACES)
    return {
        "unit": dice.choice(units),
        "place": place,
        "road": dice.choice(ROADS),
        "item": dice.choice(ITEMS),
        "topic": dice.choice(TOPICS),
        "month": dice.choice(MONTHS),
        "weekday": dice.choice(WEEKDAYS),
        "n": dice.randrange(8, 60),
        "org": organisation or organisation_in(dice, place),
    }


def organisation_in(dice: Random, place: str) -> str:
    return dice.choice(ORGANISATIONS).format(place=place)
