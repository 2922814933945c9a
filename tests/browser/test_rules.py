"""Sorting rules in a real browser: made, tried, switched on, and taken with one key."""

from email.message import EmailMessage

import pytest

from privateoffice.connectors.papers.tests.foreign import hostile
from privateoffice.foundations.offices import scope
from privateoffice.spine.correspondence.models import Disposition
from privateoffice.spine.correspondence.tests.letters import lay, letter, take
from tests.browser.kit import follow, ready

pytestmark = pytest.mark.browser

MAIL = "/homicide/mail/"


@pytest.mark.parametrize("width", [1440, 390])
def test_a_rule_from_its_form_to_the_key(visitor, cast, axe, shoot, tmp_path, width):
    bulletins = [
        letter(f"Crime bulletin {at}", list_id="<bulletin.example.org>", days_ago=at) for at in range(1, 4)
    ]
    take(cast, lay(tmp_path / "mail", *bulletins, letter("A question", days_ago=5)))
    page = visitor.open(f"{MAIL}rules/", user=cast.pa, width=width)
    axe(page)
    page.get_by_role("link", name="New rule").click()
    page.get_by_label("What the rule is called").fill("Bulletins")
    page.get_by_label("With these words").fill("crime bulletin")
    page.get_by_label("Filed", exact=True).check()
    page.get_by_label("Filed as").select_option("correspondence")
    axe(page)
    shoot(page, f"rule-form-{width}", whole=True)
    page.get_by_role("button", name="Keep it").click()
    page.get_by_role("button", name="Try it on past mail").click()
    page.get_by_text("of the last 4").wait_for()
    page.get_by_role("button", name="Switch it on").click()
    page.get_by_text("It proposes since").wait_for()
    ready(page)
    axe(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    shoot(page, f"rule-{width}", whole=True)
    page.goto(f"{MAIL}rules/")
    axe(page)
    shoot(page, f"rules-{width}")
    page.goto(MAIL if width > 1000 else page.url)
    if width > 1000:
        ready(page)
        axe(page)
        shoot(page, "proposal-1440")
        page.keyboard.press("y")
        page.get_by_text("Filed, as “Bulletins” proposed").wait_for()
        with scope.acting(cast.pa, office=cast.homicide):
            assert [(one.way, one.by_rule) for one in Disposition.objects.all()] == [("filed", "Bulletins")]


@pytest.mark.parametrize("width", [1440, 390])
def test_a_preview_and_an_odd_sender_are_whole_and_open_to_all(visitor, cast, axe, shoot, tmp_path, width):
    mail = EmailMessage()
    mail["From"], mail["Subject"] = "Press <press@specialist-crirne.example>", "The pilot"
    mail["To"], mail["Message-ID"] = "office@specialist-crime.example", "<pilot@specialist-crirne.example>"
    mail.set_content("The figures are attached.")
    for name, content in (("figures.csv", b"Unit,Pilots\nNorth,4\nSouth,7\n"), ("paper.pdf", hostile())):
        mail.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)
    take(cast, lay(tmp_path / "mail", mail.as_bytes()))
    page = visitor.open(MAIL, user=cast.pa, width=width)
    if width < 1000:
        follow(page.get_by_role("link", name="Press"))
    ready(page)
    axe(page)
    shoot(page, f"odd-sender-{width}")
    for name in ("figures.csv", "paper.pdf"):
        page.get_by_role("link", name=f"Preview {name}").click()
        page.get_by_role("heading", level=1, name=name).wait_for()
        axe(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        shoot(page, f"preview-{name.partition('.')[0]}-{width}")
        page.go_back()
