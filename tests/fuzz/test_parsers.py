"""Damaged files of every kind: read, or refused by name, and nothing else."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.fuzz.parsers import broken_by, damaged, parsers

TIMES = 6
"""So many damaged samples for each unit of weight. More, and longer, with `python -m tests.fuzz`."""

PARSERS = parsers()


@pytest.mark.slow
@pytest.mark.parametrize("name", PARSERS)
def test_each_reader_reads_or_refuses_what_is_damaged(name):
    parser, chance = PARSERS[name], random.Random(f"parsers {name}")
    for _ in range(TIMES * parser.weight):
        raw = damaged(chance, parser.samples)
        assert broken_by(parser, raw) is None, raw[:400]


@pytest.mark.slow
@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.binary(max_size=300), st.sampled_from([name for name in PARSERS if PARSERS[name].weight > 1]))
def test_each_reader_reads_or_refuses_any_bytes_at_all(raw, name):
    assert broken_by(PARSERS[name], raw) is None


@pytest.mark.parametrize("name", PARSERS)
def test_each_reader_takes_its_sound_samples_without_a_fault(name):
    if PARSERS[name].weight > 1:
        assert [broken_by(PARSERS[name], raw) for raw in PARSERS[name].samples] == [None] * len(
            PARSERS[name].samples
        )
