"""Filling, mending and asking why, through the worker's own task and the solver's own process."""

from datetime import date

import pytest

from privateoffice.foundations.clock import clock
from privateoffice.rooms.rotas import services, tasks
from privateoffice.rooms.rotas.models import Duty, Period, Run
from privateoffice.rooms.rotas.tests.test_publishing import fill
from privateoffice.spine.deliveries.models import Delivery

pytestmark = pytest.mark.slow


def answered(run: Run) -> Run:
    tasks.work_out.func(run.pk)
    return Run.objects.select_related("period__office", "period__rota").get(pk=run.pk)


def test_the_rest_is_filled_with_a_proof_and_taken_as_one_change(ground):
    ground.put("S-20261207", "Pennistone")
    run = answered(services.ask_solver(ground.period, kind="fill"))
    assert run.state == "done"
    assert run.progress
    change = services.take_plan(run)
    assert (len(change.lines), change.proof["version"][:6]) == (7, "blocks")
    assert ground.duty("S-20261207").person == ground.people["Pennistone"]
    assert not Duty.objects.filter(period=ground.period).gaps().exists()


def test_what_was_found_for_an_older_draft_is_not_taken(ground):
    run = answered(services.ask_solver(ground.period, kind="fill"))
    ground.put("S-20261207", "Pennistone")
    with pytest.raises(services.Overtaken):
        services.take_plan(run)


def test_one_of_a_kind_is_worked_on_at_a_time_and_can_be_stopped(ground):
    run = services.ask_solver(ground.period, kind="fill")
    with pytest.raises(services.StillGoing):
        services.ask_solver(ground.period, kind="fill")
    services.stop_solver(run)
    assert answered(run).state == "stopped"


def test_a_gap_is_explained_by_people_dates_and_rules_with_ways_out(ground):
    """C17: an impossible month says which rules clash."""
    for surname in ("Trevannick", "Pennistone", "O’Dunleavy"):
        services.note_away(
            ground.people[surname], kind="leave", starts_on=date(2026, 12, 14), ends_on=date(2026, 12, 16)
        )
    duty = ground.duty("S-20261214")
    run = answered(services.ask_solver(ground.period, kind="why", duties=[duty.pk]))
    (why,) = run.result["why"]
    assert why["verified"]
    assert all(name in " ".join(why["reasons"]) for name in ("Trevannick", "Pennistone", "Dunleavy"))
    assert why["ways"]
    way = next(n for n, one in enumerate(why["ways"]) if one["assignments"])
    services.take_plan(run, option=f"0.{way}", reason="Nobody else", authorised_by="DCS Calderwick")
    assert ground.duty("S-20261214").person is not None


def test_an_illness_on_duty_cuts_it_at_that_hour_and_the_mend_is_published_at_once(ground):
    """Ill at 06:00 on Boxing Day: it is cut there, somebody takes the rest, and only those two are told."""
    fill(ground)
    services.publish(ground.period)
    told = Delivery.objects.count()
    with clock.stopped_at(clock.moment(date(2026, 12, 26), "06:00")):
        ill = ground.duty("S-20261221").published
        services.note_away(ill, kind="sick", starts_on=date(2026, 12, 26), ends_on=date(2027, 1, 3))
        run = answered(_ask_mend(ground, ill))
        assert run.state == "done", run.result
        options = run.result["options"]
        assert any("The fewest changes" in option["kinds"] and option["proven"] for option in options)
        best = next(n for n, option in enumerate(options) if "The fewest changes" in option["kinds"])
        services.take_plan(run, option=str(best), reason="Ill at 06:00", authorised_by="DCS Calderwick")
    cut = ground.duty("S-20261226T0600")
    assert cut.published
    assert cut.published != ill
    assert ground.duty("S-20261221").published == ill
    assert ground.duty("S-20261221").ends_at == cut.starts_at
    assert Period.objects.get().state == "published"
    assert Delivery.objects.count() > told


def _ask_mend(ground, ill):
    return services.ask_solver(
        Period.objects.for_list().get(pk=ground.period.pk),
        kind="mend",
        person=ill.pk,
        first="2026-12-26",
        last="2027-01-03",
        away="sick",
        at=clock.now().isoformat(),
        words="ill",
    )
