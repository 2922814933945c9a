"""The dynamic programme against brute force on tiny questions."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from privateoffice.rooms.rotas.solver.roster.kernels import NOWHERE, row_cost
from privateoffice.rooms.rotas.solver.roster.personal import keeps_rules
from privateoffice.rooms.rotas.solver.roster.pricing import Pricer
from privateoffice.rooms.rotas.solver.roster.tests import questions
from privateoffice.rooms.rotas.solver.roster.windows import window

pytestmark = pytest.mark.slow  # The kernels are compiled first.


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10**6))
def test_the_cheapest_row_is_the_cheapest_of_all(seed):
    instance = questions.drawn(seed, staff=1, days=7)
    prices = np.random.default_rng(seed).normal(0, 10, (7, 2))
    costs = [row_cost(row.astype(np.int64), instance.wishes[0] - prices) for row in questions.rows(instance, 0)]
    answer = Pricer(instance).cheapest(0, instance.wanted[0] - prices)
    if not costs:
        assert answer.row is None
        return
    assert answer.row is not None
    assert keeps_rules(instance, 0, answer.row.astype(np.int8))
    assert answer.cost == pytest.approx(min(costs))
    assert answer.bound == pytest.approx(min(costs))


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10**6))
def test_a_penalty_in_place_of_a_counter_still_bounds_and_still_keeps_the_rules(seed):
    instance = questions.drawn(seed, staff=1, days=7)
    pricer = Pricer(instance)
    pricer.most_states = 1
    costs = [row_cost(row.astype(np.int64), instance.wishes[0]) for row in questions.rows(instance, 0)]
    answer = pricer.cheapest(0, instance.wanted[0])
    assert answer.bound <= min(costs, default=NOWHERE) + 1e-9
    if answer.row is not None:
        assert keeps_rules(instance, 0, answer.row.astype(np.int8))


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10**6), st.integers(0, 6), st.integers(1, 7))
def test_a_window_filled_anew_keeps_the_rules(seed, start, end):
    instance = questions.drawn(seed, staff=1, days=9)
    answer = Pricer(instance).cheapest(0, instance.wanted[0])
    if answer.row is None:
        return
    roster = answer.row.astype(np.int8)[None]
    span = window(instance, roster, 0, start, min(9, start + end))
    prices = np.random.default_rng(seed).normal(0, 10, (9, 2))
    if span.end > span.start:
        inside = Pricer(instance).cheapest(0, (instance.wanted[0] - prices)[span.start : span.end], span)
        if inside.row is not None:
            roster[0, span.start : span.end] = inside.row
    assert keeps_rules(instance, 0, roster[0])
