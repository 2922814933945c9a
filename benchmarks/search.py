"""Full-text search in an office of many records, beside notmuch and bare FTS5 over the same texts.

python benchmarks/search.py --items 200000 --json
python benchmarks/search.py --texts FOLDER     (one item for each text file below it, instead of made ones)
"""

import argparse
import os
import random
import shutil
import sqlite3
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from statistics import quantiles

import measuring
import temporary

WORDS, COMMON = 40_000, 1.05
AT_ONCE = 5_000


def main() -> None:
    asked = arguments()
    texts = list(of_folder(asked.texts) if asked.texts else made(asked.items))
    questions = list(islice(questions_on(texts), asked.questions))
    with temporary.house(asked.database):
        found = {"ours": ours(texts, questions)}
    found["bare FTS5"] = bare(texts, questions)
    if asked.peer and shutil.which("notmuch"):
        found["notmuch"] = notmuch(texts, questions)
    measuring.show_table(HEADS, [line(name, len(texts), *times) for name, times in found.items()])
    if asked.json:
        measuring.show_object({"search": as_object(found)})


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--items", type=int, default=200_000, help="how many items are made up")
    parser.add_argument("--texts", type=Path, help="a folder of text files to take instead")
    parser.add_argument("--questions", type=int, default=60)
    parser.add_argument("--database", default="sqlite", help="sqlite, postgres, or the URL of a PostgreSQL server")
    parser.add_argument("--no-peer", dest="peer", action="store_false", help="leave notmuch out")
    parser.add_argument("--json", action="store_true", help="end with one line that is one object")
    return parser.parse_args()


Text = tuple[str, str]
"""A title and a body."""

Times = tuple[float, list[float]]
"""Seconds to take everything in, and seconds for each question."""


def of_folder(folder: Path) -> Iterator[Text]:
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        words = path.read_bytes().decode("utf-8", "replace")
        yield path.name, words[:20_000]


def made(items: int) -> Iterator[Text]:
    """Invented words of which some are frequent and most are rare, as in any language."""
    chance = random.Random(1)
    words = ["".join(chance.choices("abcdefghilmnoprstuvw", k=chance.randint(3, 10))) for _ in range(WORDS)]
    weights = [1 / (rank + 2) ** COMMON for rank in range(WORDS)]
    for _ in range(items):
        drawn = chance.choices(words, weights, k=66)
        yield " ".join(drawn[:6]), " ".join(drawn[6:])


def questions_on(texts: list[Text]) -> Iterator[str]:
    """In turn: one word, two words of one item, and the beginning of a word, from items all over."""
    chance = random.Random(2)
    while True:
        words = [word for word in chance.choice(texts)[1].split() if word.isalpha() and len(word) > 3] or [
            "nothing"
        ]
        yield chance.choice(words)
        yield f"{words[0]} {words[-1]}"
        yield f"{chance.choice(words)[:4]}*"


def ours(texts: list[Text], questions: list[str]) -> Times:
    """As the page of hits asks it: counted by kind, the newest thirty with the words around them."""
    from filling import Filling

    from privateoffice.desk.search.models import Finding
    from privateoffice.foundations.offices import scope
    from privateoffice.foundations.offices.verbs import performing
    from privateoffice.foundations.records import search
    from privateoffice.foundations.records import services as records
    from privateoffice.foundations.records.models import Matter

    filling = Filling.begun()
    with scope.acting(filling.pa, office=filling.office):
        begun = time.perf_counter()
        for start in range(0, len(texts), AT_ONCE):
            with performing("records.make_many"):
                rows = [{"title": title[:200], "summary": body} for title, body in texts[start : start + AT_ONCE]]
                search.index_many(records.make_many(Matter, rows))
        taken_in = time.perf_counter() - begun

        def ask(question: str) -> None:
            finding = Finding(question, filling.office)
            list(finding.page(1).object_list)

        return taken_in, timed(ask, questions)


def bare(texts: list[Text], questions: list[str]) -> Times:
    """SQLite's own index with nothing around it: the floor."""
    with tempfile.TemporaryDirectory() as folder, sqlite3.connect(Path(folder) / "bare.sqlite3") as database:
        begun = time.perf_counter()
        database.execute(
            "CREATE VIRTUAL TABLE texts USING fts5(title, body, tokenize='porter unicode61', prefix='2 3')"
        )
        database.executemany("INSERT INTO texts VALUES (?, ?)", texts)
        database.commit()
        taken_in = time.perf_counter() - begun
        order = "SELECT rowid, title FROM texts WHERE texts MATCH ? ORDER BY rowid DESC LIMIT 30"
        return taken_in, timed(lambda question: database.execute(order, [question]).fetchall(), questions)


def notmuch(texts: list[Text], questions: list[str]) -> Times:
    """Debian's notmuch, each item as one mail; starting its process is part of each question."""
    with tempfile.TemporaryDirectory() as folder:
        mails = Path(folder) / "mail" / "cur"
        mails.mkdir(parents=True)
        for number, (title, body) in enumerate(texts):
            head = f"From: a@b.example\nMessage-ID: <{number}@b.example>\nSubject: {title}\n\n"
            (mails / f"{number}.b:2,").write_text(head + body, "utf-8")
        settings = Path(folder) / "notmuch"
        settings.write_text(f"[database]\npath={folder}/mail\n[user]\nprimary_email=a@b.example\n")
        env = {**os.environ, "NOTMUCH_CONFIG": str(settings)}

        def run(*words: str) -> None:
            subprocess.run(["notmuch", *words], env=env, check=True, capture_output=True)

        begun = time.perf_counter()
        run("new", "--quiet")
        taken_in = time.perf_counter() - begun
        return taken_in, timed(lambda question: run("search", "--limit=30", question), questions)


def timed(ask: Callable[[str], object], questions: list[str]) -> list[float]:
    """Seconds on the clock of each question, after all were asked once."""
    for question in questions:
        ask(question)
    times = []
    for question in questions:
        begun = time.perf_counter()
        ask(question)
        times.append(time.perf_counter() - begun)
    return times


HEADS = ("Search", "Items", "Taken in, s", "p50 ms", "p95 ms", "worst ms")


def line(name: str, items: int, taken_in: float, times: list[float]) -> tuple[object, ...]:
    p50, p95 = percentiles(times)
    shown = map(measuring.milliseconds, (p50, p95, max(times)))
    return (name, f"{items:,}", f"{taken_in:.1f}", *shown)


def percentiles(times: list[float]) -> tuple[float, float]:
    cuts = quantiles(times, n=20, method="inclusive")
    return cuts[9], cuts[18]


def as_object(found: dict[str, Times]) -> dict[str, float]:
    said = {}
    for name, (taken_in, times) in found.items():
        key = name.replace(" ", "_").lower()
        p50, p95 = percentiles(times)
        said |= {f"{key}_wall": p95, f"{key}_p50": p50, f"{key}_p95": p95, f"{key}_index": taken_in}
    return said


if __name__ == "__main__":
    main()
