"""A day on several machines, through HTTPS, as the PA and on the Commander's telephone; one of each is killed."""

import re
import shutil
import ssl
import subprocess
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from secrets import token_hex

import httpx
import pytest
from playwright.sync_api import expect

from privateoffice.foundations.jobs.tests.house import new_postgres
from privateoffice.foundations.jobs.tests.redis_server import redis  # noqa: F401
from tests.machines.site import Site, units_in, wait_until_up
from tests.servers import smtp
from tests.servers.clamd import EICAR
from tests.servers.moto import KEYS
from tests.servers.waiting import wait_for

pytestmark = [pytest.mark.slow, pytest.mark.browser]

PASSWORD = "three odd words together"
LETTER = "Letter to Nadia Prestwood MP"
MESSAGES = 120
QUESTIONS = 12

FURNISHING = f"""
from django.core.management import call_command
call_command('migrate', verbosity=0)
from privateoffice.foundations.offices import scope
from privateoffice.foundations.offices.tests.cast import make_cast
from privateoffice.spine.mailboxes import services
cast = make_cast()
for user in (cast.pa, cast.commander, cast.reader):
    user.email = user.email.replace('specialist-crime', 'homicide')  # theirs are for the sample office alone
    user.set_password({PASSWORD!r})
    user.save()
with scope.acting(cast.administrator, office=None):
    services.add(cast.homicide, slug='office', name='The office', kind='imap', place=%r,
        address=cast.commander.person.email, words={{'password': 'x'}})
"""

SENDING = """
from privateoffice.foundations.jobs.queue import later
from privateoffice.foundations.offices import scope
from privateoffice.foundations.offices.models import Office
from privateoffice.spine.deliveries.tasks import send_due
with scope.acting_as_system('outbox', office=Office.objects.get(slug='homicide')):
    for _ in range(4):
        later(send_due)
"""

COUNTING = """
from collections import Counter
from privateoffice.foundations.offices import scope
from privateoffice.foundations.records.models import Original
from privateoffice.rooms.enquiries.models import Enquiry
from privateoffice.spine.correspondence.models import Message
with scope.acting_as_system('counting'):
    asked = Counter(Enquiry.objects.values_list('title', flat=True))
    whole = sum(one.digest_now == one.digest for one in Original.objects.all())
    print(Message.objects.count(), len(asked), max(asked.values()), Original.objects.count() - whole)
"""


def visitor(site, email, doors):
    """Somebody signed in at the door, whose browser knows our certificate and no other."""
    trusting = ssl.create_default_context(cafile=site.certificate.path)
    client = doors.enter_context(
        httpx.Client(base_url=site.url, verify=trusting, timeout=60, headers={"Referer": f"{site.url}/"})
    )
    client.get("/sign-in/")
    answer = post(client, "/sign-in/", login=email, password=PASSWORD)
    assert answer.status_code == 302, answer.text
    return client


def post(client, address, files=None, token="", **fields):
    """Send a form as its page would: with its token, so that a second sending is the same one."""
    head = {"X-CSRFToken": client.cookies["__Host-csrftoken"], "Idempotency-Key": token or token_hex(16)}
    return client.post(address, data=fields, files=files, headers=head)


def mbox(count):
    lines = (
        "From kit@outside.example Mon Jan  5 09:00:00 2026\n"
        "From: Kit <kit@outside.example>\nTo: pa@homicide.example\n"
        f"Subject: Question {number}\nMessage-ID: <{number}.{count}@outside.example>\n"
        f"Date: Mon, 05 Jan 2026 09:00:00 +0000\n\nMay I ask for the {number}th time?\n\n"
        for number in range(count)
    )
    return "".join(lines).encode()


@pytest.fixture
def doors():
    """Closes every visitor's connections at the end."""
    with ExitStack() as opened:
        yield opened


@pytest.fixture
def post_office():
    running = smtp.Server()
    running.start()
    yield running
    running.stop()


@pytest.fixture
def site(tmp_path, redis, store, daemon, post_office):  # noqa: F811
    if not shutil.which("nginx"):
        pytest.skip("no nginx here")
    database, drop = new_postgres()
    shared = {"DATABASE_URL": database, "QUEUE_URL": redis.url, "STORAGE_URL": store.new_bucket(), **KEYS}
    made = Site(tmp_path, {**shared, "CLAMAV_URL": daemon.socket_url})
    try:
        nowhere = {"imap_host": "127.0.0.1", "imap_port": 1, "imap_security": "none"}
        made.ask("b", FURNISHING % {**post_office.place, **nowhere})
        made.start()
        yield made
    finally:
        made.close()
        drop()


def test_a_day_on_several_machines(site, post_office, browser, doors):
    with httpx.Client(verify=False) as client:
        wait_until_up(site, client)
    pa = visitor(site, "delphine.hartsough@homicide.example", doors)
    the_door_is_as_it_should_be(site, pa)
    letter = offer_a_letter(pa)
    the_commander_approves_it_on_a_phone(site, browser)
    an_infected_file_is_not_let_in(pa)
    a_restricted_record_is_the_offices_own(site, pa, doors)
    mail_is_read_though_a_worker_dies(site, pa)
    nobody_loses_a_question_though_a_web_dies(site, pa)
    it_is_sent_once(site, post_office)
    the_day_pack_is_made_by_who_is_left(pa)
    assert site.ask("a", COUNTING) == f"{MESSAGES} {QUESTIONS + 1} 1 0"
    assert not (site.top / "a/data/files").exists()
    assert not (site.top / "b/data/files").exists()
    assert "Sent" in _words(pa.get(letter).text)
    assert len(post_office.handler.taken) == 1


def the_door_is_as_it_should_be(site, pa):
    answer = pa.get("/homicide/")
    assert answer.headers["strict-transport-security"] == "max-age=31536000; includeSubDomains"
    assert "/" not in answer.headers["server"]
    assert all(cookie.secure for cookie in pa.cookies.jar)
    assert "127.0.0.1" in pa.get("/sign-in/sessions/").text
    said = pa.get("/sign-in/sessions/", headers={"X-Forwarded-For": "203.0.113.9"}).text
    assert "203.0.113.9" not in said
    assert pa.get("/homicide/", headers={"Host": "elsewhere.example"}).status_code == 400


def offer_a_letter(pa):
    answer = post(
        pa,
        "/homicide/approvals/new/",
        files={"papers": ("figures.txt", b"Twelve, and one withdrawn.", "text/plain")},
        item_class="letter",
        title=LETTER,
        to="Nadia Prestwood MP <office@prestwood.example>",
        subject="Family liaison for your constituent",
        text="Dear Ms Prestwood\n\nThe officer rings the family today.\n\nYours sincerely",
    )
    assert answer.status_code == 302, answer.text
    return answer.headers["location"]


def the_commander_approves_it_on_a_phone(site, browser):
    """By tap, at a telephone's width. Chromium does not know the certificate; that httpx does, is tried before."""
    context = browser.new_context(
        base_url=site.url, ignore_https_errors=True, has_touch=True, viewport={"width": 390, "height": 844}
    )
    page = context.new_page()
    page.set_default_timeout(20_000)
    page.goto("/sign-in/")
    page.get_by_label("Email").fill("imogen.calderwick@homicide.example")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Continue").click()
    page.wait_for_url("**/homicide/")
    expect(page.locator("main")).to_contain_text(LETTER, timeout=30_000)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.get_by_role("button", name="Approve").first.tap()
    expect(page.get_by_role("status").first).to_contain_text("Approved", timeout=30_000)
    context.close()


def an_infected_file_is_not_let_in(pa):
    answer = post(pa, "/homicide/mail/imports/", files={"file": ("plan.mbox", EICAR)})
    assert (answer.status_code, "a virus was found in it" in answer.text) == (422, True)


def kind_of(pa):
    page = pa.get("/homicide/enquiries/new/").text
    return re.search(r'<option value="(\d+)"', page[page.index('name="kind"') :])[1]


def a_restricted_record_is_the_offices_own(site, pa, doors):
    said = {"channel": "phone", "caller_name": "Kit", "asked": "Who spoke to the family?", "is_sensitive": "on"}
    answer = post(pa, "/homicide/enquiries/new/", kind=kind_of(pa), handling="PERSONAL DATA", **said)
    assert answer.status_code == 302, answer.text
    assert pa.get(answer.headers["location"]).status_code == 200
    reader = visitor(site, "ruth.penhallick@homicide.example", doors)
    assert reader.get(answer.headers["location"]).status_code == 404
    assert "Who spoke to the family" not in reader.get("/homicide/enquiries/").text


def mail_is_read_though_a_worker_dies(site, pa):
    """Laid aside by one web, read by whichever worker lives."""
    answer = post(pa, "/homicide/mail/imports/", files={"file": ("calls.mbox", mbox(MESSAGES))})
    assert answer.status_code == 302, answer.text
    site.kill("worker a")
    wait_for(
        lambda: f"{MESSAGES} new" in _words(pa.get(answer.headers["location"]).text), 60, "the mail was not read"
    )


def _words(page):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))


def nobody_loses_a_question_though_a_web_dies(site, pa):
    kind = kind_of(pa)

    def ask(number):
        """Send until it is answered, as the page does; the same token each time."""
        said = {"channel": "phone", "asked": f"What of exhibit {number}?", "kind": kind}
        token = token_hex(16)
        return wait_for(lambda: _led(pa, said, token), 60)

    with ThreadPoolExecutor(4) as hands:
        asked = [hands.submit(ask, number) for number in range(QUESTIONS)]
        asked[1].result()
        site.kill("web a")
        places = [one.result() for one in asked]
    assert len(set(places)) == QUESTIONS
    assert all(pa.get(place).status_code == 200 for place in places[:3])


def _led(pa, said, token):
    try:
        answer = post(pa, "/homicide/enquiries/new/", token=token, **said)
    except httpx.TransportError:
        return ""
    assert answer.status_code in (302, 502, 504), answer.text
    return answer.headers.get("location", "")


def it_is_sent_once(site, post_office):
    def has_left():
        return post_office.handler.taken

    site.ask("b", SENDING)
    [taken] = wait_for(has_left, 90)
    assert taken.recipients == ["office@prestwood.example"]
    assert b"figures.txt" in taken.raw


def the_day_pack_is_made_by_who_is_left(pa):
    page = pa.get("/homicide/day-packs/").text
    day = re.search(r'name="day"[^>]*value="([^"]+)"', page)[1]
    assert post(pa, "/homicide/day-packs/new/", day=day).status_code == 302
    listed = wait_for(
        lambda: re.search(r'href="(/homicide/day-packs/\d+/\d+/)"', pa.get("/homicide/day-packs/").text), 60
    )
    paper = pa.get(f"{listed[1]}paper/")
    assert (paper.status_code, paper.content[:5]) == (200, b"%PDF-")


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="no systemd here")
def test_the_units_are_sound(tmp_path):
    units = units_in(tmp_path)
    assert len(units) == 3
    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", *map(str, units)], capture_output=True, text=True, timeout=60
    )
    assert (done.returncode, done.stderr) == (0, "")
