"""Mail in a real browser: hostile messages stay harmless, and the pages keep their shape."""

import os
from pathlib import Path

import pytest

from privateoffice.foundations.offices import scope
from privateoffice.spine.correspondence.models import Conversation, Message
from privateoffice.spine.correspondence.tests.letters import answer, lay, letter, take

ROOT = Path(__file__).resolve().parents[2]
CORPUS = (
    Path(os.environ.get("PRIVATE_OFFICE_CORPORA", ROOT.parent / "shared" / "corpora")) / "mail" / "hostile-html"
)
PLAIN = "Dear Imogen,\r\n\r\nIt was good to see you. May I ask what became of the exhibits pilot?\r\n\r\nAmabel"
HOSTILE = """<p style="background:url(http://elsewhere.example/a)">Dear Imogen</p>
<script>parent.document.title = "taken"; alert(1)</script><img src=x onerror=alert(2)>
<svg><animate attributeName=href values="javascript:alert(3)"/></svg><style>@import "http://elsewhere.example/b";</style>
<img src="http://elsewhere.example/c.png"><form action="http://elsewhere.example"><input type=submit></form>"""

pytestmark = pytest.mark.browser


def open_all(visitor, cast, watch):
    """Open every message as it was laid out; nothing may run, and nothing may leave."""
    with scope.acting(cast.pa, office=cast.homicide):
        messages = list(Message.objects.select_related("record__office").filter(has_html=True))
    page = visitor.open(user=cast.pa)
    dialogs = []
    page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    for message in messages:
        page.goto(message.record.get_absolute_url())
        title = page.title()
        page.locator(f"#message-{message.number} summary").click()
        frame = page.frame_locator(f"#message-{message.number} iframe")
        frame.locator("body").wait_for(state="attached")
        page.wait_for_timeout(100)
        assert page.title() == title, message.place
        page.goto(f"{message.address}body/")
        page.wait_for_timeout(50)
    assert dialogs == []
    return len(messages)


@pytest.mark.hostile("A01", "A02", "A04")
def test_nothing_in_a_message_runs_or_leaves(visitor, cast, watch, tmp_path):
    take(cast, lay(tmp_path / "mail", letter(text=HOSTILE, mime_version="1.0", content_type="text/html")))
    assert open_all(visitor, cast, watch) == 1


@pytest.mark.hostile("A01", "A02", "A03", "A04")
@pytest.mark.skipif(not CORPUS.is_dir(), reason="the corpora are not on this machine")
def test_nothing_in_the_hostile_corpus_runs_or_leaves(visitor, cast, watch, tmp_path):
    pages = [path.read_bytes() for path in sorted(CORPUS.iterdir())]
    head = letter(text="", mime_version="1.0", content_type="text/html; charset=utf-8")
    take(cast, lay(tmp_path / "mail", *(head + page for page in pages)))
    assert open_all(visitor, cast, watch) == len(pages) > 5


@pytest.mark.parametrize("width", [1440, 390])
def test_the_pages_of_mail_are_whole_and_open_to_all(visitor, cast, axe, shoot, tmp_path, width):
    odd = '"commander@specialist-crime.example" <thief@elsewhere.example>'
    folder = lay(
        tmp_path / "mail",
        letter("Speaking in March, and what became of the exhibits pilot?", PLAIN, message_id=1, days_ago=2),
        answer(1, "Re: Speaking in March, and what became of the exhibits pilot?", text="Any news?", days_ago=1),
        letter("OFFICIAL-SENSITIVE: Leave over the new year", sender="Det Supt Holloweth <m@elsewhere.example>"),
        letter("Request for comment by 2pm", sender=odd, days_ago=3),
        letter("SECRET: x"),
        letter("Fire drill on 2 December", HOSTILE, date=None, mime_version="1.0", content_type="text/html"),
    )
    take(cast, folder)
    with scope.acting(cast.pa, office=cast.homicide):
        asked = Conversation.objects.get(message_count=2)
        drill = Conversation.objects.get(title="Fire drill on 2 December")
    addresses = {
        "list": "/homicide/mail/",
        "conversation": asked.get_absolute_url(),
        "damaged": drill.get_absolute_url(),
        "imports": "/homicide/mail/imports/",
        "import": "/homicide/mail/imports/1/",
    }
    page = visitor.open(user=cast.pa, width=width)
    for name, address in addresses.items():
        page.goto(address)
        if name == "damaged":
            page.locator("summary", has_text="Show it").click()
            page.wait_for_timeout(200)
        axe(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, name
        shoot(page, f"mail-{name}-{width}")
