"""Makes the pictures of the guide: opens a sample office in a folder of its own and lives a Monday in it.

    python docs/guide/make_film_strip.py [--only today]

Needs Chromium and what `./office test` needs. The clock is set to the last Monday, so that the pictures of one
week look like those of the next. Writes PNG files beside itself, with few colours where Pillow is present.
"""

import argparse
import io
import os
import shutil
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parents[1]))

DESK, PHONE = {"width": 1440, "height": 900}, {"width": 390, "height": 844}
COLOURS = 255
LARGEST = 200_000
OFFICE = "homicide"
QUESTION = "Who speaks to the family of the constituent now?"
TASK = "Ring the family and say who speaks to them"


@dataclass
class Camera:
    """Takes pictures of pages, and of sheets of paper, for the guide."""

    only: str = ""

    def take(self, page, name: str) -> None:
        """One picture of what the page shows now, once its scripts have started."""
        page.locator("html[data-ready], html:not(:has(script[type=module]))").wait_for(state="attached")
        self.keep(page.screenshot(animations="disabled"), name)

    def take_paper(self, pdf: bytes, name: str) -> None:
        """The first sheet of a PDF."""
        import pypdfium2

        sheet = pypdfium2.PdfDocument(pdf)[0].render(scale=1.6).to_pil()
        made = io.BytesIO()
        sheet.save(made, "PNG")
        self.keep(made.getvalue(), name)

    def keep(self, png: bytes, name: str) -> None:
        if self.only and self.only != name:
            return
        small = with_few_colours(png)
        (HERE / f"{name}.png").write_bytes(small)
        sys.stdout.write(f"{name}.png  {len(small) // 1000} kB\n")
        if len(small) > LARGEST:
            raise SystemExit(f"{name}.png is larger than {LARGEST // 1000} kB")


def with_few_colours(png: bytes) -> bytes:
    """The same picture with a palette; as it is where Pillow is missing."""
    try:
        from PIL import Image
    except ImportError:
        return png
    picture = Image.open(io.BytesIO(png)).convert("RGB")
    made = io.BytesIO()
    picture.quantize(COLOURS, dither=Image.Dither.NONE).save(made, "PNG", optimize=True)
    return made.getvalue()


def last_monday() -> date:
    """The Monday of this week, or the last one that is worked."""
    from privateoffice.foundations.clock import clock, working_days

    monday = clock.today() - timedelta(days=clock.today().weekday())
    while not working_days.is_working(monday):
        monday -= timedelta(days=7)
    return monday


@contextmanager
def open_office() -> Iterator["Day"]:
    """A sample office in a folder of its own, on a Monday morning, with its pages served on this machine."""
    home = Path(tempfile.mkdtemp(prefix="film-strip-"))
    os.environ |= {"PRIVATE_OFFICE_HOME": str(home / "var"), "DJANGO_ALLOW_ASYNC_UNSAFE": "true"}
    os.environ["PRIVATE_OFFICE_IDLE_MINUTES"] = "1440"  # the clock leaps from picture to picture
    from privateoffice.program import data_folder
    from privateoffice.program.opening import open_house

    data_folder.make_ready()
    open_house()
    import time_machine
    from django.core.management import call_command

    from privateoffice.foundations.clock import clock

    monday = last_monday()
    try:
        with time_machine.travel(clock.moment(monday, "08:02"), tick=True) as traveller:
            call_command("migrate", verbosity=0)
            call_command("sample", verbosity=0)
            yield Day(monday, traveller, served())
    finally:
        shutil.rmtree(home, ignore_errors=True)


def served() -> str:
    """Serve the pages until this program ends; returns their address."""
    from waitress.server import create_server

    from privateoffice.program import web
    from privateoffice.program.wsgi import application

    listener = web.listen("127.0.0.1", 0)
    server = create_server(application, sockets=[listener], threads=4, ident=None)
    threading.Thread(target=server.run, daemon=True).start()
    return f"http://127.0.0.1:{listener.getsockname()[1]}"


@dataclass
class Day:
    """The Monday: its clock, where its pages are, and who sits there."""

    monday: date
    traveller: object
    address: str

    def at(self, hour: str) -> None:
        from privateoffice.foundations.clock import clock

        self.traveller.move_to(clock.moment(self.monday, hour))

    @property
    def password(self) -> str:
        from privateoffice.foundations.offices.services.accounts import SAMPLE_PASSWORD

        return SAMPLE_PASSWORD

    def email_of(self, role: str, office: str = OFFICE) -> str:
        from privateoffice.foundations.offices.models import Holding

        held = Holding.objects.filter(role=role, office__slug=office).select_related("person__user").first()
        return held.person.user.email


def sign_in(page, day: Day, email: str, camera: Camera | None = None) -> None:
    page.goto("/")
    page.get_by_label("Email").fill(email)
    if camera:
        camera.take(page, "sign-in")
    page.get_by_label("Password").fill(day.password)
    page.get_by_role("button", name="Continue").click()
    page.wait_for_url("**/*/")


def morning(page, day: Day, camera: Camera) -> str:
    """Sign in, Today, a call, and the action that comes of it. Returns the address of the action."""
    sign_in(page, day, day.email_of("pa"), camera)
    day.at("08:05")
    page.goto(f"/{OFFICE}/")
    camera.take(page, "today")
    day.at("09:12")
    page.keyboard.press("g")
    page.keyboard.press("e")
    page.wait_for_url("**/enquiries/new/")
    page.get_by_label("Who asks").fill("Nadia Prestwood")
    page.get_by_label("Organisation").fill("Prestwood constituency office")
    page.get_by_label("What they ask").fill(QUESTION)
    camera.take(page, "log-a-call")
    page.keyboard.press("Control+Enter")
    page.get_by_role("heading", name=QUESTION).wait_for()
    camera.take(page, "enquiry")
    return action_on_a_matter(page, day, camera)


def action_on_a_matter(page, day: Day, camera: Camera) -> str:
    from privateoffice.foundations.clock import working_days

    page.locator("main summary", has_text="More").click()
    page.get_by_role("link", name="Make an action").click()
    page.get_by_label("What is to be done").fill(TASK)
    page.get_by_label("Owner: a role").select_option("staff_officer")
    page.get_by_label("By when").fill(working_days.add(day.monday, 3).isoformat())
    reference, address = a_matter()
    page.get_by_label("Matter").fill(reference)
    camera.take(page, "new-action")
    page.get_by_role("button", name="Assign").click()
    page.get_by_role("heading", name=TASK).wait_for()
    action = page.url
    page.goto(address)
    camera.take(page, "matter")
    return action


def a_matter() -> tuple[str, str]:
    """Reference and address of a matter of the office."""
    from privateoffice.foundations.offices import scope
    from privateoffice.foundations.offices.models import Office
    from privateoffice.foundations.records.models import Matter

    with scope.acting_as_system("film strip", office=Office.objects.get(slug=OFFICE)):
        matter = Matter.objects.open().filter(marking=1).order_by("pk").first()
        return matter.reference, matter.get_absolute_url()


def on_the_phone(page, day: Day, camera: Camera) -> None:
    """The Commander approves what waits, one tap each."""
    day.at("10:30")
    sign_in(page, day, day.email_of("commander"))
    page.goto(f"/{OFFICE}/approvals/")
    camera.take(page, "approve-phone")
    page.get_by_role("button", name="Approve").first.click()
    page.locator(".po-toasts > *").first.wait_for()
    camera.take(page, "approved-phone")


def afternoon(page, day: Day, camera: Camera, action: str) -> None:
    """Chase, search, import, and the day pack."""
    day.at("14:40")
    page.goto(f"/{OFFICE}/approvals/")
    camera.take(page, "approvals")
    page.goto(action)
    page.get_by_role("button", name="Nudge").click()
    page.locator(".po-toasts > *").first.wait_for()
    camera.take(page, "chase")
    page.goto(f"/{OFFICE}/search/?q=family")
    camera.take(page, "search")
    page.goto(f"/{OFFICE}/mail/imports/")
    camera.take(page, "import")
    page.goto(f"/{OFFICE}/diary/")
    camera.take(page, "diary")
    rotas(page, day, camera)
    day_pack(page, day, camera)


def mail(page, day: Day, camera: Camera) -> None:
    """The mail to sort, what is owed, what others contribute, and a holding reply by one key."""
    day.at("11:20")
    page.goto(f"/{OFFICE}/mail/")
    camera.take(page, "mail")
    page.goto(f"/{OFFICE}/owed/")
    camera.take(page, "replies-owed")
    page.goto(with_a_contribution())
    camera.take(page, "contribution")
    page.keyboard.press("l")
    page.wait_for_url("**/drafts/**")
    camera.take(page, "holding-reply")


def with_a_contribution() -> str:
    """The address of a conversation that waits for us and for which somebody was asked to contribute."""
    from privateoffice.foundations.offices import scope
    from privateoffice.foundations.offices.models import Office
    from privateoffice.rooms.following.models import Contribution
    from privateoffice.spine.correspondence.models import Conversation

    with scope.acting_as_system("film strip", office=Office.objects.get(slug=OFFICE)):
        waiting = Conversation.objects.unanswered().filter(marking=1)
        found = Contribution.objects.filter(record__in=waiting).select_related("record__office").first()
        return found.record.get_absolute_url()


def rotas(page, day: Day, camera: Camera) -> None:
    """The rota of the quarter, one duty with its choice of people, an illness mended, and who is on now."""
    from privateoffice.foundations.jobs import worker

    published = current_rota()
    page.goto(published)
    camera.take(page, "rota")
    page.locator("td:not(.past) > a[data-duty]").last.click()
    page.get_by_role("heading", name="Who has done least").or_(page.locator(".po-candidates")).first.wait_for()
    camera.take(page, "rota-choice")
    page.goto(f"{published}illness/")
    page.get_by_label("Who").select_option(index=1)
    page.get_by_role("button", name="Find three ways").click()
    page.wait_for_url("**/runs/**")
    worker.drain()
    page.goto(page.url)
    camera.take(page, "rota-mend")
    page.goto(f"/{OFFICE}/rotas/on-now/")
    camera.take(page, "rota-on-now")


def current_rota() -> str:
    """The address of the period that holds today."""
    from privateoffice.foundations.clock import clock
    from privateoffice.foundations.offices import scope
    from privateoffice.foundations.offices.models import Office
    from privateoffice.foundations.registry import house

    with scope.acting_as_system("film strip", office=Office.objects.get(slug=OFFICE)):
        periods = house.kind_of("rotas.period").model.objects
        return periods.between(clock.today(), clock.today()).get().get_absolute_url()


def day_pack(page, day: Day, camera: Camera) -> None:
    from privateoffice.foundations.jobs import worker

    day.at("16:58")
    page.goto(f"/{OFFICE}/day-packs/")
    page.get_by_role("button", name="Make the day pack").click()
    page.locator(".po-toasts > *").first.wait_for()
    worker.drain()
    page.goto(f"/{OFFICE}/day-packs/")
    page.locator("a.subject").first.click()
    camera.take(page, "day-pack")
    paper = page.get_by_role("link", name="Open the PDF").get_attribute("href")
    camera.take_paper(page.request.get(paper).body(), "day-pack-paper")


def cover(page, day: Day, camera: Camera) -> None:
    """The neighbouring PA, who stands in."""
    from privateoffice.foundations.clock import clock
    from privateoffice.foundations.offices.models import Cover

    day.at("15:30")
    standing = Cover.objects.standing(clock.now())
    granted = standing.select_related("coverer__user", "office").first()
    sign_in(page, day, granted.coverer.user.email)
    page.goto(f"/{granted.office.slug}/")
    camera.take(page, "cover")


def main() -> None:
    parser = argparse.ArgumentParser(description="Make the pictures of the guide.")
    parser.add_argument("--only", default="", help="keep this one picture and leave the others as they are")
    camera = Camera(parser.parse_args().only)
    from playwright.sync_api import sync_playwright

    with open_office() as day, sync_playwright() as player:
        chromium = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
        browser = player.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])

        def sit_down(viewport):
            return browser.new_context(base_url=day.address, viewport=viewport, locale="en-GB").new_page()

        desk = sit_down(DESK)
        action = morning(desk, day, camera)
        on_the_phone(sit_down(PHONE), day, camera)
        mail(desk, day, camera)
        afternoon(desk, day, camera, action)
        cover(sit_down(DESK), day, camera)
        browser.close()


if __name__ == "__main__":
    main()
