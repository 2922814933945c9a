"""What sorting rules do with mail: propose one disposition, or act alone on what has just come."""

from collections.abc import Callable, Sequence
from typing import Any

from privateoffice.foundations.clock import clock, working_days
from privateoffice.foundations.offices.verbs import fact, performing, trail, verb
from privateoffice.foundations.records.models import Audience
from privateoffice.spine.correspondence.models import MADE_WAYS, Ask, Disposition, SortingRule, Way
from privateoffice.spine.correspondence.services import guessing
from privateoffice.spine.correspondence.services.asks import settle_many
from privateoffice.spine.correspondence.services.disposing import by_rule, dispose
from privateoffice.spine.correspondence.services.fitting import fits, seen_in
from privateoffice.spine.correspondence.services.handing_on import hand_on


class NotProposed(Exception):
    """The rule no longer proposes this. Look at the mail again."""


def proposal_for(ask: Ask) -> SortingRule | None:
    """The first rule that proposes something for an open ask."""
    if not ask.is_open:
        return None
    seen = seen_in(ask)
    rules = SortingRule.objects.proposing().filter(office_id=ask.record.office_id)
    return next((rule for rule in rules if fits(rule, seen)), None)


@verb("correspondence.dispose")
def take_proposal(ask: Ask, rule: SortingRule) -> Disposition:
    """Do what a rule proposes for an ask, and say which rule that was."""
    proposed = proposal_for(ask)
    if proposed is None or proposed.pk != rule.pk:
        raise NotProposed
    do = hand_on if rule.way in MADE_WAYS else dispose
    return do(ask, way=rule.way, by_rule=rule.name, **said_by(rule, ask))


def said_by(rule: SortingRule, ask: Ask) -> dict[str, Any]:
    """What goes with the disposition that a rule proposes."""
    day = working_days.add(clock.today(), rule.days)
    ways: dict[Way, Callable[[], dict[str, Any]]] = {
        Way.FILED: lambda: {"filed_as": rule.filed_as},
        Way.COMMANDER: lambda: {"words": rule.said},
        Way.WAITING: lambda: {"words": rule.said, "until_at": clock.closing(day, "17:00")},
        Way.ACTION: lambda: {
            **guessing.action(ask),
            "due_on": day,
            "owner_role": rule.owner_role,
            "asked": ask.text[:2_000],
        },
        Way.ENQUIRY: lambda: {**guessing.enquiry(ask), "kind": rule.enquiry_kind, **guessing.caller_of(ask)},
    }
    return ways.get(Way(rule.way), dict)()


def act_alone(asks: Sequence[Ask]) -> int:
    """Settle what has just come where a rule was told to act alone; returns how many.

    What is kept for some of the office only is left to them, and older mail that an import brings is not touched.
    """
    rules = list(SortingRule.objects.acting_alone().filter(office__in={ask.record.office_id for ask in asks}))
    if not rules or not asks:
        return 0
    came = Ask.objects.open().filter(pk__in=[ask.pk for ask in asks]).select_related("record", "message")
    kept = set(
        Audience.objects.filter(record__in={ask.record_id for ask in asks}).values_list("record", flat=True)
    )
    fitting: dict[SortingRule, list[Ask]] = {}
    for ask in came:
        seen = seen_in(ask)
        rule = next((rule for rule in rules if fits(rule, seen)), None)
        if rule and rule.acts_from <= ask.at and ask.record_id not in kept:
            fitting.setdefault(rule, []).append(ask)
    with performing("correspondence.dispose") as performance:
        indexed = set(performance.records)
        for rule, these in fitting.items():
            _act(rule, these)
        for key in performance.records.keys() - indexed:
            del performance.records[
                key
            ]  # what has just come is indexed in bulk, and a disposition is not searched
    return sum(map(len, fitting.values()))


def _act(rule: SortingRule, asks: list[Ask]) -> None:
    settle_many(asks, rule.way, by_rule=rule.name, **said_by(rule, asks[0]))
    for ask in asks:
        trail(
            ask.record,
            way=fact(Way(rule.way).label.lower()),
            number=ask.message.number,
            other=fact(by_rule(rule.name)),
        )
