"""What sorting rules do with mail: propose one disposition, or act alone on what has just come."""

from collections.abc import Callable, Sequence
from typing import Any

from django.db.models.functions import Left

from privateoffice.foundations.clock import clock, working_days
from privateoffice.foundations.offices.verbs import fact, performing, trail, verb
from privateoffice.foundations.records.models import Audience
from privateoffice.spine.correspondence.models import MADE_WAYS, Ask, Disposition, Message, SortingRule, Way
from privateoffice.spine.correspondence.services import guessing
from privateoffice.spine.correspondence.services.asks import settle_many
from privateoffice.spine.correspondence.services.disposing import by_rule, dispose
from privateoffice.spine.correspondence.services.fitting import LONGEST, fits, seen_in, seen_of
from privateoffice.spine.correspondence.services.handing_on import hand_on


class NotProposed(Exception):
    """The rule no longer proposes this. Look at the mail again."""


def proposal_for(ask: Ask) -> SortingRule | None:
    """The first rule that proposes something for an open ask."""
    return proposals_for([ask]).get(ask.pk)


def proposals_for(asks: Sequence[Ask]) -> dict[int, SortingRule]:
    """The same for a list of asks, by their keys, in a fixed number of queries."""
    open_ones = [ask for ask in asks if ask.is_open]
    rules = list(SortingRule.objects.proposing().filter(office__in={ask.record.office_id for ask in open_ones}))
    texts = _texts_of(open_ones) if any(rule.looks_in_text for rule in rules) else {}
    found: dict[int, SortingRule] = {}
    for ask in open_ones:
        seen = seen_of(ask.message, ask.quoted or texts.get(ask.message_id, ""))
        of_office = (rule for rule in rules if rule.office_id == ask.record.office_id)
        if rule := next((rule for rule in of_office if fits(rule, seen)), None):
            found[ask.pk] = rule
    return found


def _texts_of(asks: Sequence[Ask]) -> dict[int, str]:
    """As much of the text of each message as a rule looks through."""
    rows = Message.objects.filter(pk__in={ask.message_id for ask in asks})
    return dict(rows.annotate(begins=Left("text", LONGEST)).values_list("pk", "begins"))


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
