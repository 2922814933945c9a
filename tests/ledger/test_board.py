"""The board: what waits in each office and who sits there; numbers, names and times, and nothing restricted."""

from datetime import timedelta

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from privateoffice.desk.ledger.board import board
from privateoffice.foundations.clock import clock
from privateoffice.foundations.offices import scope
from privateoffice.foundations.offices.models import Office
from privateoffice.rooms.enquiries import services as enquiries
from privateoffice.rooms.enquiries.models import EnquiryKind
from privateoffice.spine.correspondence.tests.letters import lay, letter, take

SECRET = "Zyxomma"


def log(cast, **marks):
    with scope.acting(cast.pa, office=cast.homicide):
        enquiry = enquiries.log(
            title=SECRET, asked=SECRET, channel="phone", kind=EnquiryKind.objects.first(), **marks
        )
        return enquiries.correct(enquiry, seen=enquiry.version, due_at=None)


def of(office):
    return next(desk for desk in board(clock.now()) if desk.office == office)


def test_the_board_counts_what_is_official_and_for_everybody(cast, tmp_path):
    """F01: what is restricted moves no number on a page that other offices read."""
    assert (of(cast.homicide).undealt, of(cast.homicide).adrift, of(cast.homicide).oldest_at) == (0, 0, None)
    log(cast)
    take(cast, lay(tmp_path / "mail", letter(SECRET, days_ago=3), letter("Another", days_ago=2)))
    before = of(cast.homicide)
    assert (before.undealt, before.adrift) == (2, 1)
    assert clock.now() - before.oldest_at > timedelta(days=2)
    log(cast, marking=2, handling="PERSONAL DATA")
    take(cast, lay(tmp_path / "more", letter(f"OFFICIAL-SENSITIVE: {SECRET}", days_ago=9)))
    assert of(cast.homicide) == before
    assert of(cast.proactive).undealt == 0


def test_the_board_says_who_sits_there_now_and_next(cast):
    now = clock.now()
    granted = cast.cover()
    later = cast.cover()
    later.starts_at, later.ends_at = now + timedelta(days=3), now + timedelta(days=4)
    later.save()
    desk = of(cast.homicide)
    assert [chair.name for chair in desk.holders] == ["Delphine Hartsough"]
    assert [(c.name, c.for_whom, c.ends_at) for c in desk.now] == [
        ("Jonah Pemberlaw", "Delphine Hartsough", granted.ends_at)
    ]
    assert [chair.starts_at for chair in desk.next] == [later.starts_at]
    assert not desk.is_empty
    cast.pa.person.holdings.all().delete()
    granted.ended_at = now
    granted.save()
    assert of(cast.homicide).is_empty


def test_another_office_reads_numbers_and_no_record(cast):
    log(cast)
    client = Client()
    client.force_login(cast.outsider)
    page = client.get("/proactive/board/").content.decode()
    assert "1 record" in page
    assert SECRET not in page
    assert "HOM/ENQ" not in page


def test_the_board_asks_the_same_of_two_offices_and_of_ten(cast):
    client = Client()
    client.force_login(cast.pa)
    client.get("/homicide/board/")
    with CaptureQueriesContext(connection) as of_two:
        client.get("/homicide/board/")
    for letter_of in "ABCDEFGH":
        Office.objects.create(slug=letter_of, code=letter_of * 3, name=letter_of, short_name=letter_of)
    with CaptureQueriesContext(connection) as of_ten:
        client.get("/homicide/board/")
    assert len(of_ten) == len(of_two)
