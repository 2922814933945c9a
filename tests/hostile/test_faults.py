"""Disks, databases and clocks that fail: said in words, nothing half done, and on again by itself."""

import os
import subprocess
import sys
from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.db import OperationalError, connection
from django.test import Client

from privateoffice.foundations.audit.models import Entry
from privateoffice.foundations.audit.services import verify
from privateoffice.foundations.clock import clock, working_days
from privateoffice.foundations.offices import scope
from privateoffice.foundations.ui.failures import AWAY, BUSY, FULL, READ_ONLY, matter_of
from privateoffice.rooms.enquiries.models import Enquiry, EnquiryKind
from privateoffice.spine.actions import services as actions

NEW = "/homicide/enquiries/new/"
ASKED = {"channel": "phone", "asked": "Who signs for the loan car?\nIt is wanted on Friday."}


@pytest.fixture
def pa(cast):
    client = Client(raise_request_exception=False)
    client.force_login(cast.pa)
    return client


def kept(cast) -> int:
    with scope.acting(cast.pa, office=cast.homicide):
        return Enquiry.objects.count()


@contextmanager
def only_to_be_read():
    """The database takes no writes, as on a disk that has gone read-only."""
    is_sqlite = connection.vendor == "sqlite"
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA query_only=1" if is_sqlite else "SET default_transaction_read_only = on")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA query_only=0" if is_sqlite else "SET default_transaction_read_only = off")


@pytest.mark.hostile("G03")
@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_on_a_disk_that_takes_no_writes_pages_are_read_and_a_form_comes_back_whole(cast, pa):
    kind = EnquiryKind.objects.filter(slug="general").first() or EnquiryKind.objects.create(
        slug="general", name="General"
    )
    with only_to_be_read():
        assert pa.get("/homicide/enquiries/").status_code == 200
        answer = pa.post(NEW, {**ASKED, "kind": kind.pk})
        page = answer.content.decode()
        assert answer.status_code == 503
        assert "may not write to its disk" in page
        assert "It is wanted on Friday." in page
        assert f'action="{NEW}"' in page
    assert kept(cast) == 0
    assert pa.post(NEW, {**ASKED, "kind": kind.pk}).status_code == 302
    assert kept(cast) == 1


@pytest.mark.hostile("G03", "G04", "G05")
@pytest.mark.parametrize(
    ("fault", "matter"),
    [
        (OperationalError("database or disk is full"), FULL),
        (OperationalError('could not extend file "base/1": No space left on device'), FULL),
        (OperationalError("attempt to write a readonly database"), READ_ONLY),
        (OperationalError("database is locked"), BUSY),
        (OperationalError("deadlock detected"), BUSY),
        (OperationalError("could not serialize access due to concurrent update"), BUSY),
        (OperationalError("terminating connection due to administrator command"), AWAY),
        (OSError(28, "No space left on device"), FULL),
        (OSError(30, "Read-only file system"), READ_ONLY),
        (FileNotFoundError(2, "none"), ""),
        (ZeroDivisionError(), ""),
    ],
)
def test_each_fault_of_disk_and_database_is_known_and_a_fault_of_ours_is_not_taken_for_one(fault, matter):
    assert matter_of(fault) == matter


@pytest.mark.hostile("G05")
@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_a_connection_that_the_server_ends_is_a_page_in_words_and_the_next_request_is_well(cast, pa):
    if connection.vendor != "postgresql":
        pytest.skip("a connection to a file is not ended by a server")
    import psycopg

    assert pa.get("/homicide/").status_code == 200
    connection.ensure_connection()
    place = connection.get_connection_params()
    number = connection.connection.info.backend_pid
    ours = {name: place[name] for name in ("dbname", "user", "host", "port", "password") if place.get(name)}
    with psycopg.connect(**ours) as other:
        other.execute("SELECT pg_terminate_backend(%s)", [number])
    answer = pa.get("/homicide/enquiries/")
    assert answer.status_code in (200, 503)
    assert answer.status_code == 200 or "does not answer" in answer.content.decode()
    connection.close_if_unusable_or_obsolete()
    assert pa.get("/homicide/enquiries/").status_code == 200


@pytest.mark.hostile("G10")
def test_a_clock_put_back_a_day_leaves_the_order_of_the_trail(cast):
    def act(title):
        due = working_days.add(clock.today(), 20)
        with scope.acting(cast.pa, office=cast.homicide):
            actions.assign(title=title, due_on=due, owner_role="staff_officer")

    act("First")
    with clock.stopped_at(clock.now() - timedelta(days=1)):
        act("Second")
    lines = Entry.objects.filter(office_id=cast.homicide.pk, verb="actions.assign").order_by("number")
    first, second = lines
    assert first.at > second.at
    assert first.number < second.number
    assert list(verify()) == []


@pytest.mark.hostile("G10")
def test_a_machine_in_another_zone_closes_at_the_same_instant(tmp_path):
    code = (
        "from privateoffice.program.opening import open_house; open_house();"
        "from datetime import date; from privateoffice.foundations.clock import clock;"
        "print(clock.closing(date(2026, 10, 25)).timestamp());"
        "print(clock.moment(date(2026, 3, 29), '09:00').timestamp())"
    )
    home = {"PRIVATE_OFFICE_HOME": str(tmp_path / "h"), "PRIVATE_OFFICE_KEY_FILE": str(tmp_path / "k")}
    said = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, **home, "TZ": zone},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for zone in ("Pacific/Kiritimati", "America/Los_Angeles")
    }
    assert len(said) == 1
