"""The trail shows every alteration, deletion and insertion by hand."""

from datetime import UTC, datetime

import pytest
from django.db import connection

from privateoffice.foundations.audit import services as audit
from privateoffice.foundations.audit.models import Entry, TrailIsAppendOnly

AT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
OFFICE = 7


@pytest.fixture
def five_entries(db):
    for number in range(5):
        audit.append([line(texts={"title": f"Matter {number}"})])
    return OFFICE


def line(**said):
    return audit.Line(
        office_id=OFFICE, actor_id=1, actor="Delphine Hartsough", for_whom="", verb="records.open", at=AT, **said
    )


def by_hand(sql, *params):
    with connection.cursor() as cursor:
        cursor.execute(sql, params)


def test_a_whole_chain_verifies(five_entries):
    assert list(audit.verify()) == []


@pytest.mark.parametrize("column", ["actor", "verb", "reference", "for_whom", "kind"])
def test_an_altered_entry_is_named(five_entries, column):
    by_hand(f"UPDATE audit_entry SET {column} = 'x' WHERE number = 3")
    assert list(audit.verify()) == [audit.Misfit(five_entries, 3, "it was altered")]


def test_a_deleted_entry_is_named(five_entries):
    by_hand("DELETE FROM audit_entry WHERE number = 2")
    assert list(audit.verify()) == [audit.Misfit(five_entries, 2, "this entry is missing")]


def test_a_cut_tail_is_named(five_entries):
    by_hand("DELETE FROM audit_entry WHERE number = 5")
    assert list(audit.verify()) == [audit.Misfit(five_entries, 5, "the end of the chain was cut or moved")]


def test_an_inserted_entry_is_named(five_entries):
    by_hand("UPDATE audit_entry SET number = number + 1 WHERE number = 5")
    by_hand(
        "INSERT INTO audit_entry (office_id, number, at, actor, for_whom, verb, kind, reference, fields,"
        " digests, facts, salt, previous, fingerprint) SELECT office_id, 5, at, actor, for_whom, 'x', kind,"
        " reference, fields, digests, facts, salt, fingerprint, fingerprint FROM audit_entry WHERE number = 4"
    )
    assert list(audit.verify()) == [audit.Misfit(five_entries, 5, "it was altered")]


def test_an_entry_is_never_changed_or_removed(five_entries):
    entry = Entry.objects.first()
    for attempt in (entry.save, entry.delete, Entry.objects.all().delete, Entry.objects.all().update):
        with pytest.raises(TrailIsAppendOnly):
            attempt()


def test_an_entry_can_be_matched_with_the_text_it_was_about(five_entries):
    entry = Entry.objects.get(number=2)
    assert audit.matches(entry, "title", "Matter 1")
    assert not audit.matches(entry, "title", "Matter 2")
