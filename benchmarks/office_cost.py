"""What one office costs: rows and bytes of the sample office by table, and what a page asks of the database.

    python benchmarks/office_cost.py HOME     (a data folder with the sample office, on SQLite)

Bytes of tables and of their indexes are those of SQLite's own pages (dbstat); files are what lies in the folder.
"""

import os
import sqlite3
import statistics
import sys
import time
from collections import defaultdict
from pathlib import Path

PAGES = ("", "enquiries/", "mail/?show=all", "actions/", "approvals/", "diary/", "rotas/", "matters/")


def main(home: Path) -> None:
    tables(home / "office.sqlite3")
    files(home / "files")
    pages(home)


def tables(place: Path) -> None:
    with sqlite3.connect(place) as database:
        owner = dict(database.execute("SELECT name, tbl_name FROM sqlite_master"))
        sizes: dict[str, int] = defaultdict(int)
        for name, size in database.execute("SELECT name, sum(pgsize) FROM dbstat GROUP BY name"):
            sizes[owner.get(name, name)] += size
        rows = {
            name: database.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]
            for name in sizes
            if name in owner
        }
    print(f"{sum(rows.values()):,} rows, {sum(sizes.values()):,} bytes with indexes")
    for name in sorted(rows, key=lambda one: -sizes[one])[:14]:
        print(f"  {name:<36} {rows[name]:>9,} rows {sizes[name]:>12,} bytes")


def files(folder: Path) -> None:
    found = [path.stat().st_size for path in folder.rglob("*") if path.is_file()]
    print(f"{len(found):,} files, {sum(found):,} bytes")


def pages(home: Path) -> None:
    """Each page three times as the first PA, in this process: queries, and the middle of the processor times."""
    os.environ["PRIVATE_OFFICE_HOME"] = str(home)
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
    from privateoffice.program.opening import open_house

    open_house()
    from django.conf import settings
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from privateoffice.foundations.offices.models import Holding

    settings.ALLOWED_HOSTS = ["*"]
    holding = Holding.objects.filter(role="pa").select_related("office", "person__user").order_by("pk").first()
    client = Client()
    client.force_login(holding.person.user)
    for page in PAGES:
        times = []
        for _ in range(3):
            with CaptureQueriesContext(connection) as asked:
                begun = time.process_time()
                answer = client.get(f"/{holding.office.slug}/{page}")
                times.append(time.process_time() - begun)
        said = f"{answer.status_code} {len(answer.content):>8,} bytes {len(asked):>4} queries"
        print(f"  /{page:<20} {said} {statistics.median(times) * 1000:>7.0f} ms")


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve())
