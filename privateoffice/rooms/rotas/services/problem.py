"""The rota of a period as the solver sees it: people, duties, blocks, rules, absences, and what stands already.

Persons, duty types and blocks are named by their keys as text; what comes back names them the same way.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property

from privateoffice.foundations.clock import clock, holidays
from privateoffice.foundations.offices.models import Person
from privateoffice.rooms.rotas.models import Away, Breach, Duty, DutyType, Member, Period, Rule, Skill
from privateoffice.rooms.rotas.solver import blocks, model

LOOK_BACK = timedelta(days=17 * 7)
"""How far the tail of what stands already reaches: the weeks over which hours are averaged."""

LOOK_AHEAD = timedelta(days=14)
A_YEAR = timedelta(days=365)
CHRISTMAS_DAYS = {(12, 24), (12, 25), (12, 26), (1, 1)}
WHOLE_TURN = 100


@dataclass(frozen=True)
class Ground:
    """Everything of a period that is read once, in a fixed number of queries."""

    period: Period
    members: list[Member]
    duty_types: list[DutyType]
    duties: list[Duty]
    around: list[Duty]
    before: list[Duty]
    away: list[Away]
    skills: list[Skill]
    rules: list[Rule]
    breaches: list[Breach]
    now: datetime

    @cached_property
    def person_ids(self) -> set[int]:
        return {member.person_id for member in self.members}

    @cached_property
    def by_person(self) -> dict[int, Member]:
        return {member.person_id: member for member in self.members}

    @cached_property
    def duty(self) -> dict[str, Duty]:
        return {str(duty.pk): duty for duty in self.duties}

    @cached_property
    def name(self) -> dict[str, str]:
        """The names of people by their key, of the period and around it."""
        named = {str(member.person_id): member.person.ranked_name for member in self.members}
        for duty in (*self.duties, *self.around):
            for person in (duty.person, duty.published):
                if person:
                    named.setdefault(str(person.pk), person.ranked_name)
        return named


def ground_of(period: Period) -> Ground:
    """Read a period and what bears on it: its people, and what they did in the year before."""
    rota, first, last = period.rota, period.starts_on, period.ends_on
    members = list(
        Member.objects.filter(rota=rota)
        .between(first, last)
        .select_related("person__unit")
        .prefetch_related("duty_types")
    )
    ids = {member.person_id for member in members}
    duties = list(Duty.objects.filter(period=period).in_order())
    for duty in duties:
        duty.period = period
    ids |= {key for duty in duties for key in (duty.person_id, duty.published_id) if key}
    return Ground(
        period=period,
        members=members,
        duty_types=list(rota.duty_types.all()),
        duties=duties,
        around=_around(period, ids),
        before=_before(period),
        away=list(Away.objects.filter(person__in=ids).between(first - LOOK_AHEAD, last + LOOK_AHEAD)),
        skills=list(Skill.objects.filter(person__in=ids)),
        rules=list(Rule.objects.filter(rota=rota, is_kept=True).between(first, last)),
        breaches=list(Breach.objects.filter(period=period)),
        now=clock.now(),
    )


def _around(period: Period, person_ids: Iterable[int]) -> list[Duty]:
    """What these people do besides, in the weeks before and just after, on this rota or another of the office."""
    start = clock.moment(period.starts_on - LOOK_BACK)
    end = clock.moment(period.ends_on + LOOK_AHEAD)
    rows = Duty.objects.between(start, end).filter(published__in=person_ids).exclude(period=period)
    return list(rows.in_order())


def _before(period: Period) -> list[Duty]:
    """The duties of this rota in the year before the period, for the shares that are carried on."""
    rows = Duty.objects.filter(
        period__rota=period.rota, first_on__gte=period.starts_on - A_YEAR, first_on__lt=period.starts_on
    )
    return list(rows.exclude(published=None).select_related("duty_type", "published"))


def problem_of(ground: Ground, *, free: Iterable[Duty] | None = None) -> model.Problem:
    """The problem of a period. Where `free` is said, everything else stands as the draft has it.

    `free` are the duties that may be given to anybody; what has begun already is never among them.
    """
    open_ids = {duty.pk for duty in free or () if duty.starts_at > ground.now}
    standing = [d for d in ground.duties if d.person_id and d.pk not in open_ids] if free is not None else []
    types = {duty.duty_type_id: duty.duty_type for duty in (*ground.duties, *ground.around)}
    types |= {each.pk: each for each in ground.duty_types if not each.is_by_desk}
    holidays_off = holidays_between(ground.period.starts_on - LOOK_BACK, ground.period.ends_on + LOOK_AHEAD)
    return model.Problem(
        name=ground.period.reference,
        people=_people(ground),
        duties=tuple(_duty_type(each, types) for each in types.values()),
        blocks=tuple(_block(duty, holidays_off) for duty in (*ground.duties, *ground.around)),
        demands=tuple(model.Demand(str(duty.pk), priority=1) for duty in ground.duties),
        rules=tuple(_rule(rule, ground) for rule in ground.rules),
        absences=tuple(_absence(away, ground) for away in ground.away),
        holidays=holidays_off,
        history=tuple(_history(ground, holidays_off)),
        fixed=tuple(model.Assignment(str(d.pk), str(d.published_id)) for d in ground.around),
        pins=tuple(model.Pin(str(d.pk), str(d.person_id)) for d in standing),
        published=published_of(ground.duties) if ground.period.is_published else (),
        waivers=tuple(_waiver(breach) for breach in ground.breaches),
        now=ground.now,
    )


def drafted(duties: Iterable[Duty]) -> tuple[model.Assignment, ...]:
    """Who is on what in the draft."""
    return tuple(model.Assignment(str(duty.pk), str(duty.person_id)) for duty in duties if duty.person_id)


def published_of(duties: Iterable[Duty]) -> tuple[model.Assignment, ...]:
    """Who is on what as people were told."""
    return tuple(model.Assignment(str(duty.pk), str(duty.published_id)) for duty in duties if duty.published_id)


def holidays_between(first: date, last: date) -> tuple[model.Holiday, ...]:
    """The bank holidays of these days, for whom each counts, and which are of Christmas."""
    days = sorted(day for day in holidays.off(holidays.ENGLAND) | holidays.off(holidays.OFFICERS))
    found = []
    for day in days:
        if first <= day <= last:
            held = holidays.on(day) or holidays.on(day, holidays.OFFICERS)
            counts = tuple(sorted(held.counts_for & {holidays.ENGLAND, holidays.OFFICERS})) if held else ()
            christmas = (day.month, day.day) in CHRISTMAS_DAYS
            found.append(model.Holiday(day, held.name if held else "", counts, christmas=christmas))
    return tuple(found)


def _people(ground: Ground) -> tuple[model.Person, ...]:
    skills: dict[int, list[model.Skill]] = {}
    for skill in ground.skills:
        held = model.Skill(skill.name, skill.starts_on, skill.ends_on)
        skills.setdefault(skill.person_id, []).append(held)
    people = [_person(member, skills.get(member.person_id, [])) for member in ground.members]
    known = {person.id for person in people}
    named = {each.pk: each for duty in ground.duties for each in (duty.person, duty.published) if each}
    return (*people, *(_stranger(person) for key, person in named.items() if str(key) not in known))


def _person(member: Member, skills: list[model.Skill]) -> model.Person:
    person = member.person
    leaves = min(filter(None, (member.ends_on, person.left_on)), default=None)
    return model.Person(
        id=str(person.pk),
        name=person.ranked_name,
        duties=tuple(str(each.pk) for each in member.duty_types.all()),
        rank=person.rank,
        skills=tuple(skills),
        calendar=model.OFFICERS if person.is_officer else model.STAFF,
        share=member.share,
        pattern=member.weeks,
        pattern_from=member.pattern_from,
        restrictions=tuple(part.strip() for part in member.excused.split(",") if part.strip()),
        post_from=member.starts_on,
        post_until=leaves,
    )


def _stranger(person: Person) -> model.Person:
    """Somebody who is on a duty and no longer on the rota: no duty is theirs, and the rules say so."""
    calendar = model.OFFICERS if person.is_officer else model.STAFF
    return model.Person(id=str(person.pk), name=person.ranked_name, rank=person.rank, calendar=calendar)


def _duty_type(duty: DutyType, types: dict[int, DutyType]) -> model.DutyType:
    letters = {part.strip() for part in duty.not_before.split(",") if part.strip()}
    after = tuple(str(each.pk) for each in types.values() if each.letter in letters)
    return model.DutyType(
        id=str(duty.pk),
        name=duty.name,
        role=duty.name,
        starts=f"{duty.begins:%H:%M}",
        ends=f"{duty.ends:%H:%M}",
        on_call=duty.is_on_call,
        night=duty.is_night,
        ranks=tuple(duty.rank_list),
        skills=(duty.skill,) if duty.skill else (),
        forbidden_followers=after,
    )


def _block(duty: Duty, off: tuple[model.Holiday, ...]) -> model.Block:
    return model.Block(
        id=str(duty.pk),
        duty=str(duty.duty_type_id),
        first=duty.first_on,
        last=duty.last_on,
        start_at=duty.starts_at,
        end_at=duty.ends_at,
        kind=blocks.kind_of(duty.first_on, duty.last_on, off),
    )


def _rule(rule: Rule, ground: Ground) -> model.Rule:
    letters = {part.strip() for part in rule.duty_letters.split(",") if part.strip()}
    opted_out = [str(m.person_id) for m in ground.members if m.opted_out_on] if rule.key == "average-48" else []
    return model.Rule(
        key=rule.key,
        kind=rule.kind,
        name=rule.name,
        source=rule.source,
        numbers=rule.numbers,
        words=tuple(rule.words),
        waiver=rule.waiver,
        applies_to=tuple(str(each.pk) for each in ground.duty_types if each.letter in letters),
        not_people=tuple(opted_out),
        valid_from=rule.starts_on,
        valid_until=rule.ends_on,
    )


def _absence(away: Away, ground: Ground) -> model.Absence:
    last = away.ends_on or ground.period.ends_on + LOOK_AHEAD
    kind = model.RESTRICTED if away.kind == Away.Kind.OTHER else away.kind
    return model.Absence(str(away.person_id), away.starts_on, last, kind, away.get_kind_display().lower())


def _waiver(breach: Breach) -> model.Waiver:
    return model.Waiver(
        rule=breach.code,
        person=str(breach.person_id),
        blocks=tuple(breach.blocks),
        words=breach.words,
        reason=breach.reason,
        authorised_by=breach.authorised_by,
    )


def _history(ground: Ground, off: tuple[model.Holiday, ...]) -> Iterable[model.History]:
    """What the year before the period brought to each person, by duty and kind."""
    off = holidays_between(ground.period.starts_on - A_YEAR, ground.period.starts_on)
    counted: Counter[tuple[int, int, str]] = Counter()
    for duty in ground.before:
        if duty.published_id in ground.person_ids:
            officer = ground.by_person[duty.published_id].person.is_officer
            for kind, credits in credits_of(duty, off, officer=officer).items():
                counted[duty.published_id, duty.duty_type_id, kind] += credits
    for member in ground.members:
        days = (ground.period.starts_on - max(member.starts_on, ground.period.starts_on - A_YEAR)).days
        for duty_type in member.duty_types.all():
            for kind in model.FAIR_KINDS:
                credits = counted[member.person_id, duty_type.pk, kind]
                yield model.History(str(member.person_id), str(duty_type.pk), kind, credits, max(0, days))


def credits_of(duty: Duty, off: Iterable[model.Holiday], *, officer: bool) -> dict[str, int]:
    """What a duty counts for in the sharing out: days, weekends, nights, bank holidays, Christmas."""
    calendar = model.OFFICERS if officer else model.STAFF
    falls = [each for each in off if duty.reaches(each.day) and calendar in each.counts_for]
    return {
        model.TOTAL: len(duty.days),
        model.WEEKEND: len({day.isocalendar()[:2] for day in duty.days if day.weekday() >= 5}),
        model.NIGHT: len(duty.days) if duty.duty_type.is_night else 0,
        model.BANK_HOLIDAY: len(falls),
        model.CHRISTMAS: int(any(each.christmas for each in falls)),
    }
