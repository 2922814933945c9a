"""Compiles the kernels before anybody waits for them, into a folder where the next process finds them."""

import os
from pathlib import Path


def warm(folder: Path | None = None) -> None:
    """Compile, or load what is compiled. With a folder it must be the first in its process to need numba."""
    if folder is not None:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        os.environ["NUMBA_CACHE_DIR"] = str(folder)
    from .exchange import Exchange
    from .meter import Meter
    from .worker import Worker

    instance = tiny()
    exchange = Exchange(instance, workers=1, counted=True)
    Worker(instance, exchange, Meter(0.05, counted=True), number=0, seed=1).run()


def tiny():  # type: ignore[no-untyped-def]
    """Three people, a week and two duties."""
    import numpy as np

    from .instance import Instance, Rules

    return Instance(
        name="tiny",
        people=("A", "B", "C"),
        duties=("E", "N"),
        minutes=np.array([480, 600]),
        forbidden=np.array([[False, False], [True, False]]),
        rules=(Rules(960, 2400, 3, 1, 1, 1),) * 3,
        limits=np.array([[5, 1], [5, 2], [2, 3]]),
        fixed_off=np.zeros((3, 7), np.bool_),
        wishes=np.zeros((3, 7, 2)),
        base=np.zeros(3),
        need=np.ones((7, 2)),
        under=np.full((7, 2), 100.0),
        over=np.ones((7, 2)),
    )
