"""The register of actions: forty open in each office, a fifth of them late, and those that are done."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from privateoffice.foundations.clock import clock, working_days
from privateoffice.foundations.offices.models import Person
from privateoffice.foundations.offices.roles import Role
from privateoffice.foundations.offices.services import record_leaving
from privateoffice.program.sample.approvals import empty_outbox
from privateoffice.program.sample.cast import Cast
from privateoffice.program.sample.days import Days
from privateoffice.program.sample.past import Past
from privateoffice.program.sample.words import fields, sentences
from privateoffice.spine.actions import services
from privateoffice.spine.actions.models import Action

PART = "actions"
OPEN, RED, AMBER, AWAITING, DONE = 40, 8, 10, 3, 22
SMALLEST = 0.15
MORNINGS = 2
"""Working mornings on which the ladder was climbed."""

LEFT_AGO = 10
WHY_LATER = (
    "The unit was at court all week.",
    "Waits for figures from finance.",
    "The officer in the case is on leave until then.",
    "The hall could not confirm before.",
    "A second draft is wanted first.",
)
WHY_AT_RISK = (
    "Two replies of five have come.",
    "The room is not confirmed.",
    "The author is on leave from Friday.",
)
HOW_DONE = (
    "Done and filed; copy to the private office.",
    "Sent on time; receipt confirmed.",
    "Booked and confirmed in writing.",
    "Put to the meeting and agreed.",
)
GOING = (
    "First draft seen.",
    "Half of the names are in.",
    "Rang: promised for tomorrow.",
    "With finance for a figure.",
)
OUTSIDERS = (
    ("Corin Ashlamber", "corin.ashlamber@example.org"),
    ("Benedikta Fallowmarsh", "b.fallowmarsh@example.net"),
)


@dataclass
class Task:
    """One action as it is going to be lived. `dates` are its days in order: more than one where it slipped."""

    made_at: datetime
    dates: list[date]
    owner: dict[str, Any]
    setter: Person
    at_risk: bool = False
    noted: bool = False
    done_at: datetime | None = None
    accepted_at: datetime | None = None
    action: Action = field(init=False)


class Register:
    """The actions of one office."""

    def __init__(self, past: Past, cast: Cast, days: Days, leaver: Person):
        self.past, self.cast, self.days, self.leaver = past, cast, days, leaver
        self.dice = days.dice
        self.owners = self._owners()

    def plan(self, scale: float) -> None:
        """Plan every action, who left meanwhile, and the mornings on which owners were chased."""
        share = max(scale, SMALLEST)
        for task in self._tasks(share):
            self._plan(task)
        self._act(self.days.before(LEFT_AGO), self.cast.pa, self._record_leaving)
        for back in range(MORNINGS if scale >= 1 else 1, -1, -1):
            self._plan_morning(self.days.worked(-back) if back else self.days.today)

    def _plan_morning(self, day: date) -> None:
        """Owners are chased at eight on working days, and the letters go out."""
        if working_days.is_working(day):
            eight = clock.moment(day, "08:00")
            self.past.plan("chasers", eight, self.cast.office, None, lambda: services.climb(clock.now()))
            empty_outbox(self.past, self.cast, eight)

    def _tasks(self, share: float):
        """The open ones by colour, then the done ones."""
        counts = {name: max(2, round(count * share)) for name, count in _COUNTS.items()}
        for place in range(counts["red"]):
            yield self._task(due=-self.dice.randrange(1, 11), slips=(0, 1, 0, 2, 0, 1, 0, 3)[place % 8])
        for place in range(counts["amber"]):
            yield self._task(due=self.dice.randrange(0, 5), slips=place % 4 // 3, noted=True)
        for place in range(counts["green"]):
            yield self._task(due=self.dice.randrange(6, 40), at_risk=place == 0, slips=place % 9 // 8)
        for _ in range(counts["awaiting"]):
            task = self._task(due=1)
            task.done_at = self.days.before(1)
            yield task
        for _ in range(counts["done"]):
            yield self._done()
        yield from self._odd()

    def _odd(self):
        """What every register has one of: due today, the Commander's own, slipped three times, a leaver's."""
        yield self._task(due=0, owner={"owner_role": Role.PA})
        yield self._task(due=0, owner={"owner_role": Role.COMMANDER})
        yield self._task(due=3, owner={"owner_role": Role.STAFF_OFFICER}, slips=3)
        for due in (-2, 4, 12):
            yield self._task(due=due, owner={"owner": self.leaver}, made=LEFT_AGO + 8)

    def _task(
        self,
        *,
        due: int,
        slips: int = 0,
        at_risk: bool = False,
        noted: bool = False,
        owner: dict[str, Any] | None = None,
        made: int = 0,
    ) -> Task:
        last = self.days.worked(due)
        dates = [working_days.add(last, -5 * back) if back else last for back in range(slips, -1, -1)]
        earliest = working_days.between(dates[0], self.days.today)
        made = max(made, earliest + self.dice.randrange(6, 14), 2)
        setter = self.dice.choice([self.cast.pa, self.cast.pa, self.cast.staff_officer, self.cast.commander])
        return Task(
            made_at=self.days.before(made),
            dates=dates,
            owner=owner or self.dice.choice(self.owners),
            setter=setter,
            at_risk=at_risk,
            noted=noted,
        )

    def _done(self) -> Task:
        back = self.dice.randrange(8, 55)
        task = self._task(due=-back)
        task.done_at = self.days.on(working_days.add(task.dates[-1], -1))
        task.accepted_at = self.days.after(task.done_at, 1)
        return task

    def _owners(self) -> list[dict[str, Any]]:
        """Roles, those of the SLT, inspectors without an account, and two people outside."""
        managers = self.dice.sample([m for m in self.cast.managers() if m != self.leaver], 4)
        return [
            *[{"owner_role": Role.PA}] * 3,
            *[{"owner_role": Role.STAFF_OFFICER}] * 3,
            {"owner_role": Role.COMMANDER},
            *({"owner": member} for member in self.cast.slt),
            *({"owner": manager} for manager in managers * 2),
            *({"owner_name": name, "owner_email": email} for name, email in OUTSIDERS[:1]),
        ]

    def _plan(self, task: Task) -> None:
        self._act(task.made_at, task.setter, lambda: self._assign(task))
        for before, after in zip(task.dates, task.dates[1:], strict=False):
            at = self.days.on(before, "14:00", "17:00")
            self._act(at, self.cast.pa, lambda after=after: self._slip(task, after))
        if task.noted:
            at = task.made_at + timedelta(days=1)
            self._act(at, self.cast.pa, lambda: services.note_update(task.action, text=self.dice.choice(GOING)))
        if task.at_risk:
            at, why = self.days.before(1), self.dice.choice(WHY_AT_RISK)
            self._act(at, self.cast.staff_officer, lambda: services.say_at_risk(task.action, reason=why))
        if task.done_at:
            self._plan_end(task, task.done_at)

    def _plan_end(self, task: Task, done_at: datetime) -> None:
        words = self.dice.choice(HOW_DONE)
        who = self._who_says(task)
        self._act(done_at, who, lambda: services.discharge(task.action, words=words))
        if task.accepted_at:
            self._act(task.accepted_at, task.setter, lambda: self._accept(task))

    def _who_says(self, task: Task) -> Person:
        """The owner where they can sign in, else the PA for them."""
        role, person = task.owner.get("owner_role"), task.owner.get("owner")
        if role:
            return self.cast.role(role)
        return person if person in self.cast.slt else self.cast.pa

    def _assign(self, task: Task) -> None:
        chosen = fields(self.dice, self.cast.plan.units)
        said = self.dice.choice(sentences("tasks"))
        task.action = services.assign(
            title=said["title"].format_map(chosen),
            detail=said["detail"].format_map(chosen),
            asked=said["asked"],
            due_on=task.dates[0],
            **task.owner,
        )

    def _slip(self, task: Task, day: date) -> None:
        services.slip(task.action, due_on=day, reason=self.dice.choice(WHY_LATER))

    def _accept(self, task: Task) -> None:
        """Who set a thing for themselves has nobody to wait for: it is closed already."""
        if task.action.is_open:
            services.accept(task.action)

    def _record_leaving(self) -> None:
        record_leaving(self.leaver, left_on=clock.today())

    def _act(self, at: datetime, who: Person, do) -> None:
        self.past.plan(PART, at, self.cast.office, who, do)


_COUNTS = {
    "red": RED - 1,
    "amber": AMBER - 3,
    "green": OPEN - RED - AMBER - AWAITING - 2,
    "awaiting": AWAITING,
    "done": DONE,
}
"""Those of each colour, less the odd ones."""
