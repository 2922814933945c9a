"""Server time and queries of each list page at several sizes, beside hand-written SQL for the same rows.

python benchmarks/pages.py --rows 1,1000,100000 --database sqlite --json
"""

import argparse
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import measuring
import temporary


@dataclass(frozen=True)
class Case:
    """One page: its name, its address, the statements that are its floor, and whether somebody has just acted."""

    name: str
    address: str
    floor: list[str]
    is_after_an_act: bool = False


@dataclass(frozen=True)
class Result:
    case: Case
    rows: int
    queries: int
    ours: measuring.Taken
    floor: measuring.Taken


def main() -> None:
    asked = arguments()
    sizes = sorted({int(size) for size in asked.rows.split(",")})
    with temporary.house(asked.database):
        results = list(measured(sizes, asked.runs, asked.only))
    measuring.show_table(HEADS, list(lines(results)))
    if asked.json:
        measuring.show_object({f"{r.case.name} {r.rows}": as_object(r) for r in results})


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--rows", default="1,1000,100000", help="sizes of each register, with commas between")
    parser.add_argument("--database", default="sqlite", help="sqlite, postgres, or the URL of a PostgreSQL server")
    parser.add_argument("--runs", type=int, default=5, help="runs of each page; the best one counts")
    parser.add_argument("--only", default="", help="pages whose name holds this")
    parser.add_argument("--json", action="store_true", help="end with one line that is one object")
    return parser.parse_args()


def measured(sizes: list[int], runs: int, only: str) -> Iterator[Result]:
    from django.test import Client
    from filling import Filling

    filling = Filling.begun()
    client = Client()
    client.force_login(filling.pa)
    for size in sizes:
        filling.grow_to(size)
        settle()
        for case in cases(filling):
            if only in case.name and exists(client, case):
                yield measure(client, case, filling, runs)


def settle() -> None:
    """Let PostgreSQL learn what its own housekeeping would have learnt by now."""
    from django.db import connection

    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")


def cases(filling: Any) -> list[Case]:
    import floor

    deep = max(filling.size // 4 // 50, 1)
    by_due, by_receipt = "r.due_at, r.id", "e.received_at DESC, r.id DESC"
    behind = (deep - 1) * 50
    one = f"/homicide/enquiries/{first_year()}/1/"
    return [
        Case("enquiries open", "/homicide/enquiries/", floor.enquiries(floor.OPEN, by_due)),
        Case("enquiries deep", f"/homicide/enquiries/?page={deep}", floor.enquiries(floor.OPEN, by_due, behind)),
        Case("enquiries late", "/homicide/enquiries/?show=late", floor.enquiries(floor.LATE, by_due)),
        Case("enquiries closed", "/homicide/enquiries/?show=closed", floor.enquiries(floor.CLOSED, by_receipt)),
        Case("enquiries all", "/homicide/enquiries/?show=all", floor.enquiries("", by_receipt)),
        Case("actions open", "/homicide/actions/", floor.actions(floor.OPEN, by_due)),
        Case("actions deep", f"/homicide/actions/?page={deep}", floor.actions(floor.OPEN, by_due, behind)),
        Case("actions red", "/homicide/actions/?show=red", floor.actions(floor.LATE, by_due)),
        Case("actions closed", "/homicide/actions/?show=closed", floor.actions(floor.CLOSED, by_due)),
        Case("actions by title", "/homicide/actions/?sort=title", floor.actions(floor.OPEN, "r.title, r.id")),
        Case("my actions", "/homicide/actions/mine/", floor.actions(f"{floor.OPEN} AND TRUE", by_due)),
        Case("matters", "/homicide/matters/", floor.MATTERS),
        Case("today", "/homicide/", floor.TODAY),
        Case("one enquiry", one, floor.ONE_ENQUIRY),
        Case("one enquiry, after an act", one, floor.ONE_ENQUIRY, is_after_an_act=True),
    ]


def first_year() -> int:
    from privateoffice.foundations.offices import scope
    from privateoffice.rooms.enquiries.models import Enquiry

    with scope.acting_as_system("benchmark"):
        return Enquiry.objects.order_by("pk").values_list("year", flat=True)[0]


def exists(client: Any, case: Case) -> bool:
    return client.get(case.address).status_code == 200


def measure(client: Any, case: Case, filling: Any, runs: int) -> Result:
    import floor
    from django.core.cache import cache

    def page() -> None:
        if case.is_after_an_act:
            cache.clear()  # what waits behind the doors is counted anew, as an act would make it
        client.get(case.address)

    said = {
        "office": filling.office.pk,
        "person": filling.pa.person_id,
        "now": filling.now,
        "year": first_year(),
    }
    return Result(
        case,
        filling.size,
        queries_of(page),
        measuring.taken(page, runs),
        measuring.taken(floor.ask(case.floor, said), runs),
    )


def queries_of(act: Callable[[], Any]) -> int:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as captured:
        act()
    return len(captured)


HEADS = ("Page", "Rows", "Queries", "Page ms", "Processor ms", "Bare SQL ms", "Beyond rendering, times bare SQL")


def lines(results: list[Result]) -> Iterator[tuple[object, ...]]:
    """A line of the table for each page and size."""
    for result in results:
        yield (
            result.case.name,
            f"{result.rows:,}",
            result.queries,
            measuring.milliseconds(result.ours.wall),
            measuring.milliseconds(result.ours.cpu),
            measuring.milliseconds(result.floor.wall),
            f"{beyond_rendering(result, results) / spent(result.floor):.1f}",
        )


def beyond_rendering(result: Result, results: list[Result]) -> float:
    """What a page takes beyond the same page at 1,000 rows, which shows as many and has few to seek among."""
    full_pages = [spent(r.ours) for r in results if r.case.name == result.case.name and r.rows in RENDERED]
    return max(spent(result.ours) - min(full_pages, default=0), 0)


def spent(time: measuring.Taken) -> float:
    """SQLite works inside this process, whose own time a busy machine does not stretch; a server works outside."""
    from django.db import connection

    return time.cpu if connection.vendor == "sqlite" else time.wall


RENDERED = (1_000,)


def as_object(result: Result) -> dict[str, float]:
    return {
        "ours_wall": result.ours.wall,
        "ours_cpu": result.ours.cpu,
        "bare_sql_wall": result.floor.wall,
        "bare_sql_cpu": result.floor.cpu,
        "queries": result.queries,
    }


if __name__ == "__main__":
    main()
