"""A rota on paper: one sheet across for a month or a quarter, and the marking in the margin of it."""

import io
from datetime import date

import pikepdf
import pypdfium2
import pytest

from privateoffice.foundations.offices import scope
from privateoffice.foundations.offices.tests.cast import make_cast
from privateoffice.foundations.records import services as records
from privateoffice.foundations.records.markings import Marking
from privateoffice.rooms.rotas.tests.ground import make_ground
from tests.browser.kit import IN_A_BROWSER

pytestmark = IN_A_BROWSER

A4_ACROSS, A3_ACROSS = (842, 595), (1191, 842)


@pytest.fixture
def rota(migrated):
    cast = make_cast()
    with scope.acting(cast.pa, office=cast.homicide):
        return cast, make_ground(cast, starts_on=date(2026, 12, 7), ends_on=date(2027, 2, 28)).period


def sheets(page) -> list[tuple[int, int]]:
    with pikepdf.open(io.BytesIO(page.pdf(prefer_css_page_size=True))) as printed:
        return [tuple(round(float(side)) for side in one.MediaBox[2:]) for one in printed.pages]


def words(page) -> str:
    with pypdfium2.PdfDocument(page.pdf(prefer_css_page_size=True)) as printed:
        return printed[0].get_textpage().get_text_range()


@pytest.mark.parametrize(("shown", "size"), [("", A4_ACROSS), ("?show=whole", A3_ACROSS)])
def test_a_rota_is_one_sheet_across(rota, visitor, shown, size):
    cast, period = rota
    page = visitor.open(period.get_absolute_url() + shown, user=cast.pa)
    assert sheets(page) == [pytest.approx(size, abs=2)]


@pytest.mark.parametrize("shown", ["", "?show=whole"])
def test_the_sheet_of_a_sensitive_rota_says_so(rota, visitor, shown):
    cast, period = rota
    with scope.acting(cast.pa, office=cast.homicide):
        records.mark(period, marking=Marking.OFFICIAL_SENSITIVE, handling="PERSONAL DATA")
    page = visitor.open(period.get_absolute_url() + shown, user=cast.pa)
    said = words(page)
    assert said.count("OFFICIAL") == said.count("OFFICIAL-SENSITIVE") >= 2
