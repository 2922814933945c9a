"""What can be done with any record."""

from collections import Counter

import pytest
from django.core.exceptions import PermissionDenied

from privateoffice.foundations.audit.models import Entry
from privateoffice.foundations.offices import scope
from privateoffice.foundations.offices.verbs import performing
from privateoffice.foundations.records import search
from privateoffice.foundations.records import services as records
from privateoffice.foundations.records.markings import AboveOurCeiling, Marking
from privateoffice.foundations.records.models import Closing, Damaged, Disposal, Matter, Record, SearchText


@pytest.fixture
def desk(cast):
    with scope.acting(cast.pa, office=cast.homicide):
        yield cast


@pytest.fixture
def matter(desk):
    return records.open_matter(title="Visit of the minister", summary="Two days in May")


def test_a_record_gets_the_next_reference_of_its_kind_and_year(matter):
    second = records.open_matter(title="Another")
    year = matter.year
    assert (matter.reference, second.reference) == (f"HOM/MAT/{year}/0001", f"HOM/MAT/{year}/0002")
    assert second.get_absolute_url() == f"/homicide/matters/{year}/2/"


def test_a_verb_adds_one_line_with_digests_instead_of_texts(matter, cast):
    entry = Entry.objects.get()
    assert (entry.verb, entry.actor, entry.actor_id) == (
        "records.open_matter",
        "Delphine Hartsough",
        cast.pa.person.pk,
    )
    assert entry.fields == ["title"]
    assert "minister" not in str(entry.digests)


@pytest.mark.hostile("E03")
def test_the_second_save_of_two_shows_both_and_loses_neither(matter):
    mine = Matter.objects.get(pk=matter.pk)
    records.revise_matter(matter, seen=1, title="Visit of the Home Secretary")
    with pytest.raises(records.ChangedMeanwhile) as refusal:
        records.revise_matter(mine, seen=1, title="Visit of the junior minister")
    assert refusal.value.differences == [("title", "Visit of the Home Secretary", "Visit of the junior minister")]
    texts = [version.texts["title"] for version in matter.versions.all()]
    assert texts == ["Visit of the Home Secretary", "Visit of the minister"]


def test_a_record_is_closed_once_and_reopening_keeps_how_it_was_closed(matter):
    with performing("records.test"):
        first = records.close(matter, outcome="done", words="It went well")
        with pytest.raises(records.AlreadyClosed):
            records.close(matter, outcome="done")
        assert list(Matter.objects.open()) == []
        records.reopen(matter, reason="A second visit")
        assert list(Matter.objects.open()) == [matter]
        second = records.close(matter, outcome="done")
    assert list(matter.closings.order_by("pk")) == [first, second]
    assert matter.closing == second


def test_marking_needs_handling_and_a_title_above_our_ceiling_is_refused(matter):
    from privateoffice.foundations.records.services.access import NoHandling

    with pytest.raises(NoHandling):
        records.mark(matter, marking=Marking.OFFICIAL_SENSITIVE)
    records.mark(matter, marking=Marking.OFFICIAL_SENSITIVE, handling="PERSONAL DATA")
    assert Matter.objects.get().marking == Marking.OFFICIAL_SENSITIVE
    with pytest.raises(AboveOurCeiling):
        records.open_matter(title="SECRET: the plan")


def test_reading_a_sensitive_record_is_written_down(matter):
    records.read(matter)
    records.mark(matter, marking=Marking.OFFICIAL_SENSITIVE, handling="PERSONAL DATA")
    records.read(matter)
    assert Counter(Entry.objects.values_list("verb", flat=True))["records.read"] == 1


def test_a_record_under_hold_is_not_disposed_of(cast, matter):
    from privateoffice.foundations.records.services.keeping import Held

    placed = records.hold(matter, reason="Inquiry")
    with scope.acting(cast.commander, office=cast.homicide):
        with pytest.raises(Held):
            records.dispose(matter, decision="destroy", reason="Time is up", rule="6 years")
        records.lift(matter, hold=placed)
        records.dispose(matter, decision="destroy", reason="Time is up", rule="6 years")
        assert not Record.objects.exists()
        decided = Disposal.objects.get()
    assert (decided.reference, decided.decided_by) == (matter.reference, "Imogen Calderwick")


def test_the_search_text_is_written_with_the_verb(matter):
    assert SearchText.objects.get().body.split() == [
        matter.reference,
        *["Visit", "of", "the", "minister", "Two", "days", "in", "May"],
    ]


def test_what_many_verbs_did_is_indexed_once_at_the_end(matter):
    with search.indexed_at_the_end():
        records.revise_matter(matter, seen=1, summary="Three days in June")
        other = records.open_matter(title="Another")
        assert not SearchText.objects.filter(record=other).exists()
    assert SearchText.objects.get(record=matter).body.endswith("Three days in June")
    assert SearchText.objects.get(record=other).title == "Another"


def test_a_reader_may_not_open_a_matter(cast):
    with scope.acting(cast.reader, office=cast.homicide), pytest.raises(PermissionDenied):
        records.open_matter(title="Mine")


def test_what_is_done_under_cover_is_written_a_for_b(cast):
    cast.cover()
    with scope.acting(cast.outsider, office=cast.homicide):
        records.open_matter(title="Under cover")
    entry = Entry.objects.get()
    assert (entry.actor, entry.for_whom) == ("Jonah Pemberlaw", "Delphine Hartsough")


def test_many_records_at_once_get_all_that_one_gets(desk):
    with performing("records.test"):
        made = records.make_many(Matter, [{"title": f"Matter {n}", "summary": "x"} for n in range(3)])
    one = records.open_matter(title="Another")
    assert [matter.number for matter in [*made, one]] == [1, 2, 3, 4]
    assert list(Matter.objects.order_by("number").values_list("title", flat=True)) == [
        *(f"Matter {n}" for n in range(3)),
        "Another",
    ]
    assert [version.texts["summary"] for version in made[1].versions.all()] == ["x"]


def test_originals_are_kept_byte_for_byte_and_once(desk):
    with performing("records.test"):
        kept = records.keep_originals([b"one\r\n", b"two\x00", b"one\r\n"])
    assert [original.read() for original in kept] == [b"one\r\n", b"two\x00", b"one\r\n"]
    assert kept[0] == kept[2]
    kept[0].path.write_bytes(b"altered")
    with pytest.raises(Damaged):
        kept[0].read()


def test_the_row_of_a_record_says_what_its_closing_says(cast):
    with scope.acting(cast.pa, office=cast.homicide), performing("records.test"):
        first, second, third = records.make_many(Matter, [{"title": title} for title in ("A", "B", "C")])
        closing = records.close(first, outcome="answered")
        closings = [Closing(record=record, outcome="answered", closed_by="D") for record in (second, third)]
        records.close_many(closings)
        records.reopen(third, reason="Too soon")
        said = [(matter.title, matter.ended_at) for matter in Matter.objects.order_by("title")]
        assert said == [("A", closing.closed_at), ("B", closings[0].closed_at), ("C", None)]
        assert [matter.title for matter in Matter.objects.open()] == ["C"]
        assert [matter.title for matter in Matter.objects.closed().order_by("title")] == ["A", "B"]
        assert (first.ended_at, third.ended_at) == (closing.closed_at, None)
