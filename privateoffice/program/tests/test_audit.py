"""The command that verifies the trail."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from privateoffice.foundations.offices import scope
from privateoffice.foundations.records import services as records


def run(act):
    said = StringIO()
    call_command("audit", act, stdout=said)
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
