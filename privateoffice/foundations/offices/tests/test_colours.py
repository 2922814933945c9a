"""Offices are told apart by colours on which white letters can be read."""

import pytest
from django.core.exceptions import ValidationError

from privateoffice.foundations.offices.colours import ENOUGH, PALETTE, contrast_with_white
from privateoffice.foundations.offices.models import Office


@pytest.mark.parametrize("colour", PALETTE)
def test_every_colour_offered_takes_white_letters(colour):
    assert contrast_with_white(colour) >= ENOUGH


@pytest.mark.parametrize(("colour", "contrast"), [("#000000", 21), ("#ffffff", 1), ("#777777", 4.48)])
def test_contrast_is_counted_as_wcag_counts_it(colour, contrast):
    assert round(contrast_with_white(colour), 2) == contrast


def test_an_office_never_wears_a_colour_on_which_its_letters_vanish():
    with pytest.raises(ValidationError, match="White letters"):
        Office(slug="x", code="XXX", name="X", short_name="X", colour="#777777").clean()
