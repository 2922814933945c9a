"""Finding somebody for an open duty: asked in order of who has done least; the first to say yes has it."""

from dataclasses import dataclass

from django.db import transaction

from privateoffice.foundations.clock import clock, words
from privateoffice.foundations.offices.models import Person
from privateoffice.foundations.offices.verbs import fact, trail, verb
from privateoffice.rooms.rotas.models import Change, Duty, Invitation
from privateoffice.rooms.rotas.services.faults import AlreadyTaken, NothingFound
from privateoffice.rooms.rotas.services.judging import place_all
from privateoffice.rooms.rotas.services.letters import write
from privateoffice.rooms.rotas.services.links import link_of, new_secret
from privateoffice.rooms.rotas.services.problem import Ground, drafted, ground_of, problem_of
from privateoffice.rooms.rotas.services.publishing import publish_duties
from privateoffice.rooms.rotas.solver import answers, checker, model

MOST_ASKED = 5


@dataclass(frozen=True)
class Candidate:
    """Somebody who could take a duty: what they have done beside their target, and what the rules say."""

    person: Person
    deviation: int
    credits: int
    colour: str
    words: tuple[str, ...]
    forbidden: bool

    @property
    def why(self) -> str:
        """Why they stand where they stand in the order."""
        done = f"{words.counted(self.credits, 'day')} in the past year and this rota"
        if self.deviation == 0:
            return f"{done}: on target"
        side = "above" if self.deviation > 0 else "below"
        return f"{done}: {abs(self.deviation)} {side} target"


def candidates(ground: Ground, duty: Duty) -> list[Candidate]:
    """Everybody on the rota for this duty, who has done least first; those whom a rule forbids come last."""
    problem = problem_of(ground)
    placed = drafted(ground.duties)
    shares = {s.person: s for s in checker.fairness(problem, placed) if s.kind == model.TOTAL}
    members = [m for m in ground.members if duty.duty_type in m.duty_types.all() and m.person_id != duty.person_id]
    found = []
    for member in members:
        leaves = str(duty.person_id) if duty.person_id else ""
        effect = checker.check_one(problem, placed, answers.Change(str(duty.pk), leaves, str(member.person_id)))
        brings = [b for b in effect.brings if not b.accepted]
        share = shares.get(str(member.person_id))
        found.append(
            Candidate(
                person=member.person,
                deviation=share.deviation if share else 0,
                credits=share.credits if share else 0,
                colour=effect.colour,
                words=tuple(b.words for b in brings) or effect.words,
                forbidden=any(b.waiver is None for b in brings),
            )
        )
    return sorted(found, key=_turn)


def _turn(one: Candidate) -> tuple:
    rank = {"green": 0, "amber": 1, "red": 2}
    return (
        one.forbidden,
        rank.get(one.colour, 1) == 2,
        one.deviation,
        one.credits,
        one.person.surname,
        one.person.pk,
    )


@verb("rotas.invite")
def invite(duty: Duty, *, people: list[Person] | None = None) -> list[Invitation]:
    """Ask people to take an open duty, in order of who has done least. Whoever says yes first has it."""
    made = _ask(duty, people=people)
    if not made:
        raise NothingFound("Nobody is left whom the rules would let take this duty and who was not asked yet.")
    trail(duty.period, duty=fact(str(duty)), count=len(made))
    return made


def _ask(duty: Duty, *, people: list[Person] | None = None, at_once: int = MOST_ASKED) -> list[Invitation]:
    """Ask the next in order, as many as may be asked at once, of those whom the rules allow and nobody asked."""
    asked = {one.person_id for one in Invitation.objects.filter(duty=duty)}
    order = [one for one in candidates(ground_of(duty.period), duty) if not one.forbidden]
    wanted = [one for one in order if people is None or one.person in people]
    chosen = [one for one in wanted if one.person.pk not in asked][:at_once]
    return [_invite(duty, one, place) for place, one in enumerate(chosen, start=len(asked) + 1)]


def _invite(duty: Duty, one: Candidate, place: int) -> Invitation:
    secret, digest = new_secret()
    invitation = Invitation.objects.create(
        period=duty.period,
        duty=duty,
        person=one.person,
        place=place,
        why=one.why[:300],
        secret=digest,
        asked_at=clock.now(),
    )
    write(
        duty.period.office,
        one.person,
        subject=f"Can you take a duty? {duty.duty_type}, {words.short_day(duty.first_on)}",
        template="invited",
        once=f"{duty.period.reference}:open:{duty.pk}:{one.person.pk}",
        duty=duty,
        invitation=invitation,
        link=link_of(secret),
    )
    return invitation


@verb("rotas.take_open")
def take_open(invitation: Invitation) -> Change:
    """Take an open duty. The first has it; whoever comes after is told that it is gone."""
    taken = _won(invitation)
    if not taken:
        _answer(invitation, Invitation.Answer.TOO_LATE)
        raise AlreadyTaken
    duty = Duty.objects.select_related("duty_type", "person", "published").get(pk=invitation.duty_id)
    duty.period = invitation.period
    said = f"{invitation.person.ranked_name} took {duty.duty_type} of {words.short_day(duty.first_on)}"
    change = place_all(
        invitation.period,
        [(duty, invitation.person)],
        words=said,
        reason="Volunteered for an open duty",
        authorised_by=f"{invitation.person.ranked_name}, at their own wish",
    )
    if invitation.period.is_published:
        publish_duties(invitation.period, [duty.pk], reason=said)
    trail(invitation.period, person=fact(invitation.person.name), duty=fact(str(duty)))
    return change


def _won(invitation: Invitation) -> bool:
    """Whether the duty was still open when this answer came; the row of the duty lets one through."""
    with transaction.atomic():
        duty = Duty.objects.select_for_update(of=("self",)).get(pk=invitation.duty_id)
        is_gone = Invitation.objects.filter(duty=duty, answer=Invitation.Answer.TAKEN).exists()
        if is_gone or duty.person_id is not None:
            return False
        _answer(invitation, Invitation.Answer.TAKEN)
        return True


@verb("rotas.decline_open")
def decline_open(invitation: Invitation) -> Invitation:
    """Say no to an open duty. While it is open, the next in order is asked in the place of whoever declined."""
    _answer(invitation, Invitation.Answer.DECLINED)
    trail(invitation.period, person=fact(invitation.person.name))
    _ask_the_next(invitation)
    return invitation


def _ask_the_next(declined: Invitation) -> None:
    duty = Duty.objects.select_related("duty_type", "person", "published").get(pk=declined.duty_id)
    duty.period = declined.period
    if duty.person_id is None and duty.starts_at > clock.now():
        _ask(duty, at_once=1)


def _answer(invitation: Invitation, answer: str) -> None:
    invitation.answer, invitation.answered_at = answer, clock.now()
    invitation.save(update_fields=["answer", "answered_at"])
