"""A PA's Monday, lived in a real browser on a real server: from the first sign-in to signing out.

The day is today, whatever day that is; what must be a working day is asked of the clock.
"""

import io
import json
import mailbox
import time
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pypdfium2
import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.core.cache import cache
from django.core.management import call_command
from django.test import Client
from playwright.sync_api import Page, expect

from privateoffice.foundations.clock import clock, words, working_days
from privateoffice.foundations.jobs import queue, worker
from privateoffice.foundations.offices import scope, services
from privateoffice.foundations.records import services as records
from privateoffice.spine.actions import services as actions
from privateoffice.spine.actions.models import Action
from privateoffice.spine.approvals import services as approvals
from privateoffice.spine.approvals.models import Addressee
from privateoffice.spine.deliveries import services as deliveries
from tests.browser.kit import IN_A_BROWSER, Visitor, ready
from tests.days import post

pytestmark = IN_A_BROWSER

PASSWORD = "three odd words together"
KEYS_A_SECOND = 5
"""How fast somebody types who does it all day: sixty words a minute."""

QUESTION = "Who speaks to the family now?"
TASK = "Ring the family and say who speaks to them"
LETTER = "Letter to Nadia Prestwood MP"


@dataclass
class Typist:
    """Types, and counts how long a person would have taken."""

    page: Page
    strokes: int = 0

    def type(self, words: str) -> None:
        self.page.keyboard.type(words)
        self.strokes += len(words)

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)
            self.strokes += 1

    @property
    def seconds(self) -> float:
        return self.strokes / KEYS_A_SECOND


def code_of(secret: str) -> str:
    """What an authenticator shows now. Near the end of its half minute it waits for the next."""
    if time.time() % 30 > 26:
        time.sleep(4)
    return format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))


@pytest.fixture
def matter(cast):
    with scope.acting(cast.pa, office=cast.homicide):
        return records.open_matter(title="The Prestwood constituent")


def test_a_pas_monday(cast, visitor, matter, tmp_path):
    page = first_sign_in(cast, visitor)
    enquiry = log_a_call(page)
    action = turn_it_into_an_action(page, enquiry, matter)
    letter = offer_a_letter(cast)
    the_commander_approves_it_on_a_phone(cast, visitor)
    it_goes_out_once(cast, page, letter, tmp_path)
    chase(cast, page, action, tmp_path)
    import_mail_and_diary(page, tmp_path)
    put_a_line_off_and_see_it_come_back(cast, page)
    make_the_day_pack(page)
    sign_out(page)


def first_sign_in(cast, visitor) -> Page:
    """By the administrator's link to a password, a second factor, and both of them at the door."""
    with scope.acting(cast.administrator, office=None):
        link = services.invite(cast.pa.person)
    page = visitor.open(link)
    page.set_default_timeout(10_000)
    page.get_by_label("Email").fill("delphine@example.org")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_label("again").fill(PASSWORD)
    page.get_by_role("button", name="Set my password").click()
    enter(page, "delphine@example.org", PASSWORD)
    secret = switch_the_second_factor_on(page)
    page.goto("/sign-in/out/")
    page.get_by_role("button", name="Sign out").click()
    cache.clear()  # the half minute of the code passes
    page.goto("/")
    enter(page, "delphine@example.org", PASSWORD)
    page.get_by_label("Code").fill(code_of(secret))
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/homicide/")
    expect(page.locator("h1")).to_contain_text(clock.today().strftime("%A"))
    return page


def enter(page: Page, email: str, password: str) -> None:
    page.get_by_label("Email").fill(email)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Continue").click()


def switch_the_second_factor_on(page: Page) -> str:
    """From the office's own menu; returns the key that the PA's telephone keeps."""
    page.locator("summary.po-office").click()
    page.get_by_role("link", name="How you sign in").click()
    page.get_by_role("link", name="Set up an app").click()
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Confirm").click()
    secret = page.locator("code").inner_text()
    page.locator("[name=code]").fill(code_of(secret))
    page.get_by_role("button", name="Switch it on").click()
    page.wait_for_url("**/recovery-codes/**")
    return secret


def log_a_call(page: Page) -> str:
    """From anywhere by keyboard, while the caller is still there. Returns the address of what was logged."""
    ready(page)
    typist = Typist(page)
    typist.press("g", "e")
    page.wait_for_url("**/enquiries/new/")
    ready(page)
    typist.type("Nadia Prestwood")
    typist.press("Tab", "Tab", "Tab", "Tab")
    typist.type(QUESTION)
    typist.press("Control+Enter")
    expect(page.locator("h1")).to_have_text(QUESTION)
    expect(page.get_by_role("status").first).to_contain_text("HOM/ENQ/")
    assert typist.seconds < 20
    return page.url


def turn_it_into_an_action(page: Page, enquiry: str, matter) -> str:
    """The question goes on a matter and becomes somebody's action; one page shows both."""
    page.goto(enquiry)
    page.locator("main summary", has_text="More").click()
    page.get_by_role("link", name="Make an action").click()
    page.get_by_label("What is to be done").fill(TASK)
    page.get_by_label("Owner: a role").select_option("staff_officer")
    page.get_by_label("By when").fill(working_days.next(clock.today()).isoformat())
    page.get_by_label("Matter").fill(matter.reference)
    page.get_by_role("button", name="Assign").click()
    expect(page.locator("h1")).to_have_text(TASK)
    action = page.url
    expect(page.locator("aside")).to_contain_text(matter.title)
    page.goto(matter.get_absolute_url())
    expect(page.locator("main")).to_contain_text(QUESTION)
    expect(page.locator("main")).to_contain_text(TASK)
    return action


def offer_a_letter(cast):
    """What is to go out in the Commander's name is put before her."""
    with scope.acting(cast.pa, office=cast.homicide):
        return approvals.offer(
            item_class="letter",
            title=LETTER,
            sender=approvals.Sender(cast.commander.person.ranked_name, "imogen.calderwick@homicide.example"),
            recipients=[Addressee("to", "Nadia Prestwood MP", "office@prestwood.example")],
            subject="Family liaison for your constituent",
            text="Dear Ms Prestwood\n\nThe officer rings the family today.\n\nYours sincerely",
            summary="She asks who speaks to the family.",
            recommendation="approve",
        )


def the_commander_approves_it_on_a_phone(cast, visitor: Visitor) -> None:
    """One tap on the first page of the Commander's telephone."""
    phone = visitor.open("/homicide/", user=cast.commander, width=390, has_touch=True)
    expect(phone.locator("main")).to_contain_text(LETTER)
    phone.get_by_role("button", name="Approve").first.tap()
    expect(phone.get_by_role("status").first).to_contain_text("Approved")


def it_goes_out_once(cast, page: Page, letter, home: Path) -> None:
    """The PA sees it approved; however often the outbox is emptied, it is there once, with those words."""
    page.goto("/homicide/approvals/")
    expect(page.locator("main")).to_contain_text(LETTER)
    empty_the_outbox(cast)
    assert outbox(home) == []
    with clock.stopped_at(clock.now() + timedelta(minutes=1)):  # the moment to call it back is over
        empty_the_outbox(cast)
        empty_the_outbox(cast)
    sent = [one for one in outbox(home) if one["To"] == "Nadia Prestwood MP <office@prestwood.example>"]
    assert [one["Subject"] for one in sent] == ["Family liaison for your constituent"]
    page.goto(letter.get_absolute_url())
    expect(page.locator("main")).to_contain_text("Sent")


def empty_the_outbox(cast) -> None:
    worker.drain()
    with scope.acting_as_system("outbox", office=cast.homicide):
        deliveries.send_due()


def outbox(home: Path) -> list[mailbox.Message]:
    """What has left the house, as it lies in the embedded outbox."""
    folder = home / "outbox" / "homicide"
    return list(mailbox.Maildir(folder, create=False)) if folder.exists() else []


def chase(cast, page: Page, action: str, home: Path) -> None:
    """The next step of the ladder is shown before it fires, and a nudge is one key."""
    page.goto(action)
    with scope.acting(cast.pa, office=cast.homicide):
        step = actions.plan(Action.objects.get(title=TASK), clock.now())[0].step
    planned = page.locator(".po-planned summary").first
    expect(planned).to_contain_text(words.moment(step.at))
    page.locator("h1").click()
    page.keyboard.press("h")
    expect(page.get_by_role("status").first).to_contain_text("nudged")
    with clock.stopped_at(step.at + timedelta(minutes=1)):
        with scope.acting_as_system("chasers", office=cast.homicide):
            assert [chased.step for chased in actions.climb(clock.now())] == [step.key]
        empty_the_outbox(cast)
    chasers = [one for one in outbox(home) if one["To"].endswith(f"<{cast.staff_officer.person.email}>")]
    assert len(chasers) == 2
    page.reload()
    expect(page.locator(".po-planned summary").first).not_to_contain_text(words.moment(step.at))


def import_mail_and_diary(page: Page, folder: Path) -> None:
    """A real mailbox and a real calendar, by the command; twice is once."""
    box, diary = post.mailbox(folder, clock.today()), post.calendar(folder, clock.today())
    assert brought_in("mail", box) == {"read": 4, "new": 4, "unchanged": 0, "needs_a_look": 0}
    assert brought_in("mail", box) == {"read": 4, "new": 0, "unchanged": 4, "needs_a_look": 0}
    assert brought_in("calendar", diary) == {"read": 2, "new": 2, "unchanged": 0, "needs_a_look": 0}
    page.goto("/homicide/")
    expect(page.locator("main ol").first).to_contain_text(post.UNANSWERED)
    expect(page.get_by_label("The Commander’s day")).to_contain_text(post.VISIT)
    ready(page)
    page.keyboard.press("g")
    page.keyboard.press("m")
    page.wait_for_url("**/mail/")
    expect(page.locator("main")).to_contain_text(post.UNANSWERED)
    page.get_by_role("link", name="All mail").click()
    expect(page.locator("main")).to_contain_text("Family liaison for a constituent")
    page.goto("/homicide/diary/")
    expect(page.locator("main")).to_contain_text(post.VISIT)
    expect(page.locator("main")).to_contain_text(post.BRIEFING)


def brought_in(kind: str, file: Path) -> dict[str, int]:
    """The counts that the command prints."""
    said = io.StringIO()
    call_command("import", kind, str(file), "--office", "homicide", "--json", stdout=said)
    return json.loads(said.getvalue())


def put_a_line_off_and_see_it_come_back(cast, page: Page) -> None:
    """By key, until tomorrow; it stands beside the day meanwhile, and comes back by itself or when called."""
    page.goto("/homicide/")
    ready(page)
    put_the_caret_on(page, post.UNANSWERED)
    page.keyboard.press("z")
    page.get_by_role("button", name="Put off").click()
    page.wait_for_url("**/homicide/")
    expect(page.locator(".po-row", has_text=post.UNANSWERED)).to_have_count(0)
    with clock.stopped_at(clock.moment(working_days.next(clock.today()), "08:01")):
        assert is_on_today(cast, post.UNANSWERED)
    page.get_by_role("button", name="Bring back").click()
    expect(page.locator(".po-row", has_text=post.UNANSWERED)).to_have_count(1)


def put_the_caret_on(page: Page, title: str) -> None:
    for _ in range(page.locator(".po-row").count()):
        if title in page.locator(".po-row--caret").inner_text():
            return
        page.keyboard.press("j")
    raise AssertionError(f"There is no line “{title}”.")


def is_on_today(cast, title: str) -> bool:
    """Whether Today shows a line at the moment at which the clock stands."""
    client = Client()
    client.force_login(type(cast.pa).objects.get(pk=cast.pa.pk))
    return f">{title}</a>" in client.get("/homicide/").content.decode()


def make_the_day_pack(page: Page) -> None:
    """Asked for by button, made by the worker, read as PDF."""
    page.goto("/homicide/day-packs/")
    page.get_by_role("button", name="Make the day pack").click()
    expect(page.get_by_role("status").first).to_contain_text("is being made")
    assert worker.drain() == 1
    assert list(queue.set_aside()) == []
    page.goto("/homicide/day-packs/")
    page.locator("a.subject").first.click()
    paper = page.get_by_role("link", name="Open the PDF").get_attribute("href")
    answer = page.request.get(paper)
    assert answer.headers["content-type"] == "application/pdf"
    said = text_of(answer.body())
    for expected in ("OFFICIAL", "Homicide and Major Investigations", post.BRIEFING, LETTER):
        assert expected in said


def text_of(pdf: bytes) -> str:
    return "\n".join(sheet.get_textpage().get_text_range() for sheet in pypdfium2.PdfDocument(pdf))


def sign_out(page: Page) -> None:
    page.goto("/homicide/")
    page.locator("summary.po-office").click()
    page.get_by_role("button", name="Sign out").click()
    page.goto("/homicide/")
    expect(page.locator("h1")).to_have_text("Sign in")
