"""Which tests of the tree say that they prove a row: read from the source, so that nothing has to run."""

import ast
import tomllib
from pathlib import Path

TREE = Path(__file__).parents[2]
PLACES = ("privateoffice", "tests", "emulator")


def register() -> dict[str, dict[str, str]]:
    return tomllib.loads((Path(__file__).parent / "rows.toml").read_text("utf-8"))


def marked(places: tuple[str, ...] = PLACES) -> dict[str, list[str]]:
    """For each row that a test names, where those tests stand."""
    found: dict[str, list[str]] = {}
    for place in places:
        for path in sorted((TREE / place).rglob("test_*.py")):
            for where, row in _in(path):
                found.setdefault(row, []).append(where)
    return found


def _in(path: Path) -> list[tuple[str, str]]:
    tree = ast.parse(path.read_text("utf-8"))
    tests = [
        node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
    ]
    place = path.relative_to(TREE)
    return [(f"{place}::{test.name}", row) for test in tests for row in rows_of(test)]


def rows_of(test: ast.FunctionDef) -> list[str]:
    """What stands in its mark. Anything but plain words in a mark is named as it is written, and so unknown."""
    return [
        ast.literal_eval(row) if isinstance(row, ast.Constant) else ast.unparse(row)
        for mark in test.decorator_list
        if isinstance(mark, ast.Call) and ast.unparse(mark.func) == "pytest.mark.hostile"
        for row in mark.args
    ]
