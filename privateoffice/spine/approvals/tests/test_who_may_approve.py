"""Roles, classes and delegations in any order: nothing is ever approved by somebody who may not."""

from datetime import timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, assume, given, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from privateoffice.foundations.clock import clock
from privateoffice.foundations.offices import scope
from privateoffice.foundations.offices.policy import Refused
from privateoffice.foundations.offices.tests.cast import make_cast
from privateoffice.spine.approvals import policy, services
from privateoffice.spine.approvals.models import CLASSES, Approval, Submission
from privateoffice.spine.approvals.tests.samples import offered

PEOPLE = ("staff_officer", "commander", "pa", "reader", "outsider")
DELEGABLE = ("letter", "mail")
DRAFTERS = ("pa", "staff_officer", "commander")
START = clock.moment(clock.today(), "09:00")


class Office(RuleBasedStateMachine):
    """An office in which anybody tries anything, beside a plain model of what ought to have been possible."""

    cast = None

    @initialize(days=st.integers(-3, 1), item_class=st.sampled_from(DELEGABLE))
    def open(self, days, item_class):
        self.example = transaction.atomic()
        self.example.__enter__()
        self.at = START
        self.items: list[Submission] = []
        self.drafters: dict[int, set[str]] = {}
        self.approved: dict[int, tuple[str, str]] = {}  # item: (who, fingerprint)
        self.delegations: list[dict] = []
        self.delegate(days, 2, item_class)
        for each in DELEGABLE:
            self.offer("pa", each)

    def teardown(self):
        """What one example wrote is nothing to the next."""
        transaction.set_rollback(True)
        self.example.__exit__(None, None, None)

    def acting(self, name):
        return scope.acting(getattr(self.cast, name), office=self.cast.homicide)

    @rule(hours=st.integers(1, 48))
    def time_passes(self, hours):
        self.at += timedelta(hours=hours)

    @rule(who=st.sampled_from(DRAFTERS), item_class=st.sampled_from(sorted(CLASSES)))
    def offer(self, who, item_class):
        with clock.stopped_at(self.at), self.acting(who):
            item = offered(item_class=item_class, papers=[])
        self.items.append(item)
        self.drafters[item.pk] = {who}

    @rule(
        days=st.integers(-2, 2),
        length=st.integers(1, 3),
        item_class=st.sampled_from(DELEGABLE),
    )
    def delegate(self, days, length, item_class):
        starts, ends = self.at + timedelta(days=days), self.at + timedelta(days=days + length)
        with clock.stopped_at(self.at), self.acting("commander"):
            given = services.delegate(
                self.cast.staff_officer.person, item_classes=[item_class], starts_at=starts, ends_at=ends
            )
        self.delegations.append({"row": given, "class": item_class, "from": starts, "to": ends})

    @precondition(lambda self: self.delegations)
    @rule(which=st.integers(0, 99))
    def revoke(self, which):
        given = self.delegations[which % len(self.delegations)]
        with clock.stopped_at(self.at), self.acting("commander"):
            services.revoke_delegation(given["row"])
        given["to"] = min(given["to"], self.at)

    @precondition(lambda self: self.items)
    @rule(
        which=st.integers(0, 99), who=st.sampled_from(PEOPLE), stale=st.sampled_from([False, False, False, True])
    )
    def approve(self, which, who, stale):
        item = self.items[which % len(self.items)]
        with clock.stopped_at(self.at):
            offer = self._offer_of(item)
            seen = "f" * 64 if stale or offer is None else offer.fingerprint
            try:
                with self.acting(who):
                    services.approve(item, fingerprint=seen)
                happened = True
            except (Refused, services.NotAsSeen, services.NotOffered):
                happened = False
        assert happened == (offer is not None and not stale and self._may(who, item))
        if happened:
            self.approved.setdefault(item.pk, (who, seen))

    @precondition(lambda self: self.items)
    @rule(which=st.integers(0, 99), who=st.sampled_from(DRAFTERS), words=st.sampled_from(["One", "Two"]))
    def amend(self, which, who, words):
        item = self.items[which % len(self.items)]
        with clock.stopped_at(self.at), self.acting(who):
            services.amend(item, seen=item.version, text=words)
        self.approved.pop(item.pk, None)
        self.drafters[item.pk] = {self._first_drafter(item), who}

    @precondition(lambda self: self.items)
    @rule(which=st.integers(0, 99))
    def return_it(self, which):
        item = self.items[which % len(self.items)]
        with clock.stopped_at(self.at), self.acting("commander"):
            if item.offer:
                services.return_with_note(item, note="Again")
        self.approved.pop(item.pk, None)

    @invariant()
    def exactly_what_was_approved_stands(self):
        with scope.acting_as_system("test", office=self.cast.homicide):
            standing = {item.pk: services.standing_approval(item) for item in getattr(self, "items", [])}
        stands = {pk: (self._name(each), each.fingerprint) for pk, each in standing.items() if each}
        assert stands == getattr(self, "approved", {})

    def _offer_of(self, item):
        with scope.acting_as_system("test", office=self.cast.homicide):
            return Submission.objects.get(pk=item.pk).offer

    def _may(self, who, item):
        kind = CLASSES[item.item_class]
        if kind.needs_two_people and who in self.drafters[item.pk]:
            return False
        delegated = any(
            each["class"] == item.item_class and each["from"] <= self.at < each["to"] for each in self.delegations
        )
        return who == "commander" or (who == "staff_officer" and delegated)

    def _first_drafter(self, item):
        return next(name for name in DRAFTERS if getattr(self.cast, name).person.pk == item.drafter_id)

    def _name(self, approval: Approval):
        return next(name for name in PEOPLE if getattr(self.cast, name).person.pk == approval.approver_id)


@pytest.mark.hostile("F07")
@pytest.mark.django_db
def test_nothing_is_ever_approved_by_somebody_who_may_not():
    class InThisTest(Office):
        cast = make_cast()

    run_state_machine_as_test(
        InThisTest,
        settings=settings(
            max_examples=8,
            stateful_step_count=15,
            deadline=None,
            phases=[Phase.explicit, Phase.generate],
            suppress_health_check=list(HealthCheck),
        ),
    )


@pytest.fixture
def items(cast):
    """One item of each class by each drafter."""
    found = {}
    for drafter in DRAFTERS:
        with scope.acting(getattr(cast, drafter), office=cast.homicide):
            for item_class in CLASSES:
                found[drafter, item_class] = offered(item_class=item_class, papers=[])
    return found


moments = st.integers(-2, 2).map(lambda hours: START + timedelta(hours=hours))


@settings(suppress_health_check=list(HealthCheck), max_examples=150, deadline=None, phases=[Phase.generate])
@given(
    which=st.tuples(st.sampled_from(DRAFTERS), st.sampled_from(sorted(CLASSES))),
    who=st.sampled_from(["staff_officer", "staff_officer", "staff_officer", "commander", "pa"]),
    is_for_it=st.booleans(),
    starts_at=moments,
    ends_at=moments,
    revoked_at=st.none() | moments,
)
def test_a_delegation_counts_for_its_class_within_its_dates_and_until_it_is_revoked(
    cast, items, which, who, is_for_it, starts_at, ends_at, revoked_at
):
    assume(starts_at < ends_at)
    drafter, item_class = which
    delegated = item_class if is_for_it and CLASSES[item_class].delegates else "invitation"
    with transaction.atomic():
        give(cast, delegated, starts_at, ends_at, revoked_at)
        with clock.stopped_at(START), scope.acting(getattr(cast, who), office=cast.homicide):
            item = items[which]
            may = policy.may_decide(item, item.offer)
        transaction.set_rollback(True)
    stands = starts_at <= START < ends_at and (revoked_at is None or revoked_at > START)
    is_second = drafter != who or not CLASSES[item_class].needs_two_people
    by_delegation = who == "staff_officer" and stands and delegated == item_class
    assert may == (is_second and (who == "commander" or by_delegation))


def give(cast, item_class, starts_at, ends_at, revoked_at):
    with scope.acting(cast.commander, office=cast.homicide):
        given = services.delegate(
            cast.staff_officer.person, item_classes=[item_class], starts_at=starts_at, ends_at=ends_at
        )
        if revoked_at:
            with clock.stopped_at(revoked_at):
                services.revoke_delegation(given)


def test_a_delegation_falls_with_the_commander_who_gave_it(cast, items):
    give(cast, "letter", START, START + timedelta(hours=2), None)
    item = items["pa", "letter"]
    with clock.stopped_at(START), scope.acting(cast.staff_officer, office=cast.homicide):
        assert policy.may_decide(item, item.offer)
        cast.commander.person.holdings.update(ends_at=START)
        assert not policy.may_decide(item, item.offer)
