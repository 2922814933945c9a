"""`private-office office add`: an office from the command line."""

import pytest
from django.core.management import CommandError, call_command

from privateoffice.foundations.offices.models import Invitation, Office


def test_an_office_is_added_in_a_colour_that_no_other_wears(db, capsys):
    call_command("office", "add", "complex", "CCE", "Complex Case", "--address", "1 Example Street\\nZZ99 1AA")
    call_command("office", "add", "support", "SOS", "Support")
    first, second = Office.objects.get(slug="complex"), Office.objects.get(slug="support")
    assert (first.code, first.name, first.address) == ("CCE", "Complex Case", "1 Example Street\nZZ99 1AA")
    assert first.colour != second.colour
    assert "Complex Case is open at" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("said", "why"),
    [
        (("static", "STA", "Static"), "is an address of the program itself"),
        (("complex", "toolong", "X"), "code"),
        (("complex", "CCE", "X", "--colour", "#ffff00"), "White letters cannot be read"),
    ],
)
def test_what_cannot_be_an_office_is_refused_in_a_sentence(db, said, why):
    with pytest.raises(CommandError, match=why):
        call_command("office", "add", *said)
    assert not Office.objects.exists()


def test_the_first_real_office_ends_the_sample_and_hands_over_a_link(cast, capsys):
    Office.objects.update(is_sample=True)
    call_command("office", "add", "complex", "CCE", "Complex Case")
    assert "/setup/" in capsys.readouterr().out
    call_command("office", "add", "support", "SOS", "Support")
    assert "/setup/" not in capsys.readouterr().out
    assert Invitation.objects.count() == 1
