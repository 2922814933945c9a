"""F10: whatever is done to a trail by hand, the first entry that does not fit is named."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from privateoffice.foundations.audit import services as audit
from privateoffice.foundations.audit.models import Entry

AT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
OFFICE, OTHER, LENGTH = 7, 8, 9

ALTERED = {
    "at": AT + timedelta(days=400),
    "actor": "Somebody else",
    "actor_id": 99,
    "for_whom": "Nobody",
    "verb": "records.other",
    "kind": "records.other",
    "record_id": 99,
    "reference": "HOM/MAT/2026/9999",
    "fields": '["other"]',
    "digests": '{"title": "00"}',
    "facts": '{"count": 2}',
    "salt": "0" * 32,
    "fingerprint": "0" * 64,
    "previous": "0" * 64,
}


@pytest.fixture
def two_chains(db):
    for number in range(LENGTH):
        for office_id in (OFFICE, OTHER):
            audit.append([_line(office_id, number)])


def _line(office_id, number):
    return audit.Line(
        office_id=office_id,
        actor_id=1,
        actor="Delphine Hartsough",
        for_whom="",
        verb="records.open",
        at=AT + timedelta(minutes=number),
        texts={"title": f"Matter {number}"},
        facts={"count": 1},
    )


def by_hand(sql, *params):
    with connection.cursor() as cursor:
        cursor.execute(sql, params)


def alter(column, number):
    by_hand(f"UPDATE audit_entry SET {column} = %s WHERE office_id = 7 AND number = %s", ALTERED[column], number)
    return number


def delete(number):
    by_hand("DELETE FROM audit_entry WHERE office_id = 7 AND number = %s", number)
    return number


def cut(number):
    by_hand("DELETE FROM audit_entry WHERE office_id = 7 AND number >= %s", number)
    return number


def swap(one, other):
    for before, after in ((one, 1000), (other, one), (1000, other)):
        by_hand("UPDATE audit_entry SET number = %s WHERE office_id = 7 AND number = %s", after, before)
    return min(one, other)


def insert(number):
    """A copy of an entry put behind it, so that all behind it move up."""
    for later in range(LENGTH, number - 1, -1):
        by_hand("UPDATE audit_entry SET number = %s WHERE office_id = 7 AND number = %s", later + 1, later)
    copied = Entry.objects.get(office_id=OFFICE, number=number + 1)
    copied.pk, copied.number = None, number
    Entry.objects.bulk_create([copied])
    return number + 1


def borrow(number):
    """The entry of another office's chain in the place of ours."""
    by_hand("DELETE FROM audit_entry WHERE office_id = 7 AND number = %s", number)
    by_hand("UPDATE audit_entry SET office_id = 7 WHERE office_id = 8 AND number = %s", number)
    return number


PLACES = st.integers(1, LENGTH)
TAMPERINGS = st.one_of(
    st.tuples(st.just(alter), st.sampled_from(sorted(ALTERED)), PLACES),
    st.tuples(st.sampled_from([delete, cut, insert, borrow]), PLACES),
    st.permutations(range(1, LENGTH + 1)).map(lambda order: (swap, order[0], order[1])),
)


@pytest.mark.hostile("F10")
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(tampering=TAMPERINGS)
def test_the_first_entry_that_does_not_fit_is_named_f10(two_chains, tampering):
    tamper, *where = tampering
    with transaction.atomic():
        first = tamper(*where)
        assert [misfit.number for misfit in audit.verify() if misfit.office_id == OFFICE] == [first]
        transaction.set_rollback(True)
    assert list(audit.verify()) == []


@pytest.mark.parametrize("change", ["number = number - 1", "fingerprint = 'x'", "number = number + 1"])
def test_a_changed_head_is_named_f10(two_chains, change):
    by_hand(f"UPDATE audit_head SET {change} WHERE office_id = 7")
    assert [misfit.office_id for misfit in audit.verify()] == [OFFICE]


@pytest.mark.hostile("F10")
def test_a_tail_cut_together_with_its_head_shows_against_a_head_kept_outside(two_chains):
    """Such a chain fits in itself; the head on paper or in a backup is what tells."""
    kept = audit.head_of(OFFICE)
    cut(LENGTH)
    last = Entry.objects.get(office_id=OFFICE, number=LENGTH - 1)
    by_hand(
        "UPDATE audit_head SET number = %s, fingerprint = %s WHERE office_id = 7", LENGTH - 1, last.fingerprint
    )
    assert audit.head_of(OFFICE) != kept
