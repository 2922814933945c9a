"""Every verb in any order, by whoever sits there or covers: what came in is dealt with or listed by name."""

import tempfile
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from privateoffice.desk.ledger.models import Adrift, dropped, sources
from privateoffice.foundations.clock import clock, working_days
from privateoffice.foundations.offices import scope
from privateoffice.foundations.offices.models import Unit
from privateoffice.foundations.offices.tests.cast import make_cast
from privateoffice.foundations.records.models import Link, Record
from privateoffice.foundations.registry import house
from privateoffice.foundations.registry.declarations import DISPOSITIONS
from privateoffice.rooms.enquiries.models import Enquiry
from privateoffice.spine.actions.models import Action
from privateoffice.spine.approvals.models import Submission
from privateoffice.spine.correspondence.models import Ask, ImportItem, Message
from privateoffice.spine.deliveries import services as deliveries
from privateoffice.spine.deliveries.models import Delivery, State
from tests.house import structure
from tests.ledger import rehoming, ruling  # noqa: F401  (their acts are among the rest)
from tests.ledger.acts import ACTS, CHAINS, NOTHING_TO_DO_WITH_IT, ROOMS, Nothing
from tests.mailboxes.office import set_up
from tests.servers.graph import SECRET, graph, running_graph  # noqa: F401

WHO = ("pa", "pa", "pa", "pa", "staff_officer", "commander", "commander", "outsider", "slt_member", "reader")
WITHOUT_MAIL = sorted(verb for verb in ACTS if verb != "correspondence.take_in")
MAKING = ("enquiries.log", "actions.assign", "approvals.offer", "deliveries.post")
MONDAY = clock.moment(working_days.add(clock.today().replace(month=3, day=9), 0), "09:00")


class Life(RuleBasedStateMachine):
    """An office in which anybody does anything. What stands there is counted here again, plainly, row by row."""

    cast = None
    verbs = WITHOUT_MAIL
    number = 0
    done: set[str] = set()

    @initialize()
    def open(self):
        self.example = transaction.atomic()
        self.example.__enter__()
        self.at, self.which = MONDAY, 0
        self.folder = Path(tempfile.mkdtemp())
        self.ours = self.cast.pa.email
        Unit.objects.create(name="Press Bureau", email="press@bureau.example")
        for which in (0, 1, 3):
            for verb in MAKING:
                self.do(verb, "pa", which, 1)

    def teardown(self):
        transaction.set_rollback(True)
        self.example.__exit__(None, None, None)

    @rule(
        verb=st.deferred(lambda: st.sampled_from(Life.verbs)),
        who=st.sampled_from(WHO),
        which=st.integers(0, 99),
        minutes=st.integers(0, 2_000),
    )
    def do(self, verb, who, which, minutes):
        self.at += timedelta(minutes=minutes)
        self.which = which
        if verb == "outbox":
            with clock.stopped_at(self.at), self.system():
                deliveries.send_due()
            return
        with clock.stopped_at(self.at), scope.acting(getattr(self.cast, who), office=self.cast.homicide):
            try:
                ACTS[verb](self)
                self.done.add(verb)
            except (Nothing, PermissionDenied, ValidationError):
                pass
            except Exception as refusal:
                if not type(refusal).__module__.startswith("privateoffice."):
                    raise

    @rule(chain=st.sampled_from(CHAINS), which=st.integers(0, 99), minutes=st.integers(0, 500))
    def follow(self, chain, which, minutes):
        for step in chain:
            verb, _, who = step.partition(" ")
            self.do(verb, who, which, minutes)
            self.whatever_came_in_is_dealt_with_or_listed()
            self.whatever_is_open_has_owner_and_date_or_is_adrift()

    def next_number(self):
        Life.number += 1
        return Life.number

    def system(self):
        return scope.acting_as_system("test", office=self.cast.homicide)

    @contextmanager
    def administering(self):
        with scope.acting(self.cast.administrator, office=None):
            yield

    @invariant()
    def whatever_came_in_is_dealt_with_or_listed(self):
        with clock.stopped_at(self.at), self.system():
            every = sources()
            listed = [row.pk for source in every for row in source.asks("")]
            unasked = Message.objects.filter(is_from_us=False, asks=None).count()
            made = Link.objects.filter(to_record__kind="correspondence.conversation").values("from_record_id")
            called = Enquiry.objects.exclude(pk__in=made).count()
            came = called + Ask.objects.count() + unasked + ImportItem.objects.count()
            assert all(source.adds_up for source in every)
            assert sum(source.came for source in every) == came
            assert sum(source.dealt for source in every) + len(listed) == came
            for source in every:
                assert set(source.counts) <= {"", *DISPOSITIONS}
                assert all(source.line(row).title for row in source.asks())

    @invariant()
    def whatever_is_open_has_owner_and_date_or_is_adrift(self):
        with clock.stopped_at(self.at), self.system():
            now = clock.now()
            held = {row.pk for of in house.opens() for row in of.rows(now)}
            assert held == set(Record.objects.open().filter(kind__in=_closable()).values_list("pk", flat=True))
            adrift = {row.pk for of in house.opens() for row in Adrift(of, now).rows()}
            assert adrift == set(_adrift_by_hand(clock.today()))
            assert dropped(now).adrift == len(adrift)
            for of in house.opens():
                for row in of.rows(now):
                    line = of.line(row)
                    assert (bool(line.whose) and line.next_at is not None) == (row.pk not in adrift)


def _closable():
    return [of.model._meta.label_lower for of in house.opens()]


def _adrift_by_hand(today):
    """The same, asked of each row by itself."""
    for enquiry in Enquiry.objects.open():
        if enquiry.due_at is None and enquiry.redirection is None:
            yield enquiry.pk
    for action in Action.objects.open():
        if action.owner and action.owner.has_left(today):
            yield action.pk
    for submission in Submission.objects.approved():
        if submission.offer.channel != "mail":
            yield submission.pk
    for delivery in Delivery.objects.open():
        turn = getattr(delivery, "turn", None)
        if turn and turn.is_waiting and not (delivery.bound_to and delivery.bound_to.is_open):
            yield delivery.pk


def live(cast, settings_of_django, tmp_path, *, verbs, examples, steps):
    Life.cast, Life.verbs = cast, verbs
    settings_of_django.FILES_DIR, settings_of_django.OUTBOX_DIR = tmp_path / "files", tmp_path / "outbox"
    run_state_machine_as_test(
        Life,
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            deadline=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        ),
    )


def test_every_verb_that_could_drop_something_is_among_the_acts():
    told = {verb for verb in structure.verbs() if verb.split(".")[0] in ROOMS}
    assert told - set(ACTS) - NOTHING_TO_DO_WITH_IT == set()


def test_nothing_is_dropped_whatever_is_done(db, settings, tmp_path):
    live(make_cast(), settings, tmp_path, verbs=WITHOUT_MAIL, examples=2, steps=10)


@pytest.mark.slow
def test_nothing_is_dropped_where_mail_leaves_by_microsoft_365(db, settings, tmp_path, graph):  # noqa: F811
    """The far side throttles, fails and cuts the line meanwhile. Whatever it does, nothing leaves twice."""
    cast = make_cast()
    for slug in ("office", "commander"):
        address = f"{slug}@homicide.example"
        graph.tenant.applications["the-office"].held_to |= {address}
        set_up(cast, kind="graph", slug=slug, address=address, word=SECRET, place=graph.place)
    graph.faults.cuts = 0.2
    for where, status in (("POST", 429), ("/send", 503), ("messages", 500)):
        graph.faults.plan(where, status, pause="120", times=3)
    settings.FILES_DIR, settings.OUTBOX_DIR = tmp_path / "files", tmp_path / "outbox"
    Life.cast, life = cast, Life()
    life.open()
    try:
        for which in range(8):
            for verb in ("deliveries.post", "enquiries.redirect", "outbox", "deliveries.settle_uncertain"):
                life.do(verb, "pa", which, 20)
        for _ in range(8):
            life.do("outbox", "pa", 0, 400)
        life.whatever_came_in_is_dealt_with_or_listed()
        life.whatever_is_open_has_owner_and_date_or_is_adrift()
        with life.system():
            states = [each.state for each in Delivery.objects.with_states() if each.message_id in graph.sent]
        assert set(states) <= {State.SENT, State.UNCERTAIN}
        assert len(graph.sent) == len(set(graph.sent)) == len(states) > 3
    finally:
        life.teardown()


@pytest.mark.slow
def test_nothing_is_dropped_in_a_long_life_with_mail(db, settings, tmp_path):
    live(make_cast(), settings, tmp_path, verbs=sorted(ACTS), examples=12, steps=40)
    assert len(Life.done) > 40  # of some sixty: a far side that takes everything gives no occasion for all
