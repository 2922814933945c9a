"""The diary in a real browser: the week as drawn, its list on the phone, and foreign words that do nothing."""

import pytest
from playwright.sync_api import expect

from privateoffice.foundations.offices import scope
from privateoffice.spine.diary import services
from privateoffice.spine.diary.models import Engagement
from privateoffice.spine.diary.tests.samples import calendar, event

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

HOSTILE = "<img src=x onerror=alert(1)><script>alert(2)</script>"
WEEK = "/homicide/diary/?week=2026-11-23"


def london(day: int, hour: str) -> str:
    return f"TZID=Europe/London:202611{day}T{hour}00"


def a_week() -> bytes:
    return calendar(
        event("1", "SUMMARY:Reactive Review", "LOCATION:4.12", "DURATION:PT1H", start=london(23, "0830")),
        event("2", "SUMMARY:CPS?", "STATUS:TENTATIVE", "DURATION:PT1H", start=london(23, "1130")),
        event("3", "SUMMARY:Federation?", "STATUS:TENTATIVE", "DURATION:PT1H", start=london(23, "1130")),
        event("4", "SUMMARY:Travel 35 min", "DURATION:PT45M", start=london(23, "1315")),
        event("5", "SUMMARY:Gold group", "ORGANIZER:mailto:gold@partners.example", start=london(23, "1400")),
        event("6", "LOCATION:County Hall", start=london(24, "1000")),
        event("7", "SUMMARY:Finance", start=london(24, "1045")),
        event("8", "SUMMARY:OFFICIAL-SENSITIVE: Exit interview", start=london(25, "1330")),
        event("9", "CLASS:PRIVATE", "SUMMARY:Clinic", start=london(25, "1600")),
        event("10", "SUMMARY:Breakfast with partners", "DURATION:PT1H", start=london(26, "0700")),
        event("11", "SUMMARY:Commendation board", "DTEND:soon", start=london(26, "1300")),
        event("12", "SUMMARY:Leave", start="VALUE=DATE:20261127"),
        event(
            "13", f"SUMMARY:{HOSTILE}", f"LOCATION:{HOSTILE}", f"DESCRIPTION:{HOSTILE}", start=london(27, "0900")
        ),
    )


@pytest.fixture
def diary(cast):
    with scope.acting(cast.pa, office=cast.homicide):
        services.take_in(a_week(), source="diary.ics")
    return cast


def test_the_week_is_drawn_and_its_list_stands_in_for_it_on_the_phone(diary, visitor, axe, shoot):
    page = visitor.open(WEEK, user=diary.pa)
    board = page.locator(".po-week .po-event", has_text="Partnership board")
    first = page.locator(".po-week .hours li", has_text="10am")
    assert abs(board.bounding_box()["y"] - first.bounding_box()["y"]) < 6
    expect(page.locator(".po-week-twin")).to_be_hidden()
    axe(page)
    shoot(page, "diary-week")
    phone = visitor.open(WEEK, user=diary.pa, width=390)
    expect(phone.locator(".po-week")).to_be_hidden()
    expect(phone.locator(".po-week-twin")).to_contain_text("Partnership board")
    assert phone.evaluate("document.documentElement.scrollWidth <= innerWidth")
    axe(phone)
    shoot(phone, "diary-week-phone", whole=True)


@pytest.mark.hostile("B01")
def test_what_comes_from_outside_does_nothing(diary, visitor, axe, shoot):
    with scope.acting(diary.pa, office=diary.homicide):
        one = Engagement.objects.get(uid="13").get_absolute_url()
        odd = Engagement.objects.get(uid="11").get_absolute_url()
    for width in (1440, 390):
        page = visitor.open(user=diary.pa, width=width)
        page.on("dialog", lambda dialog: pytest.fail(f"a script ran: {dialog.message}"))
        for place in (
            WEEK,
            f"{WEEK}&view=list",
            one,
            odd,
            "/homicide/diary/to-look-at/",
            "/homicide/diary/imports/",
        ):
            page.goto(place)
            assert page.locator("main img[src=x], main script").count() == 0
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), (place, width)
            axe(page)
            shoot(page, f"diary{place.replace('/', '-').replace('?', '-')}-{width}", whole=True)
        page.goto(one)
        expect(page.locator("h1")).to_have_text(HOSTILE)


def test_keys_turn_the_weeks(diary, visitor):
    page = visitor.open(WEEK, user=diary.pa)
    page.keyboard.press("l")
    expect(page.locator("h1")).to_have_text("30 November to 6 December")
    page.keyboard.press("h")
    expect(page.locator("h1")).to_have_text("23 to 29 November")
