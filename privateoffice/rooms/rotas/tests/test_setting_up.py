"""Setting a rota up and changing it: duties, people, dated rules, rates, absences."""

from datetime import date, timedelta
from decimal import Decimal
from importlib import import_module

import pytest
from django.apps import apps

from privateoffice.foundations.clock import clock
from privateoffice.foundations.offices import scope
from privateoffice.rooms.rotas import services
from privateoffice.rooms.rotas.models import Away, Breach, Rate, Rule
from privateoffice.rooms.rotas.services.setting_up import NameTaken
from privateoffice.rooms.rotas.solver.rules import BY_THE_DAY
from privateoffice.rooms.rotas.views.rota import rule_words


def test_a_duty_is_added_and_changed(ground):
    duty = services.add_duty(ground.rota, name="Exhibits", letter="X", runs="1")
    services.revise_duty(duty, name="Exhibits officer")
    assert ground.rota.duty_types.get(letter="X").name == "Exhibits officer"


def test_two_rotas_of_an_office_have_different_names(ground):
    with pytest.raises(NameTaken):
        services.set_up(name="On call")


def test_a_rule_changes_from_today_on_and_keeps_how_it_stood(ground):
    rule = Rule.objects.get(key="rest-11")
    assert rule_words(rule) == "11 hours of rest lie between two tours."
    fresh = services.set_rule(rule, numbers={"minutes": 720}, source="Local agreement")
    assert (fresh.starts_on, rule_words(fresh)) == (clock.today(), "12 hours of rest lie between two tours.")
    services.set_rule(fresh, is_kept=False)
    rows = Rule.objects.filter(key="rest-11").order_by("starts_on")
    assert [(row.ends_on, row.is_kept) for row in rows] == [
        (clock.today() - timedelta(days=1), True),
        (None, False),
    ]


def test_each_rule_can_be_said_in_words_with_its_source(ground):
    for rule in Rule.objects.filter(rota=ground.rota):
        assert "{" not in rule_words(rule)
        assert rule.source


def test_a_rate_ends_the_one_before_it(ground):
    services.set_rate(amount=Decimal("41.50"), source="Circular", starts_on=date(2026, 9, 1))
    assert [(r.starts_on, r.ends_on) for r in Rate.objects.all()][:2] == [
        (date(2026, 9, 1), None),
        (date(2025, 9, 1), date(2026, 8, 31)),
    ]


def test_an_absence_ends_or_is_taken_away(ground):
    person = ground.people["Trevannick"]
    away = services.note_away(person, kind="leave", starts_on=date(2026, 12, 7))
    services.note_back(away, last_day=date(2026, 12, 9))
    assert Away.objects.get().ends_on == date(2026, 12, 9)
    services.note_back(Away.objects.get(), last_day=date(2026, 12, 1))
    assert not Away.objects.exists()
    with pytest.raises(ValueError, match="before the first"):
        services.note_away(person, kind="leave", starts_on=date(2026, 12, 7), ends_on=date(2026, 12, 6))


def test_somebody_who_leaves_the_rota_cannot_be_put_on_afterwards(ground):
    services.release(ground.rota.members.get(person__surname="Trevannick"), ends_on=date(2026, 12, 20))
    with pytest.raises(services.MayNotBe, match="Trevannick"):
        ground.put("S-20261228", "Trevannick")


def test_rest_that_was_owed_is_given(ground):
    ground.put("S-20261207", "Trevannick")
    ground.put("S-20261214", "Trevannick", reason="x", authorised_by="y")
    services.give_rest(Breach.objects.get(), on=date(2026, 12, 28))
    assert Breach.objects.get().rest_given_on == date(2026, 12, 28)


def test_a_rota_of_daily_duties_keeps_the_rules_about_days_and_not_those_about_blocks(cast, on_a_monday):
    with scope.acting(cast.pa, office=cast.homicide):
        for name, by_the_day in (("Desk", True), ("On call", False)):
            rota = services.set_up(name=name, by_the_day=by_the_day)
            kept = set(Rule.objects.filter(rota=rota, is_kept=True).values_list("key", flat=True))
            about_days = {"runs-of-days", "weekends-worked", "most-nights"}
            assert kept & about_days == (about_days if by_the_day else set())
            assert ("weeks-running" in kept) is not by_the_day


def test_a_rota_of_before_gets_the_rules_about_days_and_does_not_keep_them(ground):
    migration = import_module("privateoffice.rooms.rotas.migrations.0002_rules_about_days")
    Rule.objects.filter(rota=ground.rota, key__in=[key for key, *_ in migration.RULES]).delete()
    migration.add(apps, None)
    made = {
        rule.key: rule for rule in Rule.objects.filter(rota=ground.rota, set_by="The catalogue", order__gte=50)
    }
    assert {key: (rule.is_kept, rule.kind) for key, rule in made.items()} == {
        rule.key: (False, rule.kind) for rule in BY_THE_DAY
    }
    assert [made[rule.key].numbers for rule in BY_THE_DAY] == [dict(rule.numbers) for rule in BY_THE_DAY]
