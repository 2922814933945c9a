"""The acts of sorting rules in a life of the office: a rule may act alone on what comes in."""

from typing import Any

from privateoffice.spine.correspondence import services as correspondence
from privateoffice.spine.correspondence.models import SortingRule, Way
from tests.ledger.acts import act, one


def _a_rule(life: Any) -> SortingRule:
    return one(life, SortingRule.objects.kept())


@act("correspondence.keep_rule")
def keep_rule(life: Any) -> None:
    before = SortingRule.objects.kept().order_by("pk").first() if life.which % 2 else None
    name = f"Rule {life.next_number()}"
    correspondence.keep_rule(rule=before, name=name, sender="northmere.example.org", way=Way.NO_ACTION)


@act("correspondence.try_rule")
def try_rule(life: Any) -> None:
    correspondence.try_rule(_a_rule(life))


@act("correspondence.switch_on")
def switch_on(life: Any) -> None:
    correspondence.switch_on(_a_rule(life))


@act("correspondence.let_act_alone")
def let_act_alone(life: Any) -> None:
    correspondence.let_act_alone(_a_rule(life))


@act("correspondence.switch_off")
def switch_off(life: Any) -> None:
    correspondence.switch_off(_a_rule(life))


@act("correspondence.end_rule")
def end_rule(life: Any) -> None:
    correspondence.end_rule(_a_rule(life))
