"""Every verb of the rooms that owe something, as one act on whatever stands there: tried in any order.

An act takes the life of the office and picks what it needs from it. Whatever the verb refuses, it refuses.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from privateoffice.connectors.mail.sources import messages_in
from privateoffice.desk.handover import services as handover
from privateoffice.desk.handover.models import CoverNote
from privateoffice.desk.ledger import services as ledger
from privateoffice.foundations.clock import clock, working_days
from privateoffice.foundations.offices import services as offices
from privateoffice.foundations.offices.models import Cover, Holding, Person, Unit
from privateoffice.rooms.enquiries import services as enquiries
from privateoffice.rooms.enquiries.models import Enquiry, EnquiryKind
from privateoffice.spine.actions import services as actions
from privateoffice.spine.actions.models import Action
from privateoffice.spine.approvals import services as approvals
from privateoffice.spine.approvals.models import Addressee, Delegation, Submission
from privateoffice.spine.approvals.services import Sender
from privateoffice.spine.correspondence import services as correspondence
from privateoffice.spine.correspondence.models import Answer, Ask, Conversation, ImportRun
from privateoffice.spine.correspondence.tests.letters import answer, lay, letter
from privateoffice.spine.deliveries import services as deliveries
from privateoffice.spine.deliveries.models import Delivery

ROOMS = ("enquiries", "actions", "approvals", "deliveries", "correspondence", "offices", "ledger", "handover")
NOTHING_TO_DO_WITH_IT = {
    *("offices.add", "offices.invite", "offices.reset_second_factor", "offices.settle", "offices.import_staff"),
    *("offices.correct_person", "offices.enter_person", "offices.administer", "correspondence.ask_for_pictures"),
}
"""Verbs that touch neither what is owed nor who owes it."""

OFFICE = Sender("Homicide private office", "office@homicide.example", "pa")
COMMANDER = Sender("Detective Chief Superintendent Imogen Calderwick", "commander@homicide.example")
OKONJO = [Addressee("to", "Bram Okonjo", "bram.okonjo@prestwood.example")]
POST = [Addressee("post", "Bram Okonjo", "1 Hollin Way\nNorthmere")]

ACTS: dict[str, Callable[[Any], Any]] = {}


class Nothing(Exception):
    """There is nothing yet on which this act could be done."""


def act(verb: str) -> Callable:
    def declare(function: Callable) -> Callable:
        ACTS[verb] = function
        return function

    return declare


def one(life: Any, rows: Any) -> Any:
    """One of these rows, by the number that Hypothesis drew."""
    found = list(rows.order_by("pk"))
    if not found:
        raise Nothing
    return found[life.which % len(found)]


def day(ahead: int):
    return working_days.add(clock.today(), ahead)


def _on(model: Any, do: Callable) -> Callable:
    return lambda life: do(one(life, model.objects.all()), life)


ON_AN_ENQUIRY = {
    "enquiries.acknowledge": lambda e, life: enquiries.acknowledge(e, how="phone"),
    "enquiries.promise": lambda e, life: enquiries.promise(e, due_at=clock.moment(day(3), "16:00"), reason="x"),
    "enquiries.reclassify": lambda e, life: enquiries.reclassify(e, kind=one(life, EnquiryKind.objects)),
    "enquiries.pass_on": lambda e, life: enquiries.pass_on(e, role=["pa", "staff_officer"][life.which % 2]),
    "enquiries.note": lambda e, life: enquiries.note(e, text="Rang"),
    "enquiries.resolve": lambda e, life: enquiries.resolve(e, answer="Yes"),
    "enquiries.redirect": lambda e, life: enquiries.redirect(e, unit=one(life, Unit.objects.filter(office=None))),
    "enquiries.accept": lambda e, life: enquiries.accept(e, accepted_by="M. Vantongeren"),
    "enquiries.recall": lambda e, life: enquiries.recall(e, reason="Wrong door"),
    "enquiries.chase": lambda e, life: enquiries.chase(e),
    "enquiries.reopen": lambda e, life: enquiries.reopen(e, reason="Again"),
    "enquiries.split": lambda e, life: enquiries.split(e, title="And?", asked="And?", kind=e.enquiry_kind),
    "enquiries.correct": lambda e, life: enquiries.correct(
        e, seen=e.version, **({"due_at": None} if life.which % 3 == 0 else {"title": "Corrected"})
    ),
}
ON_AN_ACTION = {
    "actions.revise": lambda a, life: actions.revise(a, seen=a.version, title="Do it", detail="x"),
    "actions.slip": lambda a, life: actions.slip(a, due_on=day(life.which % 9), reason="Court"),
    "actions.pass_on": lambda a, life: actions.pass_on(a, reason="Leave", **owner(life)),
    "actions.say_at_risk": lambda a, life: actions.say_at_risk(a, reason="Court"),
    "actions.say_on_track": lambda a, life: actions.say_on_track(a),
    "actions.note_update": lambda a, life: actions.note_update(a, text="Half done"),
    "actions.nudge": lambda a, life: actions.nudge(a),
    "actions.write_to_owner": lambda a, life: actions.write_to_owner(a, subject="A word", text="May we have it?"),
    "actions.pause_chasing": lambda a, life: actions.pause_chasing(a, until=day(4), reason="On leave"),
    "actions.resume_chasing": lambda a, life: actions.resume_chasing(a),
    "actions.discharge": lambda a, life: actions.discharge(a, words="Done"),
    "actions.accept": lambda a, life: actions.accept(a),
    "actions.send_back": lambda a, life: actions.send_back(a, reason="Not yet"),
    "actions.withdraw": lambda a, life: actions.withdraw(a, reason="Not wanted"),
    "actions.reopen": lambda a, life: actions.reopen(a, reason="Again"),
}
ON_A_SUBMISSION = {
    "approvals.amend": lambda s, life: approvals.amend(s, seen=s.version, text=f"Dear Sir {life.which}"),
    "approvals.approve": lambda s, life: approvals.approve(s, fingerprint=seen_of(s)),
    "approvals.return": lambda s, life: approvals.return_with_note(s, note="Shorter"),
    "approvals.withdraw": lambda s, life: approvals.withdraw(s, reason="Not wanted"),
    "approvals.discharge": lambda s, life: approvals.discharge(s),
    "approvals.record_paper": lambda s, life: approvals.record_paper_approval(
        s, fingerprint=seen_of(s), approver=life.cast.commander.person, scan=b"%PDF-1.7", signed_on=clock.today()
    ),
}
ON_A_DELIVERY = {
    "deliveries.withdraw": lambda d, life: deliveries.withdraw(d),
    "deliveries.hold": lambda d, life: deliveries.hold(d, reason="Wait"),
    "deliveries.release": lambda d, life: deliveries.release(d),
    "deliveries.settle_uncertain": lambda d, life: deliveries.settle_uncertain(d, was_sent=life.which % 2 == 0),
    "deliveries.send_again": lambda d, life: deliveries.send_again(d),
    "deliveries.see_to_bounce": lambda d, life: deliveries.see_to_bounce(d),
    "deliveries.give_up": lambda d, life: deliveries.give_up(d, words="No such house"),
}
for model, acts in (
    (Enquiry, ON_AN_ENQUIRY),
    (Action, ON_AN_ACTION),
    (Submission, ON_A_SUBMISSION),
    (Delivery, ON_A_DELIVERY),
):
    ACTS |= {verb: _on(model, do) for verb, do in acts.items()}


def seen_of(submission: Submission) -> str:
    if submission.offer is None:
        raise Nothing
    return submission.offer.fingerprint


def owner(life: Any) -> dict[str, Any]:
    """A role, somebody of the directory, or somebody outside."""
    return (
        {"owner_role": "staff_officer"},
        {"owner": life.cast.slt_member.person},
        {"owner_name": "Bram Okonjo", "owner_email": "bram.okonjo@prestwood.example"},
    )[life.which % 3]


@act("enquiries.log")
def log(life: Any) -> None:
    kind = one(life, EnquiryKind.objects)
    enquiries.log(title="A question", asked="Who?", channel="phone", kind=kind)


@act("actions.assign")
def assign(life: Any) -> None:
    actions.assign(title="Book the room", due_on=day(life.which % 12), **owner(life))


@act("actions.pass_on_all")
def pass_on_all(life: Any) -> None:
    actions.pass_on_all(life.cast.slt_member.person, reason="Left", owner_role="pa")


@act("actions.climb")
def climb(life: Any) -> None:
    with life.system():
        actions.climb(clock.now())


@act("approvals.offer")
def offer(life: Any) -> None:
    channel = ("mail", "post")[life.which % 2]
    approvals.offer(
        item_class="mail" if channel == "mail" else "letter",
        title="To Mr Okonjo",
        sender=COMMANDER,
        recipients=OKONJO if channel == "mail" else POST,
        subject="Your letter",
        text="Dear Mr Okonjo",
        channel=channel,
        due_at=clock.moment(day(2), "12:00") if life.which % 3 else None,
    )


@act("approvals.delegate")
def delegate(life: Any) -> None:
    until = clock.now() + timedelta(days=3)
    staff_officer = life.cast.staff_officer.person
    approvals.delegate(staff_officer, item_classes=["mail"], starts_at=clock.now(), ends_at=until)


@act("approvals.revoke")
def revoke(life: Any) -> None:
    approvals.revoke_delegation(one(life, Delegation.objects))


@act("deliveries.post")
def post(life: Any) -> None:
    waiting = Submission.objects.awaiting().filter(offers__channel="mail").distinct()
    if life.which % 2 and waiting.exists():
        deliveries.post_when_approved(one(life, waiting))
    else:
        deliveries.post(sender=OFFICE, recipients=OKONJO, subject="Thank you", text="Attached.")


@act("deliveries.hold_all")
def hold_all(life: Any) -> None:
    deliveries.hold_all(reason="Wait")


@act("correspondence.take_in")
def take_in(life: Any) -> None:
    """A question; our answer to an earlier one; a machine; or what is no message at all."""
    number = life.next_number()
    raw = (
        letter(f"Question {number}", message_id=f"q{number}", days_ago=0),
        answer(f"q{number - 1}", f"Re: Question {number - 1}", sender=life.ours, days_ago=0),
        letter("Out of office", auto_submitted="auto-replied", days_ago=0),
        b"\x00\x01\x02 no message at all",
    )[life.which % 4]
    folder = lay(life.folder / str(number), raw)
    correspondence.take_in(messages_in(folder), source=folder.name)


@act("correspondence.look_at")
def look_at(life: Any) -> None:
    correspondence.look_at(one(life, ImportRun.objects))


@act("correspondence.hand_over")
def hand_over(life: Any) -> None:
    correspondence.hand_over()


@act("correspondence.dispose")
def dispose(life: Any) -> None:
    """One of the ways that need nothing made; or an enquiry made of it."""
    ask = one(life, Ask.objects.open())
    way = ("answered", "filed", "for_commander", "waiting", "no_action", "enquiry")[life.which % 6]
    if way == "enquiry":
        kind = EnquiryKind.objects.get(slug="general")
        said = {"title": "From a letter", "asked": "May we?", "channel": "email", "kind": kind}
        correspondence.hand_on(ask, way=way, **said)
    else:
        until = {"until_at": clock.now() + timedelta(days=2)} if way == "waiting" else {}
        correspondence.dispose(ask, way=way, **until)


ON_AN_ASK = {
    "correspondence.undo": lambda a, life: correspondence.undo(a),
    "correspondence.put_off": lambda a, life: correspondence.put_off(a, until_at=clock.now() + timedelta(days=1)),
    "correspondence.split": lambda a, life: correspondence.split(a, quoted="May I ask?"),
    "correspondence.see": lambda a, life: correspondence.see(a),
    "correspondence.rule": lambda a, life: correspondence.rule(a, words="Yes"),
}
ACTS |= {verb: _on(Ask, do) for verb, do in ON_AN_ASK.items()}


@act("correspondence.keep_private")
def keep_private(life: Any) -> None:
    correspondence.keep_private(one(life, Conversation.objects.all()))


@act("correspondence.bring_back")
def bring_back(life: Any) -> None:
    with life.system():
        correspondence.bring_back(life.cast.homicide)


@act("correspondence.read_answers")
def read_answers(life: Any) -> None:
    with life.system():
        correspondence.read_answers()


@act("correspondence.decide_answer")
def decide_answer(life: Any) -> None:
    correspondence.decide_answer(one(life, Answer.objects.all()), said="done")


@act("enquiries.take_back")
def take_back_enquiry(life: Any) -> None:
    enquiries.take_back(one(life, Enquiry.objects.open()))


@act("offices.grant_cover")
def grant_cover(life: Any) -> None:
    offices.grant_cover(
        office=life.cast.homicide,
        coverer=life.cast.outsider.person,
        covered=life.cast.pa.person,
        starts_at=clock.now(),
        ends_at=clock.now() + timedelta(hours=1 + life.which % 30),
    )


@act("offices.end_cover")
def end_cover(life: Any) -> None:
    offices.end_cover(one(life, Cover.objects.ahead(clock.now())))


@act("offices.appoint")
def appoint(life: Any) -> None:
    with life.administering():
        person = one(life, Person.everyone.filter(office=life.cast.homicide))
        offices.appoint(person, role="reader", office=life.cast.homicide)


@act("offices.relieve")
def relieve(life: Any) -> None:
    with life.administering():
        offices.relieve(one(life, Holding.objects.filter(role__in=["slt_member", "reader"])))


@act("offices.record_leaving")
def record_leaving(life: Any) -> None:
    offices.record_leaving(life.cast.slt_member.person, left_on=clock.today() + timedelta(days=life.which % 3))


@act("offices.end_access")
def end_access(life: Any) -> None:
    offices.end_access(life.cast.slt_member.person)


@act("offices.move_person")
def move_person(life: Any) -> None:
    with life.administering():
        offices.move_person(life.cast.reader.person, office=life.cast.proactive)


@act("ledger.check")
def check(life: Any) -> None:
    ledger.check(life.cast.homicide)


@act("handover.make")
def make(life: Any) -> None:
    handover.make(one(life, Cover.objects.ahead(clock.now())))


@act("handover.write_down")
def write_down(life: Any) -> None:
    handover.write_down(life.cast.homicide, role="pa", rules="No calls before nine.", questions="")


@act("handover.hand_back")
def hand_back(life: Any) -> None:
    handover.hand_back(one(life, CoverNote.objects.all()), words="All quiet.")


@act("handover.take_back")
def take_back(life: Any) -> None:
    handover.take_back(one(life, CoverNote.objects.all()))


CHAINS = (
    ("enquiries.redirect pa", "enquiries.chase pa", "enquiries.accept pa", "enquiries.reopen pa"),
    ("enquiries.redirect pa", "enquiries.recall pa", "enquiries.resolve pa", "enquiries.reopen commander"),
    (
        "correspondence.take_in pa",
        "correspondence.dispose pa",
        "correspondence.undo pa",
        "correspondence.bring_back pa",
    ),
    (
        "correspondence.take_in pa",
        "correspondence.split pa",
        "correspondence.put_off pa",
        "correspondence.dispose pa",
    ),
    ("enquiries.acknowledge pa", "enquiries.split pa", "enquiries.reclassify pa", "enquiries.promise pa"),
    ("actions.discharge staff_officer", "actions.accept pa", "actions.reopen pa", "actions.climb pa"),
    ("actions.discharge staff_officer", "actions.send_back pa", "actions.nudge pa", "actions.slip pa"),
    (
        "actions.pause_chasing pa",
        "actions.resume_chasing pa",
        "offices.record_leaving pa",
        "actions.pass_on_all pa",
    ),
    ("approvals.offer pa", "approvals.approve commander", "outbox"),
    (
        "approvals.offer pa",
        "approvals.return commander",
        "approvals.amend pa",
        "approvals.record_paper staff_officer",
    ),
    ("approvals.offer pa", "deliveries.post pa", "approvals.withdraw pa"),
    ("approvals.approve commander", "approvals.discharge pa"),
    ("approvals.delegate commander", "approvals.revoke commander"),
    ("deliveries.hold pa", "deliveries.release pa", "deliveries.withdraw pa"),
    (
        "correspondence.keep_rule pa",
        "correspondence.try_rule pa",
        "correspondence.switch_on pa",
        "correspondence.let_act_alone pa",
        "correspondence.take_in pa",
        "correspondence.undo pa",
    ),
    ("deliveries.hold_all pa", "deliveries.release pa", "outbox"),
    ("offices.grant_cover pa", "handover.make pa", "handover.hand_back outsider", "offices.end_cover pa"),
    ("offices.end_cover pa", "handover.take_back pa", "enquiries.note outsider"),
)
"""What follows from one another in an office, each with who does it: a random walk would seldom get so far."""
