"""Passwords made of words of the house are refused; what has enough of its own is taken."""

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from privateoffice.foundations.offices.models import Unit
from privateoffice.program.forms import PasswordForm

REFUSED = [
    "PrivateOffice2026!",
    "commander-homicide",
    "H0m1c1de.Murder.99",
    "Winter2026London",
    "p@ssw0rdpassw0rd",
    "trident-trident-trident",
    "scotland yard police",
]
TAKEN = [
    "three odd words together",
    "the commander eats marmalade",
    "kestrel thimble office",
    "Привет мой друг Иван",
]


@pytest.fixture
def unit(cast):
    return Unit.objects.create(office=cast.proactive, name="Trident North")


@pytest.mark.parametrize("password", REFUSED)
def test_words_of_the_house_are_refused(unit, cast, password):
    with pytest.raises(ValidationError, match="words of the office"):
        validate_password(password, cast.pa)


@pytest.mark.parametrize("password", TAKEN)
def test_a_password_with_words_of_its_own_is_taken(unit, cast, password):
    assert validate_password(password, cast.pa) is None


def test_the_form_of_an_invitation_says_so(unit, cast):
    typed = {"email": "d@example.org", "password": REFUSED[0], "again": REFUSED[0]}
    assert "words of your own" in str(PasswordForm(cast.pa, typed).errors["password"])
