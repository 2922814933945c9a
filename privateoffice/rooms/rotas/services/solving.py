"""Putting questions to the solver: asked here, worked out by the worker, taken or left by a person."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Max

from privateoffice.foundations.clock import clock
from privateoffice.foundations.offices import scope
from privateoffice.foundations.offices.models import Person
from privateoffice.foundations.offices.verbs import fact, trail, verb
from privateoffice.rooms.rotas.models import Change, Duty, Period, Run
from privateoffice.rooms.rotas.services.faults import NothingFound, Overtaken, StillGoing
from privateoffice.rooms.rotas.services.filling import fill
from privateoffice.rooms.rotas.services.judging import place_all
from privateoffice.rooms.rotas.services.placing import Placing, cut_at
from privateoffice.rooms.rotas.services.problem import Ground, drafted, ground_of, problem_of, published_of
from privateoffice.rooms.rotas.services.publishing import publish_duties
from privateoffice.rooms.rotas.solver import answers, model, process

MOST_ASKED = 3
"""Gaps that one question explains: each takes seconds, and the first usually explains the next."""
CUT = "~"
KINDS = {"fewest": "The fewest changes", "fairest": "The fairest", "cheapest": "The cheapest for those told late"}


@verb("rotas.ask_solver")
def ask_solver(period: Period, *, kind: str, **asked: Any) -> Run:
    """Put a question down for the worker. One of a kind is worked on at a time."""
    number = (Run.objects.filter(period=period).aggregate(last=Max("number"))["last"] or 0) + 1
    try:
        with transaction.atomic():
            run = Run.objects.create(
                period=period,
                number=number,
                kind=kind,
                asked=asked,
                basis=period.last_change,
                asked_at=clock.now(),
                asked_by=scope.current().actor,
            )
    except IntegrityError:
        raise StillGoing from None
    trail(period, what=fact(run.get_kind_display().lower()))
    return run


@verb("rotas.stop_solver")
def stop_solver(run: Run) -> Run:
    """Ask the solver to stop. What it has found by then is offered."""
    Run.objects.filter(pk=run.pk, ended_at=None).update(asked_to_stop_at=clock.now())
    trail(run.period)
    return run


def work_out(run: Run) -> None:
    """Answer one question, in the worker. A second try of the same run begins anew; one that has ended stays."""
    if run.ended_at:
        return
    Run.objects.filter(pk=run.pk).update(state=Run.State.GOING, progress=[])
    try:
        result = ANSWERED[run.kind](run, ground_of(run.period))
        state = Run.State.DONE
    except process.SolverFailed as fault:
        result, state = {"fault": str(fault)}, Run.State.FAILED
    stopped = Run.objects.filter(pk=run.pk).exclude(asked_to_stop_at=None).exists()
    end = Run.State.STOPPED if stopped and state == Run.State.DONE else state
    Run.objects.filter(pk=run.pk).update(state=end, result=result, ended_at=clock.now())


def _why(run: Run, ground: Ground) -> dict[str, Any]:
    """Why each of the first gaps cannot be filled, and what would have to give."""
    wanted = run.asked.get("duties") or [duty.pk for duty in ground.duties if duty.person_id is None]
    problem, rota = problem_of(ground), drafted(ground.duties)
    found = [process.explain(problem, str(key), rota) for key in wanted[:MOST_ASKED] if str(key) in problem.block]
    return {"why": [_explained(one, rota) for one in found], "left_out": max(0, len(wanted) - MOST_ASKED)}


def _explained(one: answers.Explanation, rota: tuple[model.Assignment, ...]) -> dict[str, Any]:
    return {
        "duty": one.block,
        "sentence": one.sentence,
        "reasons": [reason.words for reason in one.reasons],
        "verified": one.verified and one.minimal,
        "ways": [
            {
                "words": way.words,
                "price": way.price,
                "asks": bool(way.waivers),
                "assignments": _differences(way.assignments, rota),
            }
            for way in one.ways_out
        ],
    }


def _differences(wanted: Any, rota: tuple[model.Assignment, ...]) -> list[list[str]]:
    """Each block that has somebody else, as block and person."""
    before = {each.block: each.person for each in rota}
    after = {each.block: each.person for each in wanted}
    keys = [key for key in (*before, *after) if before.get(key, "") != after.get(key, "")]
    return [[key, after.get(key, "")] for key in dict.fromkeys(keys)]


def _mend(run: Run, ground: Ground) -> dict[str, Any]:
    """Three answers to an absence, each as what moves, with the notice given."""
    said = run.asked
    first, last = date.fromisoformat(said["first"]), date.fromisoformat(said["last"])
    absence = model.Absence(str(said["person"]), first, last, said["away"])
    at = datetime.fromisoformat(said["at"])
    pinned = [duty for duty in ground.duties if not duty.is_pinned]
    problem, rota = problem_of(ground, free=pinned), published_of(ground.duties)
    options = process.mend(problem, rota, [absence], at)
    return {"options": _distinct([_option(one) for one in options])}


def _option(one: answers.Mend) -> dict[str, Any]:
    return {
        "kinds": [KINDS[one.kind]],
        "moves": [
            {
                "block": move.block,
                "leaves": move.leaves,
                "takes": move.takes,
                "clear_days": move.clear_days,
                "hours": move.hours,
                "words": move.words,
            }
            for move in one.moves
        ],
        "changes": one.changes,
        "proven": one.proven,
        "gaps": [gap.words for gap in one.gaps],
        "waived": [each.words for each in one.waived],
        "unfairness": one.unfairness,
        "notice_cost": one.notice_cost,
    }


def _distinct(options: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Answers that move the same are one, with all that it is best in."""
    found: dict[str, dict[str, Any]] = {}
    for option in options:
        key = repr(sorted((m["block"], m["leaves"], m["takes"]) for m in option["moves"]))
        if key in found:
            found[key]["kinds"] += option["kinds"]
            found[key]["proven"] = found[key]["proven"] or option["proven"]
        else:
            found[key] = option
    return list(found.values())


ANSWERED: dict[str, Callable[[Run, Ground], dict[str, Any]]] = {
    Run.Kind.FILL: fill,
    Run.Kind.WHY: _why,
    Run.Kind.MEND: _mend,
}


@verb("rotas.take_plan")
def take_plan(run: Run, *, option: str = "", reason: str = "", authorised_by: str = "") -> Change:
    """Take what the solver found into the draft; a mend is published at once, and those affected are told."""
    period = Period.objects.for_list().select_for_update(of=("self",)).get(pk=run.period_id)
    if period.last_change != run.basis:
        raise Overtaken
    wanted, words, proof = PLANNED[run.kind](run, option)
    placings = _placings(period, wanted)
    change = place_all(period, placings, words=words, reason=reason, authorised_by=authorised_by, proof=proof)
    Run.objects.filter(pk=run.pk).update(state=Run.State.TAKEN)
    if run.kind == Run.Kind.MEND:
        publish_duties(period, [duty.pk for duty, _ in placings], reason=reason or words)
    trail(period)
    return change


Plan = tuple[list[list[str]], str, dict[str, Any]]


def _filled(run: Run, option: str) -> Plan:
    result = run.result
    if not result.get("assignments"):
        raise NothingFound
    proof = {name: result[name] for name in ("words", "cost", "bound", "seed", "version", "model", "seconds")}
    return result["assignments"], "Filled by the solver", proof


def _way_out(run: Run, option: str) -> Plan:
    why, _, way = option.partition(".")
    try:
        chosen = run.result["why"][int(why)]["ways"][int(way)]
    except (KeyError, ValueError, IndexError):
        raise NothingFound from None
    return chosen["assignments"], f"Way out: {chosen['words']}"[:300], {}


def _mended(run: Run, option: str) -> Plan:
    try:
        chosen = run.result["options"][int(option)]
    except (KeyError, ValueError, IndexError):
        raise NothingFound from None
    return [[move["block"], move["takes"]] for move in chosen["moves"]], f"Mended: {run.asked['words']}"[:300], {}


PLANNED: dict[str, Callable[[Run, str], Plan]] = {
    Run.Kind.FILL: _filled,
    Run.Kind.WHY: _way_out,
    Run.Kind.MEND: _mended,
}


def _placings(period: Period, wanted: list[list[str]]) -> list[Placing]:
    """Blocks and persons by their keys as duties and people; a duty under way that is left is cut in two first."""
    rows = Duty.objects.filter(period=period).select_related("duty_type", "person", "published")
    duties = {str(duty.pk): duty for duty in rows}
    for duty in duties.values():
        duty.period = period
    people = Person.objects.in_bulk([int(person) for _, person in wanted if person])
    placings = []
    for block, person in wanted:
        part = _part(duties, block)
        if part and part.person_id != (int(person) if person else None):
            placings.append((part, people.get(int(person)) if person else None))
    return placings


def _part(duties: dict[str, Duty], block: str) -> Duty | None:
    """The duty of a key, cut where the key says so."""
    whole, _, at = block.partition(CUT)
    if not at or whole not in duties:
        return duties.get(whole)
    local = datetime.strptime(at, "%Y-%m-%dT%H%M")
    return cut_at(duties[whole], clock.moment(local.date(), local.time()))
