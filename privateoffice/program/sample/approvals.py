"""What goes out in the Commander's name: approved and sent, wanted now, and returned with a note."""

from collections.abc import Callable
from datetime import datetime, timedelta

from privateoffice.foundations.clock import clock
from privateoffice.foundations.offices.models import Person
from privateoffice.foundations.offices.roles import Role
from privateoffice.program.sample.callers import Callers
from privateoffice.program.sample.cast import Cast
from privateoffice.program.sample.days import Days
from privateoffice.program.sample.past import Past
from privateoffice.program.sample.words import fields, sentences
from privateoffice.spine.approvals import services
from privateoffice.spine.approvals.models import Addressee, Submission
from privateoffice.spine.approvals.services import Sender
from privateoffice.spine.deliveries import services as deliveries

PART = "approvals and deliveries"
SENT, WANTED, RETURNED = 12, 3, 2
EVENINGS = 4
"""On so many evenings the outbox was emptied of what the rooms had posted."""

NOTES = (
    "Soften the second paragraph.",
    "Say first what we did, then what we will do.",
    "Check the date with the unit before this goes.",
)


def sender_of(cast: Cast) -> Sender:
    """The Commander, as letters name them."""
    return Sender(cast.commander.ranked_name, cast.office.email, Role.COMMANDER)


def empty_outbox(past: Past, cast: Cast, after: datetime) -> None:
    """What may go out by then goes out, a minute after somebody let it go."""
    past.plan(PART, after + timedelta(minutes=1), cast.office, None, deliveries.send_due)


class Desk:
    """What one office puts before its Commander."""

    def __init__(self, past: Past, cast: Cast, days: Days, callers: Callers):
        self.past, self.cast, self.days, self.callers = past, cast, days, callers
        self.dice = days.dice

    def plan(self, scale: float) -> None:
        """Plan what was sent, what is wanted and what came back."""
        for place in range(max(1, round(SENT * scale))):
            self._plan_sent(self.days.before(3 + place * 3))
        for place in range(WANTED):
            self._offer(self.days.before(1), due=place)
        for place in range(RETURNED):
            item = self._offer(self.days.before(2 + place), due=place - 1)
            note = self.dice.choice(NOTES)
            self._act(self.days.before(1), self.cast.commander, lambda i=item, n=note: i.send_back(n))
        for back in range(EVENINGS, 0, -1):
            empty_outbox(self.past, self.cast, clock.moment(self.days.worked(-back), "17:45"))
        empty_outbox(self.past, self.cast, self.past.now - timedelta(minutes=1))

    def _plan_sent(self, at: datetime) -> None:
        item = self._offer(at, due=None)
        approved_at = self.days.after(at, 1)
        self._act(approved_at, self.cast.commander, item.approve)
        empty_outbox(self.past, self.cast, approved_at)

    def _offer(self, at: datetime, *, due: int | None) -> "Item":
        said = self.dice.choice(sentences("letters"))
        to = self.callers.one(said["to"])
        chosen = fields(self.dice, self.cast.plan.units, to.organisation) | {"name": to.name}
        chosen |= {"commander": self.cast.commander.name, "office": self.cast.plan.name}
        due_at = None if due is None else clock.moment(self.days.worked(due), "17:30")
        item = Item(self, {key: text.format_map(chosen) for key, text in said.items()}, to.name, to.email, due_at)
        drafter = self.dice.choice([self.cast.pa, self.cast.staff_officer])
        self._act(at, drafter, item.offer)
        return item

    def _act(self, at: datetime, who: Person, do: Callable[[], object]) -> None:
        self.past.plan(PART, at, self.cast.office, who, do)


class Item:
    """One thing to be approved."""

    submission: Submission

    def __init__(self, desk: Desk, said: dict[str, str], name: str, address: str, due_at: datetime | None):
        self.desk, self.said, self.name, self.address, self.due_at = desk, said, name, address, due_at

    def offer(self) -> None:
        """Put it before the Commander; it waits in the outbox meanwhile."""
        said = self.said
        self.submission = services.offer(
            item_class=said["class"],
            title=said["title"],
            summary=said["summary"],
            recommendation="Approve.",
            sender=sender_of(self.desk.cast),
            recipients=[Addressee("to", self.name, self.address)],
            subject=said["subject"],
            text=said["text"].replace(" / ", "\n\n"),
            due_at=self.due_at,
        )
        deliveries.post_when_approved(self.submission)

    def approve(self) -> None:
        offer = self.submission.offer
        services.approve(self.submission, fingerprint=offer.fingerprint)

    def send_back(self, note: str) -> None:
        services.return_with_note(self.submission, note=note)
