"""Keeping sorting rules: made, tried on past mail, switched on, let act alone, switched off, ended."""

from time import monotonic
from typing import Any

from django.db.models.functions import Left

from privateoffice.foundations.clock import clock
from privateoffice.foundations.offices import scope
from privateoffice.foundations.offices.verbs import fact, trail, verb
from privateoffice.foundations.records.markings import refuse_above_ceiling
from privateoffice.spine.correspondence.models import Message, SortingRule
from privateoffice.spine.correspondence.services.fitting import LONGEST, Seen, fits

PAST = 10_000
SECONDS = 5.0
MOST_SHOWN = 100
MOST_RULES = 100


class NameIsTaken(ValueError):
    """Another rule is called so. Choose another name."""


class TooManyRules(ValueError):
    """An office keeps a hundred rules at most. End one first."""


class NotTried(Exception):
    """Try it on past mail first."""


class MayNotActAlone(Exception):
    """It may only propose: it is not switched on, or it would make another record."""


class HasEnded(Exception):
    """The rule has ended, or another took its place."""


@verb("correspondence.keep_rule")
def keep_rule(*, rule: SortingRule | None = None, **said: Any) -> SortingRule:
    """Keep a rule. One that takes the place of another ends it, and starts untried."""
    office = scope.current().office
    if office is None:
        raise scope.NoScope
    refuse_above_ceiling(said["name"], said.get("said", ""))
    others = SortingRule.objects.kept().filter(office=office)
    if rule:
        SortingRule.objects.kept().filter(pk=rule.pk).update(ended_at=clock.now())
    elif others.count() >= MOST_RULES:
        raise TooManyRules(str(TooManyRules.__doc__))
    if others.filter(name=said["name"]).exists():
        raise NameIsTaken(str(NameIsTaken.__doc__))
    made = SortingRule.objects.create(
        office=office, follows=rule, made_at=clock.now(), made_by=scope.current().actor, **said
    )
    trail(office_id=office.pk, name=fact(made.name))
    return made


@verb("correspondence.try_rule")
def try_rule(rule: SortingRule, *, seconds: float = SECONDS) -> SortingRule:
    """Look which of the last ten thousand mails it would have fitted, for so many seconds at most."""
    _refuse_ended(rule)
    until, rule.fitted, rule.fitting, rule.tried_on = monotonic() + seconds, 0, [], 0
    rule.was_cut_short = False
    for key, sender, list_id, marked, subject, text, warnings in _past().iterator(chunk_size=500):
        if monotonic() > until:
            rule.was_cut_short = True
            break
        rule.tried_on += 1
        if fits(rule, Seen(sender, list_id, marked, subject, text, bool(warnings))):
            rule.fitted += 1
            rule.fitting += [key] if len(rule.fitting) < MOST_SHOWN else []
    rule.tried_at = clock.now()
    rule.save(update_fields=["tried_at", "tried_on", "was_cut_short", "fitted", "fitting"])
    trail(office_id=rule.office_id, name=fact(rule.name), count=rule.tried_on, fitted=rule.fitted)
    return rule


def _past() -> Any:
    """The last mails from outside that came for the whole office, with what a rule looks at."""
    past = Message.objects.filter(is_from_us=False, record__box="").newest_first()
    seen = ("from_address", "list_id", "marked", "subject", "begins", "sender_warnings")
    return past.annotate(begins=Left("text", LONGEST)).values_list("pk", *seen)[:PAST]


@verb("correspondence.switch_on")
def switch_on(rule: SortingRule) -> None:
    """Let a rule that was tried propose."""
    _refuse_ended(rule)
    if rule.tried_at is None:
        raise NotTried
    if rule.proposes_from is None:
        _write(rule, proposes_from=clock.now())


@verb("correspondence.let_act_alone")
def let_act_alone(rule: SortingRule) -> None:
    """Let a rule that proposes act on what comes from now on, without anybody."""
    _refuse_ended(rule)
    if rule.proposes_from is None or not rule.may_act_alone:
        raise MayNotActAlone
    if rule.acts_from is None:
        _write(rule, acts_from=clock.now())


@verb("correspondence.switch_off")
def switch_off(rule: SortingRule) -> None:
    """Let a rule rest: it neither proposes nor acts."""
    _refuse_ended(rule)
    _write(rule, proposes_from=None, acts_from=None)


@verb("correspondence.end_rule")
def end_rule(rule: SortingRule) -> None:
    """End a rule. It stays readable, and another can be made from it."""
    _refuse_ended(rule)
    _write(rule, ended_at=clock.now())


def _write(rule: SortingRule, **changes: Any) -> None:
    for name, value in changes.items():
        setattr(rule, name, value)
    rule.save(update_fields=list(changes))
    trail(office_id=rule.office_id, name=fact(rule.name))


def _refuse_ended(rule: SortingRule) -> None:
    if not SortingRule.objects.kept().filter(pk=rule.pk).exists():
        raise HasEnded
