"""Letters that are followed up: a holding reply, contributions owed, come and taken, kinds confirmed."""

from collections.abc import Callable
from datetime import datetime

from privateoffice.connectors.mail.writing import Person as Correspondent
from privateoffice.foundations.clock import clock, working_days
from privateoffice.foundations.offices.models import Office, Person
from privateoffice.program.sample.approvals import empty_outbox
from privateoffice.program.sample.callers import FREQUENT, Callers, Said
from privateoffice.program.sample.cast import Cast
from privateoffice.program.sample.days import FIRST_DAY_BACK, Days
from privateoffice.program.sample.mail import answer_to_us, conversation_of
from privateoffice.program.sample.past import Past
from privateoffice.program.sample.words import fields, sentences
from privateoffice.rooms.following import services
from privateoffice.rooms.following.models import Contribution, ReplyClock
from privateoffice.spine.approvals import services as approvals
from privateoffice.spine.approvals.models import Submission
from privateoffice.spine.correspondence import services as correspondence
from privateoffice.spine.correspondence.models import Conversation
from privateoffice.spine.deliveries.models import Delivery
from privateoffice.spine.letters import services as letters
from privateoffice.spine.letters.models import Class, Draft

PART = "following up"
HOURS = ("09", "10", "11", "13", "14", "15", "16")
CONFIRMED = 6
KNOWN = {
    "coroner": Class.PARTNER,
    "cps": Class.PARTNER,
    "force": Class.PARTNER,
    "partner": Class.PARTNER,
    "press": Class.PRESS,
    "staff": Class.INTERNAL,
}


class Followed:
    """One letter and what is asked for its reply."""

    letter: Conversation
    asked: Contribution

    def __init__(self, past: Past, cast: Cast, days: Days, caller: Said, said: dict[str, str]):
        self.past, self.cast, self.days, self.caller = past, cast, days, caller
        chosen = fields(days.dice, cast.plan.units, caller.organisation) | {"name": caller.name}
        self.said = {key: text.format_map(chosen) for key, text in said.items()}
        self.start = -int(said["days_ago"])

    def plan(self) -> None:
        """It comes and is given its kind; somebody is asked; it is held, where it is; what comes is looked at."""
        self._act(0, 0, self._come)
        self._act(0, 1, lambda: services.set_kind(self._clock(), kind=self.said["kind"]))
        if self.said["title"]:
            self._act(0, 2, self._ask)
        if self.said["holds"]:
            self._plan_holding()
        if self.said["sent"]:
            self._act(2, 3, self._receive)
        if self.said["ends"] == "accepted":
            self._act(2, 5, lambda: services.accept(self.asked))
        elif self.said["ends"] == "again":
            day = self.days.worked(2)
            self._act(2, 5, lambda: services.ask_again(self.asked, reason=self.said["more"], due_on=day))

    def _plan_holding(self) -> None:
        self._act(1, 0, self._hold)
        self._act(1, 2, self._approve, self.cast.commander)
        empty_outbox(self.past, self.cast, self._at(1, 3))
        self.past.plan(PART, self._at(1, 5), self.cast.office, None, lambda: services.follow_all(self._office))

    def _act(self, day: int, hour: int, do: Callable[[], object], who: Person | None = None) -> None:
        self.past.plan(PART, self._at(day, hour), self.cast.office, who or self.cast.pa, do)

    def _at(self, day: int, hour: int) -> datetime:
        place = self.start + day if self.start + day else 0
        return self.days.on(
            self.days.worked(place) if place else self.days.today, f"{HOURS[hour]}:05", f"{HOURS[hour]}:55"
        )

    @property
    def _office(self) -> Office:
        return self.cast.office

    def _come(self) -> None:
        who = Correspondent(self.caller.email, self.caller.name)
        text = f"{self.said['text']}\n\n{self.caller.name}".replace(" / ", "\n\n")
        self.letter = conversation_of(self.cast, who, self.said["subject"], text)

    def _clock(self) -> ReplyClock:
        return ReplyClock.objects.select_related("record__office").filter(record_id=self.letter.pk).latest("pk")

    def _ask(self) -> None:
        due = working_days.add(clock.today(), int(self.said["due_in"]))
        contributor = {"owner_name": self.said["from_name"], "owner_email": self.said["from_email"]}
        if not self.said["from_name"]:
            contributor = {"owner": self.cast.managers()[0]}
        self.asked = services.ask(
            self.letter, title=self.said["title"], asked=self.said["asked"], due_on=due, **contributor
        )

    def _hold(self) -> None:
        made = services.hold(
            self._clock(), promised_on=self.days.worked(int(self.said["holds"])), reason=self.said["why"]
        )
        draft = Draft.objects.get(reference=made.draft)
        for finding in letters.findings_on(draft):
            letters.accept(draft, finding=finding, reason="They wrote to us.")
        self.gone = letters.dispatch(draft, seen=draft.version, recommendation="Let it go.")

    def _approve(self) -> None:
        submission = Submission.objects.filter(reference=self.gone.submission).first()
        if submission:
            approvals.approve(submission, fingerprint=submission.offer.fingerprint)

    def _receive(self) -> None:
        """The contributor answers the letter that asked, and both readers of the worker find it."""
        action = services.action_of(self.asked)
        chase = action.chases.filter(rung="asked").first() if action else None
        if action is None or chase is None:
            return
        asked = Delivery.objects.get(reference=chase.delivery)
        who = Correspondent(action.owner_email or action.owner.email, action.owner_words)
        answer_to_us(
            self.cast, who, f"Re: {asked.subject}", self.said["sent"].replace(" / ", "\n\n"), asked.message_id
        )
        correspondence.read_answers()
        services.take_in_contributions(self.cast.office)


def _know_who_writes(cast: Cast, callers: Callers) -> None:
    """The Staff Officer has said of those who write often to which class they belong."""
    for sort, recipient_class in KNOWN.items():
        for caller in callers.by_sort[sort][:FREQUENT]:
            letters.class_as(cast.office, place=caller.email, recipient_class=recipient_class)


def _confirm_kinds() -> None:
    """The PA has confirmed the kinds of some letters; the others are proposed still."""
    proposed = ReplyClock.objects.running().filter(kind_by="").select_related("record__office")
    for one in proposed.order_by("received_at")[:CONFIRMED]:
        services.set_kind(one, kind=one.kind)


def plan(past: Past, cast: Cast, days: Days, callers: Callers) -> None:
    """Plan what one office follows up. The same letters come to each office, from others."""
    begun = days.before(FIRST_DAY_BACK)
    past.plan(PART, begun, cast.office, cast.staff_officer, lambda: _know_who_writes(cast, callers))
    for said in sentences("following"):
        Followed(past, cast, days, callers.one(said["from"]), said).plan()
    past.plan(PART, past.now, cast.office, cast.pa, _confirm_kinds)
