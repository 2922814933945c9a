"""The on-call rota of each office: a quarter behind, one published, one in draft, and what goes wrong."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

from privateoffice.foundations.clock import clock
from privateoffice.foundations.offices.models import Person
from privateoffice.program.sample.cast import SUPT, Cast
from privateoffice.program.sample.days import Days
from privateoffice.program.sample.past import Past
from privateoffice.rooms.rotas import services
from privateoffice.rooms.rotas.models import Duty, Notice, Period, Rota

PART, NAME = "rotas", "On call"
A_DAY = timedelta(days=1)
LONG_AGO = date(2024, 1, 1)
DUTIES = (
    {"name": "SIO", "letter": "S", "colour": "blue", "ranks": "DCI, A/DCI", "skill": "PIP 3"},
    {"name": "Det Supt", "letter": "D", "colour": "violet", "ranks": SUPT},
    {"name": "Duty officer", "letter": "O", "colour": "grey", "ranks": "DI"},
    {"name": "Family liaison", "letter": "F", "colour": "green", "ranks": "DS, DC", "skill": "Family liaison"},
    {"name": "Press", "letter": "P", "desk": "Bureau desk", "desk_phone": "020 7946 0181"},
)
WITH_A_PAST = 0.1
"""From this scale on there is a quarter behind."""

STRENGTH = {"S": 5, "D": 3, "O": 4, "F": 5}
"""How many do each duty."""


class Roster:
    """The on-call rota of one office."""

    def __init__(self, past: Past, cast: Cast, days: Days):
        self.past, self.cast, self.days, self.dice = past, cast, days, days.dice
        self.turns: dict[str, list[Person]] = {}

    def plan(self, scale: float) -> None:
        """Set it up, live the last quarter and this one, draft the next, and let something happen.

        A small sample begins with this quarter.
        """
        today = self.days.today
        before, current, following = (quarter(today, by) for by in (-1, 0, 1))
        lived = (before, current) if scale >= WITH_A_PAST else (current,)
        self._do(self._at(before[0], -60), self._set_up)
        for span in lived:
            self._do(self._at(span[0], -45), lambda span=span: self._draft(span))
            self._do(self._at(span[0], -36), lambda span=span: self._publish(span))
            self._do(self._at(span[0], -34), lambda span=span: self._acknowledge(span))
        self._do(min(self._at(following[0], -45), self.days.before(3)), lambda: self._draft(following, gaps=1))
        self._do(self.days.before(6), self._hand_over)
        self._do(self.days.before(2), self._ask_swap)
        self._do(self.days.before(1), self._fall_ill)

    def _do(self, at: datetime, act: Callable[[], Any]) -> None:
        self.past.plan(PART, at, self.cast.office, self.cast.pa, act)

    def _at(self, day: date, by: int) -> datetime:
        return clock.moment(day + timedelta(days=by), "10:00")

    def _set_up(self) -> None:
        rota = services.set_up(
            name=NAME,
            duties=tuple(DUTIES),
            told_weekly=f"control.room@example.org\nslt.{self.cast.plan.slug}@example.org",
        )
        self.turns = self._choose()
        for duty_type in rota.duty_types.all():
            for place, person in enumerate(self.turns.get(duty_type.letter, ()), start=1):
                share = 60 if place == 4 else 100
                services.enrol(rota, person=person, duty_types=[duty_type], starts_on=LONG_AGO, share=share)
                if duty_type.skill:
                    services.certify(
                        person, name=duty_type.skill, starts_on=LONG_AGO, ends_on=self._in_date(place)
                    )

    def _in_date(self, place: int) -> date:
        """Well ahead for all but the last, whose skill ends within the draft."""
        return quarter(self.days.today, 1)[0] + timedelta(days=20 if place == 5 else 700)

    def _choose(self) -> dict[str, list[Person]]:
        """Those whom the handbook names first, then others of the rank."""
        staff = [person for person in (*self.cast.slt, *self.cast.staff) if not person.left_on]
        found = {}
        for duty in DUTIES:
            ranks = [rank.strip() for rank in duty.get("ranks", "").split(",")]
            fit = [person for person in staff if person.rank in ranks]
            first = [p for p in fit if p.unit and p.unit.name == "Family Liaison"] if duty["letter"] == "F" else []
            ordered = list(dict.fromkeys([*first, *fit]))
            found[duty["letter"]] = ordered[: STRENGTH.get(duty["letter"], 0)]
        return found

    def _period(self, span: tuple[date, date]) -> Period:
        return Period.objects.for_list().get(rota__name=NAME, starts_on=span[0])

    def _draft(self, span: tuple[date, date], gaps: int = 0) -> None:
        """Put people on in turn; leave in the last weeks, and a gap or two where they are asked for."""
        period = services.open_period(Rota.objects.get(name=NAME), starts_on=span[0], ends_on=span[1])
        placings = []
        left_out = {5 + 4 * n for n in range(gaps)}
        for letter, people in self.turns.items():
            duties = Duty.objects.filter(period=period, duty_type__letter=letter).order_by("starts_at")
            for place, duty in enumerate(duties.select_related("duty_type")):
                if people and not (letter == "S" and place in left_out):
                    duty.period = period
                    placings.append((duty, people[(place + span[0].month) % len(people)]))
        services.place(period, placings, words="Put on in turn")
        self._leave(span)

    def _leave(self, span: tuple[date, date]) -> None:
        """A week of leave for one or two of each duty, and a trial for the first SIO, all in weeks off duty."""
        for letter, people in self.turns.items():
            for place, person in enumerate(people[-2:]):
                monday = self._week_off(person, span, 3 + 4 * place + len(letter))
                services.note_away(person, kind="leave", starts_on=monday, ends_on=monday + timedelta(days=6))
        if self.turns["S"]:
            monday = self._week_off(self.turns["S"][0], span, 5)
            services.note_away(self.turns["S"][0], kind="court", starts_on=monday, ends_on=monday + 2 * A_DAY)

    def _week_off(self, person: Person, span: tuple[date, date], week: int) -> date:
        """The Monday of the first week, so many into the quarter, in which somebody has no duty."""
        monday = span[0] + timedelta(days=7 * week - span[0].weekday())
        days = Duty.objects.filter(person=person).values_list("first_on", flat=True)
        taken = {day - timedelta(days=day.weekday()) for day in days}
        while monday in taken:
            monday += timedelta(days=7)
        return monday

    def _publish(self, span: tuple[date, date]) -> None:
        services.publish(self._period(span), with_gaps=True)

    def _acknowledge(self, span: tuple[date, date]) -> None:
        notices = Notice.objects.filter(period=self._period(span)).select_related("person", "period__office")
        for place, notice in enumerate(notices.order_by("pk")):
            if place % 5:
                services.acknowledge(notice, how="link" if place % 2 else "phone")

    def _hand_over(self) -> None:
        """The last SIO hands over to the one on now, who accepts."""
        now = clock.now()
        ended = (
            Duty.objects.filter(ends_at__lte=now, duty_type__letter="S").exclude(published=None).in_order().last()
        )
        if ended:
            ended.period = Period.objects.for_list().get(pk=ended.period_id)
            handover = services.hand_over(
                ended,
                incidents="Operation Sample Heron, SAMPLE/0001/26",
                resources="MIT 91 on first call, MIT 94 on second",
                actions_due="Family to be seen on Tuesday",
                risks="Appeal on the evening news",
            )
            services.accept_handover(handover, how="phone")

    def _coming(self, letter: str, after: timedelta) -> Duty | None:
        rows = Duty.objects.filter(
            duty_type__letter=letter, starts_at__gt=clock.now() + after, period__publications__gt=0
        )
        duty = rows.exclude(published=None).in_order().first()
        if duty:
            duty.period = Period.objects.for_list().get(pk=duty.period_id)
        return duty

    def _ask_swap(self) -> None:
        """One asks another to take a week: agreed, and waiting for the Staff Officer."""
        duty = self._coming("F", timedelta(days=8)) or self._coming("F", timedelta(days=1))
        others = [person for person in self.turns["F"][1:4] if duty and person != duty.published]
        for other in others if duty else ():
            try:
                swap = services.ask_swap(duty, other=other, reason="A family wedding on the Saturday")
            except (services.MayNotBe, services.NotPublished):
                continue
            services.agree_swap(swap, how="phone")
            return

    def _fall_ill(self) -> None:
        """Somebody with a duty still to come is ill from today."""
        duty = self._coming("O", timedelta(days=2))
        if duty and duty.published:
            today = clock.today()
            services.note_away(duty.published, kind="sick", starts_on=today, ends_on=today + timedelta(days=9))


def quarter(day: date, by: int) -> tuple[date, date]:
    """The first and last day of the quarter so many after the one of a day."""
    first = day.year * 4 + (day.month - 1) // 3 + by
    start, after = (date(n // 4, n % 4 * 3 + 1, 1) for n in (first, first + 1))
    return start, after - A_DAY
