"""An empty database laid out at once is the one that the migrations make step by step, on both engines."""

import json
import os
from collections import Counter

import pytest

from privateoffice.program.tests.houses import House, drop_postgres, postgres

pytestmark = pytest.mark.slow

TELL = """
import json, sys
from django.db import connection

def shape(of, cursor, name):
    described = of.get_table_description(cursor, name)
    columns = sorted((c.name, str(c.type_code), c.null_ok, str(c.internal_size)) for c in described)
    kept = ("columns", "primary_key", "unique", "foreign_key", "check", "index")
    rules = sorted(repr([rule.get(part) for part in kept]) for rule in of.get_constraints(cursor, name).values())
    return [columns, rules]

with connection.cursor() as cursor:
    of = connection.introspection
    names = [found.name for found in of.get_table_list(cursor)]
    print(json.dumps({name: shape(of, cursor, name) for name in sorted(names)}))
"""


def told(house: House) -> dict:
    process = house.python(TELL)
    said, _ = process.communicate(timeout=120)
    assert process.returncode == 0
    return json.loads(said)


def rows(house: House) -> dict:
    """How often each row stands in each table, without its number, which counts otherwise in another order."""
    unnumbered = {"auth_permission", "django_content_type", "enquiries_enquirykind"}
    tables = house.tables()
    assert unnumbered <= tables.keys()
    return {name: len(found) for name, found in tables.items()} | {
        "kinds": Counter(sorted(row)[-1] for row in tables["enquiries_enquirykind"])
    }


@pytest.fixture(params=["sqlite", "postgres"])
def two(request, tmp_path):
    """A house that is laid out at once, and one whose migrations are applied one by one."""
    names = [f"po_laid_{os.getpid()}_{number}" for number in (1, 2)]
    urls = [postgres(name) if request.param == "postgres" else "" for name in names]
    laid, stepped = (House(tmp_path / name, tmp_path / "key", url) for name, url in zip(names, urls, strict=True))
    laid.run("migrate", "-v0")
    stepped.run("migrate", "offices", "-v0")
    stepped.run("migrate", "-v0")
    yield laid, stepped
    for name, url in zip(names, urls, strict=True):
        if url:
            drop_postgres(name)


def test_laid_out_at_once_it_is_the_same_to_the_last_column_rule_and_row(two):
    laid, stepped = two
    assert told(laid) == told(stepped)
    assert rows(laid) == rows(stepped)
    assert "No migrations to apply" in laid.run("migrate")
