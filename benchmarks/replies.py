"""How the reply reader takes a labelled set of answers to chasers: right, queued for a person, and wrong.

Each line of the file is an object: `received` and `due` (London, no zone), `subject`, `body` as received, and
`expect` with `act` (done, new_date, not_mine, unsure) and, for new_date, `date`. A wrong act is far worse than a
queued one.
The peer is a reader that looks for the words alone, as a mailbox rule would.
"""

import argparse
import json
import re
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import measuring
import temporary

SET = Path(__file__).parent / "data" / "replies.jsonl"
KEYWORDS = (("not_mine", r"\bnot mine\b"), ("done", r"\b(?:done|completed?|sent|attached)\b"))

Line = dict[str, Any]


@dataclass(frozen=True)
class Answer:
    """What a reader made of a line."""

    act: str
    day: date | None = None


def ours(line: Line) -> Answer:
    from privateoffice.connectors.mail.replies import read_reply

    read = read_reply(line["body"], subject=line.get("subject", ""), received=_received(line), due=_due(line))
    return Answer(read.act, read.day)


def keywords(line: Line) -> Answer:
    """The first word that fits, anywhere in the body; else the first day after the day due."""
    from privateoffice.foundations.clock.spoken import Moment, days_in

    for act, words in KEYWORDS:
        if re.search(words, line["body"], re.IGNORECASE):
            return Answer(act)
    at = Moment(_received(line).date(), due=_due(line))
    days = [one.day for one in days_in(line["body"], at) if one.day and one.day > _due(line)]
    return Answer("new_date", days[0]) if days else Answer("unsure")


def _received(line: Line) -> datetime:
    return datetime.fromisoformat(line["received"])


def _due(line: Line) -> date:
    return date.fromisoformat(line["due"])


def verdict(expected: dict[str, str], answer: Answer) -> str:
    """Right, queued or wrong, as the note to the set says."""
    is_same = answer.act == expected["act"]
    if is_same and (answer.act != "new_date" or str(answer.day) == expected["date"]):
        return "right"
    return "queued" if answer.act == "unsure" else "wrong"


def judged(lines: list[Line], reader: Callable[[Line], Answer]) -> Iterator[tuple[str, Line, Answer]]:
    for line in lines:
        answer = reader(line)
        yield verdict(line["expect"], answer), line, answer


def main() -> None:
    options = arguments()
    lines = [json.loads(line) for line in options.file.read_text(encoding="utf-8").splitlines() if line.strip()]
    with temporary.folder():
        told = {name: measured(lines, reader) for name, reader in (("ours", ours), ("keywords", keywords))}
    for kind, line, answer in told["ours"]["each"]:
        if kind == "wrong" or (kind == "queued" and options.queued):
            said = " ".join(line["body"].split())[:90]
            print(f"{kind}: expected {_words(line['expect'])}, read {answer.act} {answer.day or ''}: {said}")
    measuring.show_table(
        (
            "reader",
            "lines",
            "right",
            "queued",
            "wrong",
            "right %",
            "right % of those with an answer",
            "wall s",
            "cpu s",
        ),
        [row(name, len(lines), one) for name, one in told.items()],
    )
    if options.json:
        measuring.show_object({"replies": as_object(told)})


def measured(lines: list[Line], reader: Callable[[Line], Answer]) -> dict[str, Any]:
    wall, cpu = time.perf_counter(), time.process_time()
    each = list(judged(lines, reader))
    spent = {"wall": time.perf_counter() - wall, "cpu": time.process_time() - cpu}
    answered = [kind for kind, line, _ in each if line["expect"]["act"] != "unsure"]
    return {"each": each, "counts": Counter(kind for kind, _, _ in each), "answered": Counter(answered), **spent}


def row(name: str, total: int, one: dict[str, Any]) -> tuple[object, ...]:
    counts, answered = one["counts"], one["answered"]
    return (
        name, total, counts["right"], counts["queued"], counts["wrong"], share(counts["right"], total),
        share(answered["right"], answered.total()), f"{one['wall']:.2f}", f"{one['cpu']:.2f}",
    )  # fmt: skip


def as_object(told: dict[str, dict[str, Any]]) -> dict[str, float]:
    ours_counts = told["ours"]["counts"]
    counts = {kind: ours_counts[kind] for kind in ("right", "queued", "wrong")}
    return counts | {f"{name}_{what}": one[what] for name, one in told.items() for what in ("wall", "cpu")}


def share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f}" if whole else "-"


def _words(expected: dict[str, str]) -> str:
    return " ".join(filter(None, (expected["act"], expected.get("date"))))


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", nargs="?", type=Path, default=SET, help="the labelled set, one object a line")
    parser.add_argument("--queued", action="store_true", help="list what was queued as well")
    parser.add_argument("--json", action="store_true", help="end with one line that is one object")
    return parser.parse_args()


if __name__ == "__main__":
    main()
