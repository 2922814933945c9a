"""The command that verifies the trail."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from privateoffice.foundations.audit.models import Entry, Head
from privateoffice.foundations.keeping import services as keeping
from privateoffice.foundations.offices import scope
from privateoffice.foundations.records import services as records


def run(act, **options):
    said = StringIO()
    call_command("audit", act, stdout=said, **options)
    return said.getvalue()


def test_a_whole_trail_verifies_and_its_head_can_be_printed(cast):
    with scope.acting(cast.pa, office=cast.homicide):
        records.open_matter(title="Visit of the minister")
    assert run("verify") == "Every chain is whole.\n"
    name, number, fingerprint = run("head").strip().split("\t")
    assert (name, number, len(fingerprint)) == ("Homicide and Major Investigations", "1", 64)


def test_an_altered_entry_is_named_with_its_office(cast):
    with scope.acting(cast.pa, office=cast.homicide):
        records.open_matter(title="Visit of the minister")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE audit_entry SET actor = 'Somebody else'")
    with pytest.raises(CommandError, match="Homicide and Major Investigations, entry 1: it was altered"):
        run("verify")


@pytest.fixture
def matters(cast):
    with scope.acting(cast.pa, office=cast.homicide):
        for number in range(5):
            records.open_matter(title=f"Matter {number}")


def rebuild(cast, *, keep: int) -> None:
    """What somebody with the key and the database can do: cut the chain, or make it anew, and move its head."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM audit_entry WHERE office_id = %s AND number > %s", [cast.homicide.pk, keep])
    last = Entry.objects.filter(office_id=cast.homicide.pk).order_by("-number").first()
    Head.objects.filter(office_id=cast.homicide.pk).update(
        number=keep, fingerprint=last.fingerprint if last else ""
    )


@pytest.fixture
def printed(matters, tmp_path):
    place = tmp_path / "heads.txt"
    place.write_text(run("head"))
    return place


@pytest.fixture
def backup(cast, matters, tmp_path):
    with scope.acting(cast.pa, office=cast.homicide):
        records.open_matter(title="One more")
    with scope.acting_as_system("backup"):
        keeping.back_up(tmp_path / "whole.backup")
    return tmp_path / "whole.backup"


def test_a_chain_that_went_on_fits_the_heads_that_were_printed_before(cast, printed):
    with scope.acting(cast.pa, office=cast.homicide):
        records.open_matter(title="Later")
    assert (
        run("verify", heads=printed) == f"Every chain is whole.\nIt goes on from each of 1 heads in {printed}.\n"
    )


@pytest.mark.parametrize("keep", [4, 0])
def test_a_chain_that_was_cut_is_whole_in_itself_and_found_by_the_printed_head(cast, printed, keep):
    rebuild(cast, keep=keep)
    assert run("verify") == "Every chain is whole.\n"
    with pytest.raises(
        CommandError, match="Homicide and Major Investigations, entry 5: the trail no longer holds"
    ):
        run("verify", heads=printed)


def test_a_chain_that_was_made_anew_as_a_whole_is_found_by_the_printed_head(cast, printed):
    rebuild(cast, keep=0)
    with scope.acting(cast.pa, office=cast.homicide):
        for number in range(5):
            records.open_matter(title=f"Another story {number}")
    assert run("verify") == "Every chain is whole.\n"
    with pytest.raises(CommandError, match="entry 5: the trail no longer holds it: it was cut, or made anew"):
        run("verify", heads=printed)


@pytest.mark.django_db(transaction=True)
def test_the_heads_in_a_backup_show_it_too(cast, backup):
    assert "It goes on from each of" in run("verify", heads=backup)
    rebuild(cast, keep=3)
    with pytest.raises(CommandError, match="entry 6: the trail no longer holds it"):
        run("verify", heads=backup)


@pytest.mark.parametrize("raw", [b"", b"no head here", b"x" * 2_000_000])
def test_a_file_without_heads_is_refused(db, tmp_path, raw):
    (tmp_path / "other").write_bytes(raw)
    with pytest.raises(CommandError):
        run("verify", heads=tmp_path / "other")
    with pytest.raises(CommandError, match="cannot be read"):
        run("verify", heads=tmp_path / "nothing")
