"""Matters: one thread of each office that runs from an enquiry to an action and a letter, and a few more."""

from collections.abc import Callable
from datetime import datetime

from privateoffice.connectors.mail.writing import Person
from privateoffice.foundations.offices import models as offices
from privateoffice.foundations.offices.roles import Role
from privateoffice.foundations.records import services as records
from privateoffice.foundations.records.models import Link, Matter
from privateoffice.program.sample.approvals import empty_outbox, sender_of
from privateoffice.program.sample.callers import Callers
from privateoffice.program.sample.cast import Cast
from privateoffice.program.sample.days import Days
from privateoffice.program.sample.mail import answer, conversation_of
from privateoffice.program.sample.past import Past
from privateoffice.program.sample.words import fields, sentences
from privateoffice.rooms.enquiries import services as enquiries
from privateoffice.rooms.enquiries.models import Enquiry, EnquiryKind
from privateoffice.spine.actions import services as actions
from privateoffice.spine.actions.models import Action
from privateoffice.spine.approvals import services as approvals
from privateoffice.spine.approvals.models import Addressee, Submission
from privateoffice.spine.correspondence.models import Conversation
from privateoffice.spine.deliveries import services as deliveries

PART = "matters"


class Thread:
    """One matter of one office, and everything that comes to lie on it."""

    matter: Matter
    enquiry: Enquiry
    letter: Conversation
    action: Action
    submission: Submission

    def __init__(self, past: Past, cast: Cast, days: Days, callers: Callers, said: dict[str, str], start: int):
        self.past, self.cast, self.days, self.start = past, cast, days, start
        self.caller = callers.one(said["from"])
        chosen = fields(days.dice, cast.plan.units, self.caller.organisation)
        self.said = {key: text.format_map(chosen | {"name": self.caller.name}) for key, text in said.items()}

    def plan(self) -> None:
        """The matter opens with an enquiry; an owner contributes; a letter is drafted, approved and sent."""
        self._act(0, self.cast.pa, self._open)
        self._act(1, self.cast.pa, lambda: enquiries.note(self.enquiry, text=self.said["note"]))
        self._act(1, self.cast.staff_officer, self._ask)
        self._act(4, self.cast.pa, self._answered)
        self._act(5, self.cast.staff_officer, self._draft)
        if self.said["ends"] == "sent":
            self._act(6, self.cast.commander, self._approve)
            empty_outbox(self.past, self.cast, self._at(7))
            self._act(7, self.cast.staff_officer, self._finish)

    def _act(self, step: int, who: offices.Person, do: Callable[[], object]) -> None:
        self.past.plan(PART, self._at(step), self.cast.office, who, do)

    def _at(self, step: int) -> datetime:
        """Steps keep their order on one day, too."""
        hour = ("09", "10", "11", "13", "14", "15", "16", "17")[step]
        return self.days.on(self.days.worked(step - self.start), f"{hour}:05", f"{hour}:55")

    def _open(self) -> None:
        self.matter = records.open_matter(title=self.said["title"], summary=self.said["summary"])
        who = Person(self.caller.email, self.caller.name)
        asked = f"{self.said['asked']}\n\n{self.caller.name}"
        self.letter = conversation_of(self.cast, who, self.said["enquiry"], asked)
        records.put_on(self.matter, self.letter)
        self.enquiry = enquiries.log_from(
            self.letter,
            title=self.said["enquiry"],
            asked=self.said["asked"],
            channel="email",
            kind=EnquiryKind.objects.get(slug=self.said["kind"]),
            matter=self.matter,
            **self.caller.as_logged,
        )
        enquiries.acknowledge(self.enquiry, how="email")

    def _ask(self) -> None:
        manager = self.cast.managers()[0]
        self.action = actions.assign(
            title=self.said["action"],
            detail=self.said["asked"],
            asked=self.matter.title[:120],
            due_on=self.days.worked(5 - self.start),
            owner=manager,
            setter_role=Role.PA,
            arises_from=self.enquiry,
        )

    def _answered(self) -> None:
        actions.discharge(self.action, words=self.said["answer"])
        actions.accept(self.action)

    def _draft(self) -> None:
        self.submission = approvals.offer(
            item_class="letter",
            title=self.said["letter"],
            summary=self.said["summary"][:300],
            recommendation="Approve.",
            sender=sender_of(self.cast),
            recipients=[Addressee("to", self.caller.name, self.caller.email)],
            subject=self.said["letter"],
            text=f"{self.said['text']}\n\nYours sincerely\n\n{self.cast.commander.name}".replace(" / ", "\n\n"),
        )
        records.put_on(self.matter, self.submission)
        records.link(self.submission, self.enquiry, Link.Kind.REPLIES_TO)
        records.put_on(self.matter, deliveries.post_when_approved(self.submission))

    def _approve(self) -> None:
        approvals.approve(self.submission, fingerprint=self.submission.offer.fingerprint)

    def _finish(self) -> None:
        answer(
            self.cast, self.letter, Person(self.caller.email, self.caller.name), self.submission.latest_offer.text
        )
        enquiries.resolve(self.enquiry, answer=f"{self.said['letter']}: sent in the Commander’s name.")


def plan(past: Past, cast: Cast, days: Days, callers: Callers, scale: float) -> None:
    """Plan the matters of one office: its own first, then some that every office has."""
    own = [said for said in sentences("matters") if said["office"] == cast.plan.slug]
    every = [said for said in sentences("matters") if said["office"] == "every"]
    shown = [*own, *every[: max(1, round(len(every) * scale))]]
    for place, said in enumerate(shown):
        Thread(past, cast, days, callers, said, start=6 if not place else 9 + 7 * place).plan()
