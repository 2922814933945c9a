"""Search, matters and retention in a real browser: sound for everyone, by keyboard, and without scripts."""

from datetime import timedelta

import pytest
from django.apps import apps
from playwright.sync_api import expect

from privateoffice.foundations.clock import clock
from privateoffice.foundations.offices import scope
from privateoffice.foundations.offices.verbs import performing
from privateoffice.foundations.records import services as records
from privateoffice.foundations.registry import house

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def thread(cast, home):
    """A matter with a late enquiry and a sensitive one on it, and one whose time is over."""
    kinds = apps.get_model("enquiries", "EnquiryKind").objects
    kind = kinds.filter(slug="general").first() or kinds.create(slug="general", name="General")
    with scope.acting(cast.staff_officer, office=cast.homicide):
        matter = records.open_matter(
            title="Inquest into the fire at Northmere",
            summary="The coroner sits in May; the family is to be told.",
        )
        for title, days, marks in (
            ("Letter of the coroner", 40, {}),
            ("Question of the family", 0, {"marking": 2, "handling": "PERSONAL DATA"}),
        ):
            enquiry = house.receiver_of("enquiry")(
                matter,
                title=title,
                asked="When will the coroner have the report?",
                channel="email",
                kind=kind,
                received_at=clock.now() - timedelta(days=days),
            )
            if marks:
                records.mark(enquiry, **marks)
            records.put_on(matter, enquiry)
        old = records.open_matter(title="Old thread about the coroner", summary="Over")
        with performing("records.test"):
            records.close(old, outcome="closed", at=clock.now() - timedelta(days=7 * 366))
    return matter


def test_every_page_is_sound_at_both_widths(cast, thread, visitor, axe, shoot):
    old = f"HOM/MAT/{clock.today().year}/0002"
    pages = {
        "search": "search/?q=coroner",
        "search-none": "search/?q=nothing+like+it",
        "matters": "matters/",
        "matter": thread.get_absolute_url().removeprefix("/homicide/"),
        "place": f"records/matter/?record=matters/{thread.year}/2",
        "marking": f"records/matters/{thread.year}/{thread.number}/marking/",
        "readers": f"records/matters/{thread.year}/{thread.number}/readers/",
        "retention": "retention/",
        "retention-kind": "retention/kinds/matters/",
        "retention-decision": f"retention/decision/?record={old}",
        "enquiry": f"enquiries/{thread.year}/1/",
    }
    for width in (1440, 390):
        page = visitor.open("/homicide/", user=cast.staff_officer, width=width)
        shoot(page, f"today-{width}")
        for name, address in pages.items():
            page.goto(f"/homicide/{address}")
            axe(page)
            shoot(page, f"{name}-{width}", whole=True)
            assert page.evaluate("document.documentElement.scrollWidth") <= width, name


def test_what_is_typed_finds_titles_at_once_by_keyboard_alone(cast, thread, visitor, axe, shoot):
    page = visitor.open("/homicide/matters/", user=cast.pa)
    page.wait_for_load_state("networkidle")
    page.keyboard.press("/")
    page.keyboard.type("inq")
    page.wait_for_selector(".po-typed a")
    axe(page)
    shoot(page, "typed-1440")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{thread.get_absolute_url()}")
    page.wait_for_load_state("networkidle")
    page.keyboard.press("/")
    page.keyboard.type("fam")
    page.wait_for_selector(".po-typed a")
    page.keyboard.press("Escape")
    expect(page.locator(".po-typed")).to_have_count(0)


def test_search_works_without_scripts(cast, thread, visitor):
    page = visitor.open("/homicide/matters/", user=cast.pa, scripts=False)
    page.fill("#q", "coroner")
    page.press("#q", "Enter")
    expect(page.locator(".po-hit")).to_have_count(4)
