"""Those who ring and write to the sample office; a few of them again and again."""

from dataclasses import asdict, dataclass
from random import Random

from privateoffice.program.sample.names import names, plain
from privateoffice.program.sample.words import FORCES, PAPERS, PLACES, organisation_in

DOMAINS = ("example.com", "example.org", "example.net")
FREQUENT = 12
"""So many of each sort ring far more often than the rest."""

MEMBERS = ("Nadia Prestwood MP", "Bram Okonjo-Vane AM", "Lowri Castellanmere MP", "Desmond Ashcombery MP")


@dataclass(frozen=True)
class Said:
    """What a caller says of themselves."""

    name: str
    organisation: str
    phone: str
    email: str

    @property
    def as_logged(self) -> dict[str, str]:
        return {f"caller_{name}": value for name, value in asdict(self).items()}


class Callers:
    """All who ever call one office, by sort. Numbers and addresses come from ranges that reach nobody."""

    def __init__(self, dice: Random, how_many: int):
        self.dice = dice
        found = names(dice)
        numbers = [f"07700 900{n:03d}" for n in range(1000)] + [f"01632 960{n:03d}" for n in range(1000)]
        self._numbers = iter(dice.sample(numbers, 2000))
        sizes = {"public": 1.0, "partner": 0.35, "staff": 0.25, "coroner": 0.06, "cps": 0.08}
        self.by_sort = {
            sort: [self._caller(sort, *next(found)) for _ in range(max(4, int(how_many * share)))]
            for sort, share in (sizes | {"force": 0.08, "press": 0.06}).items()
        }
        self.by_sort["mp"] = [self._member(name) for name in MEMBERS]

    def one(self, sort: str) -> Said:
        """Somebody of a sort: a third of the time one of those who call often."""
        everybody = self.by_sort[sort]
        return self.dice.choice(everybody[:FREQUENT] if self.dice.random() < 0.34 else everybody)

    def _caller(self, sort: str, given: str, surname: str) -> Said:
        address = f"{plain(given)}.{plain(surname)}@{self.dice.choice(DOMAINS)}"
        return Said(f"{given} {surname}", self._organisation(sort), next(self._numbers), address)

    def _member(self, name: str) -> Said:
        surname = plain(name.split()[1])
        return Said(name, f"Office of {name}", next(self._numbers), f"office@{surname}.example.org")

    def _organisation(self, sort: str) -> str:
        place = self.dice.choice(PLACES)
        return {
            "public": "",
            "staff": "",
            "partner": organisation_in(self.dice, place),
            "coroner": f"Coroner’s office, {place}",
            "cps": f"Crown Prosecution Service, {place}",
            "force": self.dice.choice(FORCES),
            "press": self.dice.choice(PAPERS),
        }[sort]
