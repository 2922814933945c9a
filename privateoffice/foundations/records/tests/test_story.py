"""What happened to a record, told in sentences."""

import pytest
from django.db import connection

from privateoffice.foundations.offices import scope
from privateoffice.foundations.records import services as records
from privateoffice.foundations.records.markings import Marking
from privateoffice.foundations.records.story import story_of, story_of_matter


@pytest.fixture
def matter(cast):
    with scope.acting(cast.pa, office=cast.homicide):
        yield records.open_matter(title="Visit of the minister")


def test_the_story_of_a_record_is_told_newest_first(matter):
    records.hold(matter, reason="Inquiry")
    records.mark(matter, marking=Marking.OFFICIAL_SENSITIVE, handling="PERSONAL DATA")
    told = story_of(matter)
    assert [one.sentence for one in told] == [
        "Delphine Hartsough changed the marking of this matter from OFFICIAL to OFFICIAL-SENSITIVE",
        "Delphine Hartsough placed a hold on this matter",
        "Delphine Hartsough opened this matter",
    ]
    assert [one.quote for one in told] == ["", "Inquiry", ""]


def test_a_text_that_was_changed_by_hand_is_not_shown_as_what_was_written(matter):
    records.hold(matter, reason="Inquiry")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE records_hold SET reason = 'Nothing to see'")
    assert story_of(matter)[0].quote == ""


def test_what_was_done_under_cover_names_both(matter, cast):
    cast.cover()
    with scope.acting(cast.outsider, office=cast.homicide):
        records.hold(matter, reason="Asked by the coroner")
        assert story_of(matter)[0].sentence == (
            "Jonah Pemberlaw for Delphine Hartsough placed a hold on this matter"
        )


def test_the_story_of_a_matter_holds_what_its_reader_may_see(matter, cast):
    other = records.open_matter(title="Grievance", marking=Marking.OFFICIAL_SENSITIVE, handling="PERSONAL DATA")
    records.put_on(matter, other)
    assert story_of_matter(matter)[0].words == f"put matter {other.reference} on a matter"
    assert story_of_matter(matter)[-1].words == "opened this matter"
    verbs = [one.reference for one in story_of_matter(matter)]
    assert verbs.count(other.reference) == 2
    with scope.acting(cast.reader, office=cast.homicide):
        assert {one.reference for one in story_of_matter(matter)} == {matter.reference}


def test_a_record_is_taken_off_a_matter_and_stays(matter):
    other = records.open_matter(title="Another")
    records.put_on(matter, other)
    records.take_off(matter, other)
    assert story_of(other)[0].sentence.startswith("Delphine Hartsough took this matter off")
