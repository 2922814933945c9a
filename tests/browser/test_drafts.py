"""Drafts in a real browser: open to all, on a telephone too; what was typed survives a session that ended."""

from datetime import timedelta
from email.message import EmailMessage

import pytest
from django.contrib.sessions.models import Session

from privateoffice.foundations.clock import clock
from privateoffice.foundations.offices import scope
from privateoffice.spine.approvals.services import Paper
from privateoffice.spine.correspondence.models import Ask
from privateoffice.spine.correspondence.tests.letters import lay, letter, take
from privateoffice.spine.letters import services
from privateoffice.spine.letters.tests.test_drafts import accepted, workbook
from tests.browser.kit import ready

pytestmark = pytest.mark.browser

DRAFTS = "/homicide/drafts/"


@pytest.fixture
def place(cast, tmp_path):
    """The address of a reply with a file in which something is hidden, and lines that fit."""
    text = "Dear Imogen\r\n\r\nWhat became of the exhibits pilot that your teams ran in the spring?\r\n\r\nAmabel"
    take(cast, lay(tmp_path / "m", letter("What became of the exhibits pilot?", text, message_id=1)))
    with scope.acting(cast.pa, office=cast.homicide):
        services.keep_line(
            title="Sharing evaluation results",
            text="The evaluation will be shared once the board has seen it.",
            terms="exhibits pilot, evaluation",
            owner_role="staff_officer",
            until_on=clock.today() + timedelta(days=60),
        )
        said = {"subject": "Thank you", "text": "Dear {name}", "sender_as": "own", "form": "mail"}
        services.keep_template(name="Thanks", **said)
        draft = services.answer(Ask.objects.select_related("record__office", "message__record__office").get())
        services.attach(draft, Paper("figures.xlsx", "application/vnd.ms-excel", workbook()))
        text = "Dear Amabel\n\nThe figures are attached.\n\nYours sincerely"
        return services.write(draft, seen=draft.version, text=text, sender_as="behalf").get_absolute_url()


@pytest.mark.parametrize("width", [1440, 390])
def test_the_pages_of_drafts_are_whole_and_open_to_all(visitor, cast, place, axe, shoot, width):
    page = visitor.open(user=cast.pa, width=width)
    addresses = {
        "list": DRAFTS,
        "draft": place,
        "papers": f"{place}papers/",
        "going": f"{place}going/",
        "lines": f"{DRAFTS}lines/",
        "templates": f"{DRAFTS}templates/",
        "authority": f"{DRAFTS}authority/",
        "batch": f"{DRAFTS}batch/",
        "word": f"{DRAFTS}word/",
    }
    for name, address in addresses.items():
        page.goto(address)
        ready(page)
        axe(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, name
        shoot(page, f"drafts-{name}-{width}", whole=True)


def test_the_commander_sees_what_changed_and_what_the_checks_found(visitor, cast, place, axe, shoot):
    from privateoffice.spine.approvals import services as approvals
    from privateoffice.spine.approvals.models import Submission
    from privateoffice.spine.letters.models import Draft

    with scope.acting(cast.pa, office=cast.homicide):
        draft = accepted(Draft.objects.get(), reason="Northmere asked for them")
        services.dispatch(draft, seen=draft.version, recommendation="Approve")
        submission = Submission.objects.get()
    with scope.acting(cast.commander, office=cast.homicide):
        approvals.return_with_note(submission, note="Warmer, please")
    with scope.acting(cast.pa, office=cast.homicide):
        services.follow(Draft.objects.get())
        draft = Draft.objects.get()
        draft = services.write(
            draft, seen=draft.version, text=draft.text.replace("The figures", "With thanks, the figures")
        )
        services.dispatch(accepted(draft), seen=draft.version)
        address = submission.get_absolute_url()
    page = visitor.open(address, user=cast.commander, width=390)
    page.get_by_text("Changes since version 1").wait_for()
    page.get_by_text("Northmere asked for them").first.wait_for()
    axe(page)
    shoot(page, "approval-changes-390", whole=True)


@pytest.mark.hostile("E01")
def test_what_was_typed_is_there_after_the_session_ended_e01(visitor, cast, place, watch):
    page = visitor.open(place, user=cast.pa)
    page.locator("textarea[name=text]").fill("Forty minutes of work")
    page.wait_for_timeout(800)
    Session.objects.all().delete()
    page.get_by_role("button", name="Save").click()
    page.wait_for_url("**/sign-in/**")
    visitor.sign_in(page.context, cast.pa)
    page.goto(place)
    ready(page)
    assert page.locator("textarea[name=text]").input_value() == "Forty minutes of work"
    page.get_by_role("button", name="Save").click()
    page.get_by_text("Saved.").wait_for()


def plain_mail(subject, name, content):
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "a@northmere.example.org", "b@x.example", subject
    mail.set_content("It is attached.")
    mail.add_attachment(content, maintype="text", subtype="csv", filename=name)
    return mail.as_bytes()


@pytest.mark.hostile("E13")
@pytest.mark.parametrize("scripts", [True, False])
def test_what_the_office_keeps_is_attached_by_keyboard_and_without_scripts(
    visitor, cast, place, tmp_path, scripts
):
    take(cast, lay(tmp_path / "more", plain_mail("The spring return", "return.csv", b"Unit,Pilots\n")))
    page = visitor.open(place, user=cast.pa, scripts=scripts)
    page.get_by_role("link", name="Attach what the office keeps").press("Enter")
    page.get_by_label("Find a paper that the office keeps").fill("spring return")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="With “spring return”").wait_for()
    page.get_by_role("button", name="Attach return.csv").press("Enter")
    page.get_by_role("link", name="return.csv").wait_for()
    assert page.url.endswith(place)


@pytest.mark.parametrize("width", [1440, 390])
def test_what_is_marked_higher_says_so_and_asks_how_it_goes(visitor, cast, place, tmp_path, axe, shoot, width):
    name = f"{'A very long name of a return on family liaison ' * 3}{'x' * 60}.csv"
    mails = (
        plain_mail("OFFICIAL-SENSITIVE: The winter return", name, b"Unit,Pilots\n"),
        plain_mail("The spring return", "return.csv", b"Unit\n"),
    )
    take(cast, lay(tmp_path / "more", *mails))
    page = visitor.open(f"{place}papers/?q=return", user=cast.pa, width=width)
    axe(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    shoot(page, f"papers-{width}", whole=True)
    page.get_by_label("Or say why it may go as it is").fill("The figures are published.")
    page.get_by_role("button", name="Attach with the reason").click()
    page.get_by_text("The figures are published.").first.wait_for()
    axe(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    shoot(page, f"papers-draft-{width}", whole=True)
