"""What became of everything: read from the database, from the far side's own list, and from the clerks' book."""

import json
from collections import Counter
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from tests.crash import far_side


@dataclass
class Count:
    """The figures of one life. Each of `lost` to `misfits` must be nothing."""

    letters: int = 0
    sent: int = 0
    uncertain: int = 0
    jobs: int = 0
    forms: int = 0
    lost: list[str] = field(default_factory=list)
    twice: list[str] = field(default_factory=list)
    half: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    misfits: list[str] = field(default_factory=list)
    left: int = 0
    outlived: list[int] = field(default_factory=list)
    killed: int = 0
    at_steps: dict[str, int] = field(default_factory=dict)
    at_random: dict[str, int] = field(default_factory=dict)
    paused: int = 0
    settled: int = 0
    set_aside: int = 0
    doubled: int = 0

    def with_end(self, left: int, life: Any) -> "Count":
        self.left, self.outlived, self.killed = left, life.outlived, life.killed
        self.at_steps, self.at_random, self.paused = life.at_steps, life.at_random, life.paused
        return self

    @property
    def is_well(self) -> bool:
        faults = (self.lost, self.twice, self.half, self.wrong, self.misfits, self.outlived, self.left)
        return not any(faults) and self.sent + self.uncertain == self.letters

    @property
    def line(self) -> str:
        return (
            f"{self.killed} kills ({sum(self.at_steps.values())} at {len(self.at_steps)} named steps,"
            f" {sum(self.at_random.values())} at random, {self.paused} pauses): {self.letters} letters ="
            f" {self.sent} sent + {self.uncertain} uncertain; {self.jobs} jobs, {self.forms} forms"
            f" ({self.doubled} sent twice at once); {len(self.lost)} lost, {len(self.twice)} twice,"
            f" {len(self.half)} half-made, {len(self.wrong)} wrong answers, {len(self.outlived)} outlived"
        )

    def as_json(self) -> str:
        return json.dumps(asdict(self))


_aside = 0


def count(folder: Path, carrier: str) -> Count:
    """Count everything. What a letter is follows from what the far side and the database say together."""
    from privateoffice.foundations.audit import services as audit
    from privateoffice.foundations.offices import scope

    counted = Count(set_aside=_aside)
    book = read_book(folder)
    with scope.acting_as_system("count"):
        _letters(counted, taken(folder, carrier))
        _forms(counted, book)
        counted.misfits = [str(misfit) for misfit in audit.verify()]
    _jobs(counted, book)
    for said in folder.glob("clerk *.json"):
        told = json.loads(said.read_text())
        counted.wrong += told["wrong"]
        counted.doubled += told["doubled"]
    return counted


def read_book(folder: Path) -> dict[str, list[int]]:
    book: dict[str, list[int]] = {"logged": [], "passed on": [], "asked": []}
    for line in (folder / "book").read_text().splitlines():
        what, _, number = line.rpartition(" ")
        book[what].append(int(number))
    return book


def taken(folder: Path, carrier: str) -> Counter[str]:
    from django.conf import settings

    if carrier in {"smtp", "graph"}:
        return far_side.taken_in_book(folder / "taken")
    return far_side.taken_in_maildir(settings.OUTBOX_DIR / "homicide")


def _letters(counted: Count, taken: Counter[str]) -> None:
    from privateoffice.spine.deliveries.models import Delivery, Destination, State

    accepted = dict(Destination.objects.values_list("delivery_id", "state"))
    for delivery in Delivery.objects.with_states():
        counted.letters += 1
        times = taken.pop(delivery.message_id, 0)
        state = delivery.state
        counted.sent += state == State.SENT
        counted.uncertain += state == State.UNCERTAIN
        if state == State.SENT and not times:
            counted.lost.append(f"{delivery.reference} is sent and the far side has nothing")
        if times > 1:
            counted.twice.append(f"{delivery.reference} was taken {times} times")
        if state not in {State.SENT, State.UNCERTAIN} or (state == State.SENT) != (
            accepted.get(delivery.pk) == "accepted"
        ):
            counted.half.append(f"{delivery.reference} is {state}, its destination {accepted.get(delivery.pk)}")
    counted.half += [f"the far side has {message_id}, and we know of no such letter" for message_id in taken]


def _forms(counted: Count, book: dict[str, list[int]]) -> None:
    """What was acknowledged is there, once; what was passed on has its letter."""
    from privateoffice.rooms.enquiries.models import Enquiry, Redirection
    from privateoffice.spine.deliveries.models import Destination

    logged = Counter(Enquiry.objects.values_list("asked", flat=True))
    addresses = Counter(Destination.objects.values_list("address", flat=True))
    passed = Counter(Redirection.objects.values_list("unit__name", flat=True))
    counted.forms = sum(logged.values()) + sum(passed.values())
    for number in book["logged"]:
        _note(counted, f"enquiry {number}", logged[f"Question {number}"])
    for number in book["passed on"]:
        _note(counted, f"redirection {number}", passed[f"Unit {number}"])
    for unit, times in passed.items():
        letters = addresses[f"unit{unit.removeprefix('Unit ')}@prestwood.example"]
        if letters != times:
            counted.half.append(f"{unit} was passed on {times} times with {letters} letters")
    counted.twice += [f"{asked} is there {times} times" for asked, times in logged.items() if times > 1]


def _jobs(counted: Count, book: dict[str, list[int]]) -> None:
    """Each job that was asked for became two, and each of them left its mark once."""
    from privateoffice.foundations.jobs.models import Tick
    from privateoffice.foundations.offices import scope
    from privateoffice.spine.deliveries.models import Delivery

    marks = Counter(Tick.objects.filter(schedule__startswith="note ").values_list("schedule", flat=True))
    with scope.acting_as_system("count"):
        letters = Counter(Delivery.objects.filter(subject__startswith="Letter").values_list("subject", flat=True))
    counted.jobs = len(book["asked"]) * 3
    for number in book["asked"]:
        _note(counted, f"job {number}", marks[f"note {number}"])
        _note(counted, f"letter {number}", letters[f"Letter {number}"])


def _note(counted: Count, what: str, times: int) -> None:
    if times == 0:
        counted.lost.append(f"{what} was acknowledged and is not there")
    if times > 1:
        counted.twice.append(f"{what} is there {times} times")


def owed() -> int:
    """How many jobs and letters are still to be done."""
    from privateoffice.foundations.jobs.api import DBTaskResult
    from privateoffice.foundations.offices import scope
    from privateoffice.spine.deliveries.models import Turn

    with scope.acting_as_system("count"):
        turns = Turn.objects.count()
    return turns + DBTaskResult.objects.exclude(status="SUCCESSFUL").count()


def ask_for_the_outbox() -> None:
    from privateoffice.foundations.jobs.queue import later
    from privateoffice.foundations.offices import scope
    from privateoffice.foundations.offices.models import Office
    from privateoffice.spine.deliveries.models import Turn
    from privateoffice.spine.deliveries.tasks import send_due

    with scope.acting_as_system("count", office=Office.objects.get(slug="homicide")):
        if Turn.objects.exists():
            later(send_due)


def try_again_what_was_set_aside() -> None:
    """What a person does with jobs whose workers were killed too often."""
    global _aside
    from privateoffice.foundations.jobs.queue import set_aside
    from privateoffice.foundations.jobs.services import take_up_again
    from privateoffice.foundations.offices import scope

    for job in set_aside():
        _aside += 1
        with scope.acting_as_system("count"):
            take_up_again(job.pk)


def taken_once(folder: Path, carrier: str) -> int:
    """How many letters are sent in our books and were taken once by the far side, after a person has decided."""
    from privateoffice.foundations.offices import scope
    from privateoffice.spine.deliveries.models import Delivery, State

    there = taken(folder, carrier)
    with scope.acting_as_system("count"):
        sent = [each.message_id for each in Delivery.objects.with_states() if each.state == State.SENT]
    return sum(there[message_id] == 1 for message_id in sent)


def decide(folder: Path, carrier: str) -> int:
    """Be the person who decides what is uncertain, by the far side's own list; returns how many there were."""
    from privateoffice.foundations.offices import scope
    from privateoffice.foundations.offices.models import Office, User
    from privateoffice.spine.deliveries import services
    from privateoffice.spine.deliveries.models import Delivery, State

    there = taken(folder, carrier)
    pa, office = User.objects.get(email__startswith="delphine"), Office.objects.get(slug="homicide")
    with scope.acting(pa, office=office):
        uncertain = [each for each in Delivery.objects.with_states() if each.state == State.UNCERTAIN]
        for delivery in uncertain:
            services.settle_uncertain(delivery, was_sent=delivery.message_id in there)
    return len(uncertain)
