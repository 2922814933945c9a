"""Sorting the mail in a real browser: by keyboard alone, without scripts, on a telephone, and open to all."""

import pytest

from privateoffice.foundations.offices import scope
from privateoffice.spine.correspondence import services
from privateoffice.spine.correspondence.models import Ask, Disposition
from privateoffice.spine.correspondence.tests.letters import answer, lay, letter, take
from tests.browser.kit import follow, ready

pytestmark = pytest.mark.browser

MAIL = "/homicide/mail/"
TWO = "\r\n\r\n".join(
    [
        "Dear Imogen,",
        "We are holding our detective training day on Friday 12 March 2027 and would be delighted if you could "
        "open it. Twenty minutes at 9:30am.",
        "I also wanted to ask what became of the exhibits pilot that your teams ran in the spring.",
        "Amabel",
    ]
)
SUBJECT = "Speaking in March, and what became of the exhibits pilot?"


@pytest.fixture
def inbox(cast, tmp_path):
    """A morning's mail, some of it older, one automatic, one odd, one promised something before."""
    ours = answer(
        9,
        "Re: The pilot",
        text="Imogen will let you have the evaluation once the board has seen it.",
        sender="Delphine Hartsough <delphine.hartsough@specialist-crime.example>",
        to="Amabel Vellacott <a.vellacott@northmere.example.org>",
        days_ago=30,
    )
    mails = [
        letter("The pilot", "How does it go?", message_id=9, days_ago=31),
        ours,
        letter(SUBJECT, TWO, days_ago=1),
        letter("Request for comment by 2pm", sender="Hugo Stallybrass <hugo@wexcombe.example.com>", days_ago=2),
        letter("Monthly extract", auto_submitted="auto-generated", sender="People <p@a.example.org>", days_ago=4),
        letter(
            "OFFICIAL-SENSITIVE: Leave over the new year", sender="Det Supt Holloweth <m@b.example>", days_ago=5
        ),
        letter("Fire drill", sender='"boss@specialist-crime.example" <thief@c.example>', days_ago=20),
    ]
    take(cast, lay(tmp_path / "mail", *mails))


@pytest.mark.parametrize("width", [1440, 390])
def test_the_page_of_sorting_is_whole_and_open_to_all(visitor, cast, inbox, axe, shoot, width):
    with scope.acting(cast.pa, office=cast.homicide):
        asks = {ask.record.title: ask for ask in Ask.objects.select_related("message", "record__office")}
        first = asks[SUBJECT]
        services.split(first, quoted=TWO.replace("\r\n", "\n").split("\n\n")[2])
        services.dispose(
            asks["Request for comment by 2pm"], way="for_commander", words="Let the press office answer."
        )
    page = visitor.open(user=cast.pa, width=width)
    places = [MAIL, f"{MAIL}?ask={first.name}", *(f"{first.address}{name}/" for name in FORMS)]
    for place in places:
        page.goto(place)
        ready(page)
        axe(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, place
        name = place.rstrip("/").rpartition("/")[2].replace("?", "").replace("=", "-")
        shoot(page, f"sorting-{name}-{width}")


FORMS = ("split", "enquiry", "action", "engagement", "redirection", "filing", "waiting", "commander", "put-off")


def test_the_commander_reads_and_rules_on_a_telephone(visitor, cast, inbox, axe, shoot):
    with scope.acting(cast.pa, office=cast.homicide):
        ask = Ask.objects.select_related("message", "record__office").get(record__title=SUBJECT)
        services.dispose(ask, way="for_commander", words="Accept, and take the pilot's figures with you.")
    page = visitor.open(f"{MAIL}for-the-commander/", user=cast.commander, width=390)
    axe(page)
    shoot(page, "commander-list-390")
    follow(page.get_by_role("link", name="Read the mail"))
    axe(page)
    shoot(page, "commander-reading-390")
    page.get_by_role("button", name="I have seen it").click()
    page.get_by_role("button", name="As recommended").click()
    page.get_by_text("As recommended. Your office carries it out.").wait_for()
    assert "No mail needs the Commander" in page.locator("main").inner_text()


@pytest.mark.hostile("E13")
def test_a_morning_is_sorted_by_keys_alone(visitor, cast, tmp_path, capsys):
    """Ten mails of every kind; how many keys that took is printed."""
    take(cast, lay(tmp_path / "mail", *(letter(f"Mail {at:02}", days_ago=1 + at / 100) for at in range(10))))
    page = visitor.open(MAIL, user=cast.pa)
    pressed = 0

    def press(*keys: str) -> None:
        nonlocal pressed
        for key in keys:
            before = page.url
            page.keyboard.press(key)
            pressed += 1
            page.wait_for_function("url => location.href !== url", arg=before)
            ready(page)

    for keys in (["n"], ["e"], ["f", "Enter"], ["w", "Enter"], ["q", "Enter"], ["a", "Enter"]):
        press(*keys)
    press("z", "Enter", "n", "n", "n")
    page.get_by_text("Every mail has its disposition").wait_for()
    with scope.acting(cast.pa, office=cast.homicide):
        ways = sorted(Disposition.objects.values_list("way", flat=True))
    assert ways == ["action", "answered", "enquiry", "filed", *["no_action"] * 4, "waiting"]
    assert pressed <= 17
    page.keyboard.press("u")
    page.get_by_text("Open again: Mail 09").wait_for()


def test_it_is_sorted_without_scripts(visitor, cast, tmp_path):
    take(cast, lay(tmp_path / "mail", letter("First", days_ago=1), letter("Second", days_ago=2)))
    page = visitor.open(MAIL, user=cast.pa, scripts=False)
    page.get_by_role("button", name="No action").click()
    page.get_by_role("button", name="Undo").click()
    page.locator("#subject", has_text="First").wait_for()
    page.locator("input[name=ask]").first.check()
    page.get_by_role("button", name="Do it").click()
    page.locator("#subject", has_text="Second").wait_for()
    page.get_by_role("link", name="File").click()
    page.get_by_role("button", name="File").click()
    page.get_by_text("Every mail has its disposition").wait_for()
