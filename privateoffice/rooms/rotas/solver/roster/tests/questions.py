"""Small invented instances for the tests, and every roster of one by brute force."""

from itertools import product

import numpy as np

from privateoffice.rooms.rotas.solver.roster.instance import Instance, Rules
from privateoffice.rooms.rotas.solver.roster.personal import keeps_rules

TEXT = """# an invented instance
SECTION_HORIZON
7
SECTION_SHIFTS
E,480,
N,600,E
SECTION_STAFF
A,E=7|N=2,2400,960,3,1,1,1
B,E=7|N=7,2400,960,3,1,1,1
SECTION_DAYS_OFF
A,2
SECTION_SHIFT_ON_REQUESTS
B,0,N,3
SECTION_SHIFT_OFF_REQUESTS
A,4,E,2
SECTION_COVER
""" + "".join(f"{day},{duty},1,100,1\n" for day in range(7) for duty in "EN")


def drawn(seed: int, staff: int = 3, days: int = 7, types: int = 2) -> Instance:
    """An instance drawn from a seed; it may leave a person no roster at all."""
    random = np.random.default_rng(seed)
    rules = tuple(
        Rules(
            int(random.integers(0, 3)) * 480, int(random.integers(3, 6)) * 600, int(random.integers(2, 5)),
            int(random.integers(1, 3)), int(random.integers(1, 3)), int(random.integers(0, 2)),
        )
        for _ in range(staff)
    )  # fmt: skip
    return Instance(
        name=f"drawn {seed}",
        people=tuple(f"P{n}" for n in range(staff)),
        duties=tuple(f"D{n}" for n in range(types)),
        minutes=random.choice([480, 600], types),
        forbidden=random.random((types, types)) < 0.3,
        rules=rules,
        limits=random.integers(0, 4, (staff, types)),
        fixed_off=random.random((staff, days)) < 0.1,
        wishes=random.integers(-3, 4, (staff, days, types)).astype(float),
        base=np.zeros(staff),
        need=random.integers(0, 3, (days, types)).astype(float),
        under=np.full((days, types), 20.0),
        over=np.ones((days, types)),
    )


def rows(instance: Instance, person: int) -> list[np.ndarray]:
    """Every row that keeps the person's rules."""
    cells = product(range(-1, instance.types), repeat=instance.days)
    every = (np.array(row, np.int8) for row in cells)
    return [row for row in every if keeps_rules(instance, person, row)]
