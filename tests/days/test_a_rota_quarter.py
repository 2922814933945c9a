"""A quarter's on-call rota: from a spreadsheet to the claim, with an illness at six on Christmas morning."""

import io
import re
from datetime import date, datetime, timedelta

import pytest
from playwright.sync_api import Page, expect

from privateoffice.connectors.sheets.writing import write_xlsx
from privateoffice.foundations.clock import clock
from privateoffice.foundations.jobs.worker import drain
from privateoffice.foundations.offices import scope
from privateoffice.rooms.rotas import services
from privateoffice.rooms.rotas.models import Acknowledgement, Claim, Duty, Handover, OnCall, Period, Swap
from privateoffice.rooms.rotas.tests.ground import DUTIES, officer
from privateoffice.spine.deliveries.models import Delivery
from tests.browser.kit import IN_A_BROWSER, ready

pytestmark = [*IN_A_BROWSER, pytest.mark.slow]

FIRST = date(2026, 9, 28)
SIOS = ("Trevannick", "Pennistone", "O’Dunleavy", "Quenbury")
SUPTS = ("Merriwack", "Dunnavale")
LINK = re.compile(r"https?://\S+?(/duties/\S+/)")


@pytest.fixture
def at(monkeypatch):
    """Set the clock of the whole house, the server's threads too."""

    def set_to(day: date, hour: str) -> datetime:
        moment = clock.moment(day, hour)
        monkeypatch.setattr(clock, "now", lambda: moment)
        return moment

    return set_to


@pytest.fixture
def rota(migrated, cast):
    """The rota with its people, and no period yet."""
    with scope.acting(cast.pa, office=cast.homicide):
        rota = services.set_up(name="On call", duties=DUTIES)
        for names, rank, letter in ((SIOS, "DCI", "S"), (SUPTS, "Det Supt", "D")):
            for place, name in enumerate(names, start=1 if letter == "S" else 11):
                person = officer(cast.homicide, name, rank, place)
                duty = rota.duty_types.get(letter=letter)
                services.enrol(rota, person=person, duty_types=[duty], starts_on=date(2025, 1, 1))
                if duty.skill:
                    services.certify(person, name=duty.skill, starts_on=date(2025, 1, 1))
        return rota


def old_sheet() -> bytes:
    """The spreadsheet that the unit kept: a week a row, surnames, and a heading that is not quite ours."""
    held = io.BytesIO()
    weeks = [FIRST + timedelta(days=7 * n) for n in range(15)]
    rows = [(f"{week:%d/%m/%Y}", SIOS[n % 4].replace("’", "'"), SUPTS[n % 2]) for n, week in enumerate(weeks)]
    write_xlsx(held, ("Week commencing", "On call SIO", "Det Sput"), rows, title="Rota")
    return held.getvalue()


def link_to(surname: str, subject: str) -> str:
    """The link in the newest mail to somebody whose subject begins so."""
    with scope.acting_as_system("test"):
        name = surname.replace("’", "").lower()
        mails = Delivery.objects.filter(subject__startswith=subject, destinations__address__startswith=name)
        return LINK.search(mails.order_by("-pk").first().text)[1]


def duty_on(letter: str, day: date) -> Duty:
    start, end = clock.moment(day, "12:00"), clock.moment(day, "12:01")
    with scope.acting_as_system("test"):
        return Duty.objects.between(start, end).filter(duty_type__letter=letter).select_related("published").get()


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name).first.click()
    page.wait_for_load_state()


def test_a_quarter_from_the_spreadsheet_to_the_claim(rota, cast, visitor, axe, shoot, at):
    at(date(2026, 8, 24), "10:00")
    pa = visitor.open(f"{rota.get_absolute_url()}sheet/", user=cast.pa)
    pa.set_default_timeout(60_000)
    period = import_and_publish(pa, axe, shoot)
    acknowledge(visitor, at)
    fall_ill(pa, period, at, axe, shoot)
    swap(visitor, cast, period)
    hand_over(pa, visitor, period)
    claim(pa, rota, at, axe, shoot)


def import_and_publish(pa: Page, axe, shoot) -> str:
    """The doubt is asked before anything is written; then it is a draft, and then it is published."""
    file = {"name": "on call.xlsx", "mimeType": "application/octet-stream", "buffer": old_sheet()}
    pa.set_input_files("input[type=file]", files=[file])
    press(pa, "Look at it")
    expect(pa.get_by_text("What does the heading “Det Sput” mean?")).to_be_visible()
    axe(pa)
    press(pa, "That is it")
    expect(pa.get_by_role("heading", name="30 duties, 0 gaps")).to_be_visible()
    press(pa, "Take it in")
    ready(pa)
    expect(pa.get_by_text("No gap")).to_be_visible()
    axe(pa)
    shoot(pa, "rota-draft")
    period = re.sub(r"\?.*", "", pa.url)
    pa.get_by_role("link", name="Publish").click()
    press(pa, "Publish and tell them")
    expect(pa.locator(".govuk-tag", has_text="Published")).to_be_visible()
    return period


def acknowledge(visitor, at) -> None:
    """By the link in the mail, without an account, on a phone."""
    at(date(2026, 8, 25), "08:00")
    phone = visitor.open(link_to("Trevannick", "Your duties"), width=390)
    expect(phone.get_by_text("21 December 2026 at 9am to 28 December 2026 at 9am")).to_be_visible()
    press(phone, "I have these duties")
    expect(phone.get_by_text("You have said that you have your duties")).to_be_visible()
    with scope.acting_as_system("test"):
        assert Acknowledgement.objects.get().how == "link"


def fall_ill(pa: Page, period: str, at, axe, shoot) -> None:
    """Christmas Day, six in the morning: one page, three ways, one press, and only those concerned are told."""
    at(date(2026, 12, 25), "06:00")
    with scope.acting_as_system("test"):
        told = Delivery.objects.count()
    pa.goto(f"{period}illness/")
    pa.get_by_label("Who").select_option(label="DCI Hal Trevannick")
    press(pa, "Find three ways")
    drain()
    pa.goto(pa.url)
    expect(pa.get_by_role("heading", name=re.compile("The fewest changes")).first).to_be_visible()
    axe(pa)
    shoot(pa, "rota-mend", whole=True)
    option = pa.locator(".po-option", has_text="The fewest changes").first
    option.get_by_label("Who authorised it").fill("DCS Calderwick")
    option.get_by_role("button", name="Apply it and tell them").click()
    pa.wait_for_load_state()
    expect(pa.get_by_text("Mended and published")).to_be_visible()
    taker = duty_on("S", date(2026, 12, 26)).published
    with scope.acting_as_system("test"):
        assert taker.surname != "Trevannick"
        assert (
            OnCall.objects.at(clock.moment(date(2026, 12, 26), "12:00")).get(duty="SIO").name == taker.ranked_name
        )
        newest = Delivery.objects.order_by("pk")[told:]
        assert {one.subject[:26] for one in newest} == {"Your duties have changed: "}
        to = {one.destinations.get().name for one in newest}
    assert {taker.ranked_name, "DCI Hal Trevannick"} <= to


def swap(visitor, cast, period: str) -> None:
    """Asked by the link in one mail, agreed by the link in another, approved by the Staff Officer."""
    asker = duty_on("S", date(2027, 1, 6)).published
    other = "Pennistone" if asker.surname == "Quenbury" else "Quenbury"
    phone = visitor.open(link_to(asker.surname, "Your duties"), width=390)
    phone.get_by_text("Ask a colleague for a swap").click()
    phone.get_by_label("Which duty").select_option(index=phone.locator("#swap-duty option").count() - 1)
    phone.get_by_label("Who should take it").select_option(label=f"DCI Hal {other}")
    phone.get_by_label("Why").fill("A school visit")
    press(phone, "Ask them")
    expect(phone.get_by_text("has been asked")).to_be_visible()
    phone.goto(link_to(other, f"{asker.ranked_name} asks you"))
    press(phone, "I agree")
    desk = visitor.open(f"{re.sub('https?://[^/]+', '', period)}swaps/", user=cast.staff_officer)
    press(desk, "Approve")
    with scope.acting_as_system("test"):
        assert Swap.objects.get().state == "Made"
    assert duty_on("S", date(2027, 1, 6)).published.surname == other


def hand_over(pa: Page, visitor, period: str) -> None:
    """What Trevannick knows goes to whoever has the rest of the week, who accepts."""
    pa.goto(f"{period}duties/S-20261221/handover/")
    pa.get_by_label("Live incidents").fill("Operation Sample Heron")
    pa.get_by_role("button", name="Hand over").click()
    pa.wait_for_load_state()
    taker = duty_on("S", date(2026, 12, 26)).published
    phone = visitor.open(link_to(taker.surname, "Handover"), width=390)
    expect(phone.get_by_text("Operation Sample Heron")).to_be_visible()
    press(phone, "I accept it")
    with scope.acting_as_system("test"):
        assert Handover.objects.waiting().count() == 0


def claim(pa: Page, rota, at, axe, shoot) -> None:
    """January: December is over, and is claimed at the rate of its days."""
    at(date(2027, 1, 5), "10:00")
    pa.goto(f"{rota.get_absolute_url()}pay/?month=2026-12")
    axe(pa)
    shoot(pa, "rota-pay")
    pa.get_by_role("button", name="Claim for DCI Hal Pennistone").click()
    pa.wait_for_load_state()
    with scope.acting_as_system("test"):
        made = Claim.objects.get()
    assert made.person.surname == "Pennistone"
    assert made.amount == 35 * len(made.days)
    with scope.acting_as_system("test"):
        assert Period.objects.get().state == "published"
