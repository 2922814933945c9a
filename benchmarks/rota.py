"""Solves public shift-scheduling instances in wall seconds, has each roster judged apart, prints one table.

python benchmarks/rota.py PATH... --seconds 60 --workers 2 --seeds 1,2,3
    [--out DIR] [--best FILE] [--json] [--no-peers]
"""

import argparse
import json
import math
import os
import re
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import measuring
import rota_peers
import rota_referee

from privateoffice.rooms.rotas.solver.roster import parallel, public, sheet, warming
from privateoffice.rooms.rotas.solver.roster.start import NobodyCan

BEST_KNOWN = {
    1: 607, 2: 828, 3: 1001, 4: 1716, 5: 1143, 6: 1950, 7: 1056, 8: 1300, 9: 439, 10: 4631, 11: 3443, 12: 4040,
    13: 1348, 14: 1278, 15: 3834, 16: 3225, 17: 5746, 18: 4459, 19: 3149, 20: 4943, 21: 21159, 22: 33155,
    23: 17428, 24: 48777,
}  # fmt: skip
"""Best published upper bounds of the 24 Curtois and Qu instances: 8, 9 and 13 to 24 from the change log of
schedulingbenchmarks.org (P. Smet; P. Strandmark), the others from the result table of ORProjects/NRP on GitHub."""

WRITING = 1.0
"""Seconds kept back to stop the workers and write the roster."""


@dataclass(frozen=True)
class Line:
    """One run of one solver on one instance."""

    instance: str
    solver: str
    seed: int
    cost: int | None
    bound: float | None
    best_known: int | None
    gap: float | None
    seconds_to_1_percent: float | None
    broken: int
    seconds: float
    cpu_seconds: float
    load: float
    fault: str = ""


def main() -> int:
    wanted = arguments()
    warming.warm()
    best = best_known(wanted.best)
    lines: list[Line] = []
    with tempfile.TemporaryDirectory() as spare:
        folder = wanted.out or Path(spare)
        folder.mkdir(parents=True, exist_ok=True)
        for path in files(wanted.paths):
            for seed in wanted.seeds:
                for solver in ["ours"] if wanted.no_peers else ["ours", *rota_peers.PEERS]:
                    lines.append(run(path, solver, seed, wanted, folder, best))
                    print(said(lines[-1]), file=sys.stderr, flush=True)
    show(lines)
    if wanted.json:
        print(
            json.dumps({"seconds": wanted.seconds, "workers": wanted.workers, "runs": [asdict(x) for x in lines]})
        )
    return int(any(line.fault or line.broken for line in lines if line.solver == "ours"))


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("paths", nargs="+", type=Path, metavar="PATH", help="instance files, or folders of them")
    parser.add_argument("--seconds", type=positive, default=60.0)
    parser.add_argument("--workers", type=int, choices=range(1, 65), default=2, metavar="N")
    parser.add_argument("--seeds", type=seeds, default=[1, 2, 3])
    parser.add_argument("--out", type=Path)
    parser.add_argument("--best", type=Path, help="lines of INSTANCE,COST instead of the built-in table")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--no-peers", action="store_true")
    return parser.parse_args()


def positive(text: str) -> float:
    value = float(text)
    if not (math.isfinite(value) and value > 0):
        raise ValueError
    return value


def seeds(text: str) -> list[int]:
    return [int(part) for part in text.split(",")]


def best_known(path: Path | None) -> dict[str, int]:
    if path is None:
        return {f"Instance{number}": cost for number, cost in BEST_KNOWN.items()}
    rows = (line.split(",") for line in path.read_text().splitlines() if line.strip())
    return {name.strip(): int(cost) for name, cost in rows}


def files(paths: list[Path]) -> Iterator[Path]:
    for path in paths:
        yield from sorted(path.glob("*.txt"), key=by_number) if path.is_dir() else [path]


def by_number(path: Path) -> tuple[int, str]:
    found = re.search(r"\d+", path.stem)
    return (int(found[0]) if found else 0), path.name


def run(
    path: Path, solver: str, seed: int, wanted: argparse.Namespace, folder: Path, best: dict[str, int]
) -> Line:
    """One run, from reading the file to the roster's being written; the judging comes after."""
    begun, cpu = time.monotonic(), cpu_seconds()
    written = folder / f"{path.stem}.{'' if solver == 'ours' else solver + '.'}seed{seed}.csv"
    known, fault, bound, trace = best.get(path.stem), "", None, []
    written.unlink(missing_ok=True)
    try:
        instance = public.read(path)
        bound, trace = solve(instance, solver, seed, wanted, begun, written)
    except (public.UnreadableInstance, OSError, NobodyCan) as refusal:
        fault = str(refusal)
    seconds, cpu = time.monotonic() - begun, cpu_seconds() - cpu
    cost, broken = judged(path, written) if written.exists() else (None, 0)
    return Line(
        path.stem, solver, seed, cost, bound, known, gap(cost, known), to_1_percent(trace, known), broken,
        round(seconds, 2), round(cpu, 2), round(os.getloadavg()[0], 2), fault,
    )  # fmt: skip


def solve(instance, solver, seed, wanted, begun, written):  # type: ignore[no-untyped-def]
    left = wanted.seconds - min(WRITING, 0.1 * wanted.seconds)
    if solver == "ours":
        settings = parallel.Settings(left, wanted.workers, seed)
        outcome = parallel.solve(instance, settings, begun=begun)
        roster, bound, trace = outcome.roster, outcome.bound, outcome.trace
    else:
        exchange = rota_peers.solved_by(solver, instance, left - (time.monotonic() - begun), wanted.workers, seed)
        (roster, trace), bound = exchange.outcome(), exchange.progress().bound
    if roster is not None:
        sheet.write(written, instance, roster)
    return (None if bound is None else round(bound, 2)), trace


def cpu_seconds() -> float:
    return sum(os.times()[:4])


def judged(path: Path, written: Path) -> tuple[int, int]:
    verdict = rota_referee.judge(rota_referee.Question.read(path), rota_referee.read_roster(written))
    return verdict.cost, len(verdict.broken)


def gap(cost: int | None, known: int | None) -> float | None:
    return None if cost is None or not known else round(100 * (cost - known) / known, 2)


def to_1_percent(trace: list[tuple[float, float]], known: int | None) -> float | None:
    if known is None:
        return None
    return next((round(seconds, 1) for seconds, cost in trace if cost <= 1.01 * known), None)


def said(line: Line) -> str:
    return (
        line.fault
        or f"{line.instance} {line.solver} seed {line.seed}: {line.cost}, gap {line.gap} %, bound {line.bound}"
    )


def show(lines: list[Line]) -> None:
    heads = [
        "instance",
        "solver",
        "seed",
        "cost",
        "own bound",
        "best known",
        "gap %",
        "1 % at s",
        "broken",
        "s",
        "cpu s",
        "load",
    ]
    rows = [["-" if cell is None else cell for cell in list(asdict(line).values())[:12]] for line in lines]
    measuring.show_table(heads, rows)


if __name__ == "__main__":
    sys.exit(main())
