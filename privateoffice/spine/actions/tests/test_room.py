"""What the register gives to Today, to the day pack, and to the schedule."""

from datetime import date

from privateoffice.foundations.clock import clock
from privateoffice.foundations.offices import scope
from privateoffice.spine.actions import room, services, tasks
from privateoffice.spine.actions.models import Action


def told(cast, user, at):
    with clock.stopped_at(at), scope.acting(user, office=cast.homicide):
        return [(need.group, need.standing, need.when, need.why, need.roles) for need in room.today(at)]


def test_today_shows_what_is_late_due_to_be_accepted_and_slipped(cast, desk):
    late = services.assign(title="Late", owner=cast.slt_member.person, due_on=date(2026, 11, 23))
    services.assign(title="Today", owner_role="commander", due_on=date(2026, 11, 24))
    done = services.assign(title="Done", owner_name="Corin", owner_email="c@n.example", due_on=date(2026, 11, 30))
    services.discharge(done, words="By post")
    slips = services.assign(title="Slips", owner_role="staff_officer", due_on=date(2026, 11, 30))
    for day in (1, 2, 3):
        services.slip(slips, due_on=date(2026, 12, day), reason="More time")
    clerks = ("pa", "staff_officer")
    at = clock.moment(date(2026, 11, 24), "09:00")
    assert told(cast, cast.pa, at) == [
        ("now", "late", "1 working day late", "Asked by Delphine Hartsough", clerks),
        ("today", "soon", "Due today", "Asked by Delphine Hartsough", (*clerks, "commander")),
        ("today", "waiting", "To accept", "Corin says it is done", ("pa",)),
    ]
    assert told(cast, cast.commander, at)[-1] == (
        "now", "soon", "Thu 3 Dec", "Put back 3 times; now due 3 December 2026", ("commander",)
    )  # fmt: skip
    with clock.stopped_at(at), scope.acting(cast.pa, office=cast.homicide):
        assert [act.word for act in next(iter(room.today(at))).acts] == ["Done", "Nudge", "Pass on", "New date"]
        assert room.waiting() == 1
    assert late.reference == "HOM/ACT/2026/0001"


def test_the_day_pack_has_what_is_overdue_both_ways_with_its_marking(cast, desk):
    services.assign(title="Owed to", owner=cast.slt_member.person, due_on=date(2026, 11, 23))
    services.assign(
        title="Owed by", owner_role="commander", due_on=date(2026, 11, 23), marking=2, handling="PERSONAL DATA"
    )
    at = clock.moment(date(2026, 11, 24), "09:00")
    with clock.stopped_at(at):
        parts = {part.place: part for part in room.daypack(date(2026, 11, 24))}
    shown = {
        place: ([(line.title, line.when, line.whose) for line in part.lines], part.marking, part.handling)
        for place, part in parts.items()
    }
    assert shown == {
        "overdue_by": ([("Owed by", "1 working day late", "Commander")], 2, "PERSONAL DATA"),
        "overdue_to": ([("Owed to", "1 working day late", "Det Supt Marguerite Holloweth")], 1, ""),
    }


def test_the_job_climbs_the_office_that_it_is_for(cast, assigned):
    with (
        clock.stopped_at(clock.moment(date(2026, 11, 27), "08:00")),
        scope.acting_as_system("chasers", office=cast.homicide),
    ):
        assert tasks.climb.call() == 1
        assert tasks.climb.call() == 0
        assert Action.objects.get().chases.count() == 1
