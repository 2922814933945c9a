"""Many originals in one pack: read back proved, forgotten where they lie, and gone with the last of them."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from privateoffice.foundations.offices import scope
from privateoffice.foundations.records import services as records
from privateoffice.foundations.records.models import Damaged, Original, packs
from privateoffice.foundations.records.services.originals import drop_unused

RAWS = [f"original {n}".encode() * (n + 1) for n in range(40)]


@pytest.fixture
def acting(cast):
    with scope.acting_as_system("test", office=cast.homicide) as opened:
        yield opened


def pack_of(original):
    return packs.place_of(original.office_id, original.pack)


def test_many_go_into_one_pack_and_come_back_byte_for_byte(acting):
    kept = records.keep_originals(RAWS)
    assert [one.read() for one in kept] == RAWS
    assert len({one.pack for one in kept}) == 1
    assert records.keep_originals(RAWS) == kept
    assert len(list(pack_of(kept[0]).parent.iterdir())) == 1


def test_the_same_bytes_twice_in_one_go_are_kept_once(acting):
    kept = records.keep_originals(RAWS + RAWS)
    assert Original.objects.count() == len(RAWS)
    assert kept[: len(RAWS)] == kept[len(RAWS) :]


def test_what_was_altered_in_a_pack_is_noticed(acting):
    kept = records.keep_originals(RAWS)
    with pack_of(kept[3]).open("r+b") as file:
        file.seek(kept[3].offset)
        file.write(b"X")
    with pytest.raises(Damaged):
        kept[3].read()
    assert kept[4].read() == RAWS[4]


def test_what_is_forgotten_is_written_over_and_the_last_takes_the_pack_along(
    acting, django_capture_on_commit_callbacks
):
    kept = records.keep_originals(RAWS)
    with django_capture_on_commit_callbacks(execute=True):
        drop_unused({kept[3].pk})
    raw = pack_of(kept[0]).read_bytes()
    assert RAWS[3] not in raw
    assert kept[4].read() == RAWS[4]
    with django_capture_on_commit_callbacks(execute=True):
        drop_unused({one.pk for one in kept})
    assert not pack_of(kept[0]).exists()


def test_one_that_was_restored_into_a_file_of_its_own_is_read_from_there(acting):
    from privateoffice.foundations.records.shelf import keep as keep_file

    kept = records.keep_originals(RAWS)
    pack_of(kept[0]).unlink()
    keep_file(kept[0].office_id, RAWS[0])
    assert kept[0].read() == RAWS[0]
    with pytest.raises(Damaged):
        kept[1].read()


def test_many_cost_the_same_queries_as_more(acting):
    def cost(raws):
        with CaptureQueriesContext(connection) as captured:
            records.keep_originals(raws)
        return len(captured)

    assert cost([b"a%d" % n for n in range(20)]) == cost([b"b%d" % n for n in range(100)])
