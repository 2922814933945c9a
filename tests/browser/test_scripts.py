"""Keys, the caret, menus, kept text and the one sending: by keyboard, and what is left without scripts."""

import pytest
from playwright.sync_api import expect

from tests.browser.kit import IN_A_BROWSER, follow, ready

pytestmark = IN_A_BROWSER

CARET = ".po-row--caret a.subject"


@pytest.fixture
def sample(cast):
    type(cast.homicide).objects.update(is_sample=True)
    return cast


@pytest.fixture
def sheet(sample, visitor):
    return visitor.open("/components/")


def test_j_and_k_move_the_caret_and_the_acts_go_with_it(sheet):
    first, second = "Ring back the coroner’s officer", "MP’s letter about family liaison for a constituent"
    expect(sheet.locator(CARET)).to_have_text(first)
    sheet.keyboard.press("j")
    expect(sheet.locator(CARET)).to_have_text(second)
    expect(sheet.locator(CARET)).to_be_focused()
    expect(sheet.locator(".po-row .po-acts:visible")).to_have_count(1)
    sheet.keyboard.press("k")
    sheet.keyboard.press("k")
    expect(sheet.locator(CARET)).to_have_text(first)


def test_the_question_mark_lists_the_keys_and_escape_closes_them(sheet, axe):
    sheet.keyboard.press("?")
    dialog = sheet.get_by_role("dialog", name="Keys")
    expect(dialog).to_be_visible()
    expect(dialog).to_contain_text("On this page")
    axe(sheet)
    sheet.keyboard.press("Escape")
    expect(dialog).to_be_hidden()


def test_a_menu_opens_by_its_key_and_closes_on_escape(sheet):
    split = sheet.locator(".po-menu a", has_text="Split")
    sheet.keyboard.press(".")
    expect(split).to_be_focused()
    sheet.keyboard.press("Escape")
    expect(split).to_be_hidden()
    expect(sheet.locator("summary", has_text="More")).to_be_focused()


def test_single_keys_rest_in_a_field_and_when_they_are_switched_off(sheet):
    sheet.get_by_label("Caller").first.press_sequentially("j?")
    expect(sheet.get_by_label("Caller").first).to_have_value("j?")
    expect(sheet.get_by_role("dialog", name="Keys")).to_be_hidden()
    sheet.goto("/keys/")
    sheet.get_by_label("Off").check()
    sheet.goto("/components/")
    ready(sheet)
    sheet.keyboard.press("?")
    expect(sheet.get_by_role("dialog", name="Keys")).to_be_hidden()


@pytest.mark.hostile("E01")
def test_what_is_typed_comes_back_until_it_has_arrived(sheet):
    words = sheet.get_by_label("What they ask")
    words.fill("The coroner rang twice")
    sheet.reload()
    expect(words).to_have_value("The coroner rang twice")
    expect(sheet.get_by_text("What you typed here before is back.")).to_be_visible()
    sheet.get_by_role("button", name="Start again").click()
    sheet.reload()
    expect(words).to_have_value("")


def test_how_pages_look_is_chosen_in_the_browser_and_stays(sheet):
    sheet.goto("/keys/")
    sheet.get_by_label("Dark").check()
    sheet.get_by_label("Roomy").check()
    sheet.goto("/components/")
    ready(sheet)
    assert sheet.evaluate("({...document.documentElement.dataset})") == {
        "scripted": "",
        "ready": "",
        "theme": "dark",
        "density": "roomy",
    }
    assert sheet.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(18, 23, 26)"


def test_keys_lead_from_room_to_room(cast, visitor):
    page = visitor.open("/homicide/", user=cast.pa)
    page.keyboard.press("g")
    page.keyboard.press("q")
    page.wait_for_url("**/homicide/enquiries/")
    expect(page.locator(".po-rooms [aria-current=page]")).to_contain_text("Enquiries")
    ready(page)
    page.keyboard.press("c")
    expect(page.locator(".po-bar details[open] a").first).to_be_focused()


def test_a_form_is_sent_by_ctrl_and_enter_and_once_only(cast, visitor):
    page = visitor.open("/homicide/enquiries/new/", user=cast.pa)
    sent = []
    page.on("request", lambda asked: sent.append(asked.url) if asked.method == "POST" else None)
    page.locator("[name=asked]").fill("Who signs for the loan car?")
    page.keyboard.press("Control+Enter")
    page.keyboard.press("Control+Enter")
    expect(page.locator("h1")).to_have_text("Who signs for the loan car?")
    assert len(sent) == 1
    page.goto("/homicide/enquiries/new/")
    expect(page.get_by_text("What you typed here before is back.")).to_have_count(0)


@pytest.mark.hostile("E01")
def test_what_was_typed_survives_a_dead_session(cast, visitor, watch):
    watch.expect("403")
    page = visitor.open("/homicide/enquiries/new/", user=cast.pa)
    page.locator("[name=asked]").fill("Who signs for the loan car?")
    page.context.clear_cookies()
    page.keyboard.press("Control+Enter")
    expect(page.locator("h1")).not_to_have_text("Log an enquiry")
    ready(page)
    visitor.sign_in(page.context, cast.pa)
    page.goto("/homicide/enquiries/new/")
    expect(page.locator("[name=asked]")).to_have_value("Who signs for the loan car?")


def kept_in(page):
    return page.evaluate("Object.keys(localStorage).filter(name => name.startsWith('po-typed:'))")


def type_and_wait(page):
    page.locator("[name=asked]").fill("Who signs for the loan car?")
    for _ in range(100):
        if kept_in(page):
            return
        page.wait_for_timeout(50)
    raise AssertionError("what was typed is not kept")


def test_signing_out_says_what_is_lost_and_leaves_nothing_of_it_in_the_browser(cast, visitor):
    page = visitor.open("/homicide/enquiries/new/", user=cast.pa)
    type_and_wait(page)
    other = page.context.new_page()
    other.goto("/homicide/enquiries/new/")
    ready(other)
    page.goto("/homicide/")
    ready(page)
    page.locator("summary.po-office").click()
    follow(page.get_by_role("button", name="Sign out"))
    expect(page.locator("h1")).to_have_text("Sign out?")
    expect(page.get_by_text("is removed from it")).to_be_visible()
    assert kept_in(page)
    follow(page.get_by_role("button", name="Sign out"))
    expect(page.locator("h1")).to_have_text("Sign in")
    assert kept_in(page) == []
    other.locator("[name=asked]").fill("Typed in a page that was still open")
    other.close(run_before_unload=True)
    page.wait_for_timeout(600)
    assert kept_in(page) == []
    cast.pa.refresh_from_db()
    visitor.sign_in(page.context, cast.pa)
    page.goto("/homicide/enquiries/new/")
    expect(page.locator("[name=asked]")).to_have_value("")
    type_and_wait(page)


def test_with_nothing_typed_signing_out_takes_one_press(cast, visitor):
    page = visitor.open("/homicide/", user=cast.pa)
    page.locator("summary.po-office").click()
    follow(page.get_by_role("button", name="Sign out"))
    expect(page.locator("h1")).to_have_text("Sign in")


def test_whoever_signs_in_next_finds_nothing_that_somebody_else_typed(cast, visitor):
    page = visitor.open("/homicide/enquiries/new/", user=cast.pa)
    type_and_wait(page)
    visitor.sign_in(page.context, cast.staff_officer)
    page.goto("/homicide/enquiries/new/")
    ready(page)
    expect(page.locator("[name=asked]")).to_have_value("")
    assert kept_in(page) == []


@pytest.mark.hostile("E13")
def test_everything_is_a_link_or_a_form_without_scripts(sample, visitor, axe):
    page = visitor.open("/homicide/", user=sample.pa, scripts=False)
    page.locator("summary.po-office").click()
    expect(page.get_by_role("button", name="Sign out")).to_be_visible()
    page.get_by_role("link", name="Keys ?").click()
    page.wait_for_url("**/keys/")
    expect(page.get_by_text("Search or go to").or_(page.get_by_text("This list"))).to_be_visible()
    page.goto("/components/")
    expect(page.locator(".po-row .po-acts:visible")).to_have_count(5)


@pytest.mark.hostile("E13")
def test_forced_colours_keep_the_caret_and_the_marking(sample, visitor, shoot):
    page = visitor.open("/components/", forced_colors="active")
    assert page.evaluate("getComputedStyle(document.querySelector('.po-row--caret')).outlineStyle") == "solid"
    shoot(page, "forced-colours")


@pytest.mark.parametrize("width", [1440, 390])
def test_the_commander_has_tabs_on_a_phone_and_a_rail_at_a_desk(sample, visitor, axe, shoot, width):
    page = visitor.open("/homicide/", user=sample.commander, width=width)
    is_phone = width == 390
    expect(page.locator(".po-tabs")).to_be_visible(visible=is_phone)
    expect(page.locator(".po-rail")).to_be_visible(visible=not is_phone)
    axe(page)
    shoot(page, f"commander-{width}")


def test_cover_is_never_mistaken_for_home(sample, visitor, axe, shoot):
    sample.cover()
    page = visitor.open("/homicide/", user=sample.outsider)
    expect(page.get_by_role("region", name="Cover")).to_contain_text("Jonah Pemberlaw for Delphine Hartsough")
    axe(page)
    shoot(page, "cover")
    page.keyboard.press("g")
    page.keyboard.press("1")
    page.wait_for_url("**/proactive/")


def test_paper_carries_the_marking_and_who_printed_it(sample, visitor, shoot):
    page = visitor.open("/homicide/", user=sample.pa)
    page.emulate_media(media="print")
    expect(page.locator(".po-rail")).to_be_hidden()
    expect(page.locator(".po-printed")).to_contain_text("for Delphine Hartsough. Sample data")
    shoot(page, "print")
