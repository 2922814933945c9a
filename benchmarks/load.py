"""Many PAs at work in one office at once: requests a second, how long they wait, and errors.

python benchmarks/load.py --pas 20 --seconds 30 --rows 5000 --database sqlite --json
python benchmarks/load.py --questions FILE     (one question a line, logged instead of made ones)

Beside it, the same clients ask a bare Django server, which answers two letters, under the same waitress.
"""

import argparse
import http.client
import os
import random
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import quantiles
from typing import Any
from urllib.parse import urlencode

import measuring
import start
import temporary

OFFICE = "/homicide/"
QUESTIONS = ("When is the inquest?", "Who speaks at the panel?", "Has the return of the exhibits been agreed?")
HIDDEN = re.compile(r'name="(csrfmiddlewaretoken|once_token)" value="([^"]*)"')
RUN = (sys.executable, "-m", "privateoffice.program.cli", "run", "--port")


def main() -> None:
    asked = arguments()
    questions = asked.questions.read_text("utf-8").splitlines() if asked.questions else list(QUESTIONS)
    with temporary.house(asked.database):
        cookies, kind, before = furnished(asked.pas, asked.rows)
        with served(RUN) as port:
            pas = [Pa(port, n, cookie, kind, questions) for n, cookie in enumerate(cookies)]
            ours = worked(pas, asked.seconds)
        lost = sum(pa.logged for pa in pas) - (enquiries() - before)
        with served((sys.executable, "-c", start.BARE)) as port:
            bare = worked([Caller(port, n) for n in range(asked.pas)], asked.seconds / 3)
    rows = [("the office", ours, lost), ("a bare Django server", bare, 0)]
    measuring.show_table(HEADS, [line(name, asked, done, lost) for name, done, lost in rows])
    if asked.json:
        measuring.show_object({"load": {**as_object("ours", ours), "lost": lost, **as_object("django", bare)}})


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--pas", type=int, default=20, help="how many work at once, without a pause")
    parser.add_argument("--seconds", type=float, default=30.0)
    parser.add_argument("--rows", type=int, default=5_000, help="enquiries and actions that are there already")
    parser.add_argument("--questions", type=Path, help="a text file, one question a line")
    parser.add_argument("--database", default="sqlite", help="sqlite, postgres, or the URL of a PostgreSQL server")
    parser.add_argument("--json", action="store_true", help="end with one line that is one object")
    return parser.parse_args()


def furnished(pas: int, rows: int) -> tuple[list[str], int, int]:
    """An office with so many PAs, all signed in: their cookies, a kind of enquiry, and how many are there."""
    from datetime import timedelta

    from django.conf import settings
    from django.test import Client
    from filling import Filling

    from privateoffice.foundations.clock import clock
    from privateoffice.foundations.offices.models import Holding, Person, User
    from privateoffice.rooms.enquiries.models import EnquiryKind

    filling = Filling.begun()
    filling.grow_to(rows)
    users = [filling.pa]
    for n in range(1, pas):
        person = Person.everyone.create(office=filling.office, forenames="Sample", surname=f"Assistant {n}")
        begun = clock.now() - timedelta(days=9)
        Holding.objects.create(person=person, office=filling.office, role="pa", starts_at=begun)
        users.append(User.objects.create(email=f"pa{n}@specialist-crime.example", person=person))
    cookies = []
    for user in users:
        client = Client()
        client.force_login(user)
        cookies.append(f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}")
    return cookies, EnquiryKind.objects.get(slug="general").pk, enquiries()


def enquiries() -> int:
    from privateoffice.foundations.offices import scope
    from privateoffice.rooms.enquiries.models import Enquiry

    with scope.acting_as_system("benchmark"):
        return Enquiry.objects.count()


@contextmanager
def served(command: tuple[str, ...]) -> Iterator[int]:
    """A server on a free port of loopback, well before the block begins and ended after it."""
    from django.db import connection

    connection.close()
    port = start.free_port()
    process = subprocess.Popen([*command, str(port)], env=os.environ, stdout=subprocess.DEVNULL)
    try:
        begun = time.perf_counter()
        while start.status_of(port) != 200:
            if time.perf_counter() - begun > start.PATIENCE or process.poll() is not None:
                raise SystemExit("It did not open.")
            time.sleep(0.1)
        yield port
    finally:
        process.send_signal(signal.SIGINT)
        process.wait()


@dataclass
class Done:
    """What the clients met: seconds of each answer, and each answer that was no answer."""

    seconds: float
    reads: list[float] = field(default_factory=list)
    writes: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)


class Caller:
    """A client that asks a bare server for its one page again and again."""

    def __init__(self, port: int, number: int):
        self.line = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self.chance = random.Random(number)
        self.headers: dict[str, str] = {}
        self.reads: list[float] = []
        self.writes: list[float] = []
        self.errors: list[str] = []

    def work(self) -> None:
        self.ask("GET", "/health/", wanted=200)

    def ask(self, method: str, path: str, *, wanted: int, said: dict[str, Any] | None = None) -> tuple[str, str]:
        """One request, timed: the page, and where it leads. What is not answered as wanted is an error."""
        body = urlencode(said) if said is not None else None
        headers = self.headers | ({"Content-Type": "application/x-www-form-urlencoded"} if body else {})
        begun = time.perf_counter()
        try:
            self.line.request(method, path, body=body, headers=headers)
            answer = self.line.getresponse()
            page = answer.read().decode("utf-8", "replace")
        except (OSError, http.client.HTTPException) as fault:
            self.line.close()
            self.errors.append(f"{method} {path}: {fault!r}")
            return "", ""
        (self.writes if said is not None else self.reads).append(time.perf_counter() - begun)
        if answer.status != wanted:
            self.errors.append(f"{method} {path}: {answer.status}")
        for value in answer.headers.get_all("Set-Cookie") or ():
            self.keep(value)
        return page, answer.headers.get("Location", "")

    def keep(self, cookie: str) -> None:
        held = dict(pair.split("=", 1) for pair in self.headers.get("Cookie", "").split("; ") if "=" in pair)
        name, _, value = cookie.split(";", 1)[0].partition("=")
        self.headers["Cookie"] = "; ".join(f"{key}={kept}" for key, kept in {**held, name: value}.items())


class Pa(Caller):
    """One PA: looks at Today, a list and a search, logs a call, opens it and says that it was acknowledged."""

    def __init__(self, port: int, number: int, cookie: str, kind: int, questions: list[str]):
        super().__init__(port, number)
        self.headers["Cookie"] = cookie
        self.kind, self.questions, self.logged = kind, questions, 0

    def work(self) -> None:
        page = self.chance.randint(1, 20)
        words = self.chance.choice(self.questions).split()
        for place in ("", f"enquiries/?page={page}", "actions/", f"search/?{urlencode({'q': words[-1]})}"):
            self.ask("GET", OFFICE + place, wanted=200)
        where = self.post(
            "enquiries/new/", channel="phone", kind=self.kind, asked=self.chance.choice(self.questions)
        )
        if where:
            self.logged += 1
            self.ask("GET", where, wanted=200)
            self.post(f"{where.removeprefix(OFFICE)}acknowledgement/", how="phone")

    def post(self, place: str, **said: Any) -> str:
        """Fill in a form and send it; where it leads, or nothing where it was not taken."""
        form, _ = self.ask("GET", OFFICE + place, wanted=200)
        hidden = dict(HIDDEN.findall(form))
        return self.ask("POST", OFFICE + place, wanted=302, said={**hidden, **said})[1] if hidden else ""


def worked(clients: list[Any], seconds: float) -> Done:
    """All of them at once, each in a thread of its own, until the time is over."""
    begun = time.perf_counter()
    ends = begun + seconds

    def live(client: Any) -> None:
        while time.perf_counter() < ends:
            client.work()

    threads = [threading.Thread(target=live, args=(client,)) for client in clients]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    done = Done(time.perf_counter() - begun)
    for client in clients:
        done.reads += client.reads
        done.writes += client.writes
        done.errors += client.errors
    for fault in sorted(set(done.errors))[:5]:
        print(fault, file=sys.stderr)
    return done


HEADS = (
    "Server",
    "PAs",
    "Requests",
    "a second",
    "Read p50 ms",
    "p95 ms",
    "Write p50 ms",
    "p95 ms",
    "Errors",
    "Lost",
)


def line(name: str, asked: argparse.Namespace, done: Done, lost: int) -> tuple[object, ...]:
    requests = len(done.reads) + len(done.writes)
    shown = [
        measuring.milliseconds(cut) if cut else "-"
        for cut in (*percentiles(done.reads), *percentiles(done.writes))
    ]
    return (name, asked.pas, requests, f"{requests / done.seconds:.0f}", *shown, len(done.errors), lost)


def percentiles(times: list[float]) -> tuple[float, float]:
    if len(times) < 2:
        return 0.0, 0.0
    cuts = quantiles(times, n=20, method="inclusive")
    return cuts[9], cuts[18]


def as_object(name: str, done: Done) -> dict[str, float]:
    p50, p95 = percentiles(done.reads)
    write_p50, write_p95 = percentiles(done.writes)
    requests = len(done.reads) + len(done.writes)
    return {
        f"{name}_wall": p95,
        f"{name}_read_p50": p50,
        f"{name}_read_p95": p95,
        f"{name}_write_p50": write_p50,
        f"{name}_write_p95": write_p95,
        f"{name}_a_second": requests / done.seconds,
        f"{name}_errors": len(done.errors),
    }


if __name__ == "__main__":
    main()
