"""One mail's life, from its arrival to its answer, in a real browser: by IMAP and SMTP, and by Microsoft Graph.

The Commander's mailbox is a real Dovecot with a real SMTP server beside it, or the emulator of Microsoft 365, held
to the published contract. Everything belongs to one matter, whose page shows it at the end.
"""

import imaplib
import re
from datetime import timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import format_datetime

import pytest
from playwright.sync_api import Page, expect

from emulator.graph.mime import written
from privateoffice.foundations.clock import clock, working_days
from privateoffice.foundations.jobs import worker
from privateoffice.foundations.offices import scope
from privateoffice.foundations.offices.models import Office
from privateoffice.foundations.records import services as records
from privateoffice.rooms.following import services as following
from privateoffice.spine.correspondence import services as correspondence
from privateoffice.spine.correspondence.models import Ask, Conversation
from privateoffice.spine.deliveries import services as deliveries
from privateoffice.spine.letters import services as letters
from privateoffice.spine.mailboxes import services as mailboxes
from tests.browser.kit import IN_A_BROWSER, follow, ready
from tests.mailboxes.ends import OnDovecot, OnGraph
from tests.mailboxes.office import WORD, read_in, set_up
from tests.servers import smtp
from tests.servers.dovecot import dovecot  # noqa: F401
from tests.servers.graph import CLIENT, SECRET, graph, running_graph  # noqa: F401

pytestmark = [*IN_A_BROWSER, pytest.mark.slow]

OURS = "imogen.calderwick@specialist-crime.example"
MEMBER = "Rosalind Quarrington MP <rosalind.quarrington@parliament.example>"
DCI = "DCI Oluwaseun Brackenhale <o.brackenhale@murder-review.example>"
SUBJECT = "Knife arches at our stations"
VISIT = "Would Imogen open our conference on Friday 12 March 2027 at 9:30am?"
CASE = "A constituent asks who looks after the family now."
QUESTION = "And how often do the knife arches stand at our stations?"
LINE = "Arches are put up where the threat is, and never for show."
FIGURES = "Arches stood at four stations in October and 31 knives were found."


class ByImap(OnDovecot):
    """A real IMAP server, and a real SMTP server that takes what leaves."""

    def __init__(self, cast, server, outgoing):
        user = "commander"
        self.mailbox = set_up(cast, place={**server.place, **outgoing.place, "user": user}, address=OURS)
        self.other = imaplib.IMAP4("127.0.0.1", server.port)
        self.other.login(user, WORD)
        self.outgoing = outgoing

    def close(self) -> None:
        self.other.logout()

    def left(self) -> list[EmailMessage]:
        return [_read(one.raw) for one in self.outgoing.handler.taken]

    def in_sent(self) -> list[EmailMessage]:
        self.other.select("Sent", readonly=True)
        found = self.other.uid("SEARCH", "ALL")[1][0].split()
        return [_read(self.other.uid("FETCH", one, "(BODY.PEEK[])")[1][0][1]) for one in found]


class ByGraph(OnGraph):
    """The emulator, in which what leaves the tenant is written down."""

    def __init__(self, cast, graph):  # noqa: F811
        self.graph = graph
        graph.tenant.add_application(CLIENT, SECRET, held_to={graph.user, OURS})
        self.mailbox = set_up(cast, kind="graph", word=SECRET, place=graph.place, address=OURS)

    def left(self) -> list[EmailMessage]:
        return [_read(raw) for _, _, raw in self.graph.tenant.outside]

    def in_sent(self) -> list[EmailMessage]:
        return [_read(written(one)) for one in self.graph.lying("sentitems")]


def _read(raw: bytes) -> EmailMessage:
    return message_from_bytes(raw, policy=policy.default)


@pytest.fixture
def outgoing():
    running = smtp.Server()
    running.start()
    yield running
    running.stop()


@pytest.fixture
def office(cast):
    """The office writes from the Commander's own address, and has an agreed line."""
    Office.objects.filter(pk=cast.homicide.pk).update(email=OURS)
    cast.homicide.refresh_from_db()
    assert cast.commander.person.email == OURS
    with scope.acting(cast.pa, office=cast.homicide):
        letters.keep_line(
            title="Where arches stand",
            text=LINE,
            terms="knife arches, arches",
            owner_role="staff_officer",
            until_on=clock.today() + timedelta(days=60),
        )
        return records.open_matter(title="Arches at stations")


@pytest.fixture(params=["imap", "graph"])
def end(request, cast, office):
    if request.param == "graph":
        yield ByGraph(cast, request.getfixturevalue("graph"))
        return
    end = ByImap(cast, request.getfixturevalue("dovecot"), request.getfixturevalue("outgoing"))
    yield end
    end.close()


def mail(subject: str, text: str, *, sender: str, to: str = OURS, answers: str = "", key: str) -> bytes:
    made = EmailMessage()
    made["From"], made["To"], made["Subject"] = sender, to, subject
    made["Date"] = format_datetime(clock.now() - timedelta(minutes=30))
    made["Message-ID"] = f"<{key}@northmere.example>"
    if answers:
        made["In-Reply-To"] = made["References"] = answers
    made.set_content(text)
    return made.as_bytes(policy=policy.SMTP)


def test_one_mails_life(cast, visitor, office, end):
    letter = mail(SUBJECT, f"Dear Imogen\n\n{VISIT}\n\n{CASE}\n\n{QUESTION}\n", sender=MEMBER, key="first")
    arrive(end, letter)
    conversation = put_on_the_matter(cast, office)
    page = visitor.open("/homicide/mail/", user=cast.pa)
    page.set_default_timeout(15_000)
    split_into_three(cast, page)
    one_becomes_an_engagement_and_one_an_enquiry(cast, page)
    ask_for_a_contribution(cast, page, conversation)
    request = the_request_leaves(cast, end)
    it_is_answered_by_mail(cast, end, request)
    reply_with_a_line_and_the_contribution(cast, page)
    nothing_left_yet(cast, end)
    the_commander_approves_on_a_phone(cast, visitor)
    it_leaves_once_and_lies_in_sent(cast, end)
    everything_is_dealt_with(cast, end)
    a_second_mail_is_answered_from_another_client(cast, end)
    all_of_it_is_on_one_matter(page, office)


def arrive(end, *raws: bytes) -> None:
    end.deliver(*raws)
    read_in(end.mailbox)
    worker.drain()


def put_on_the_matter(cast, matter) -> Conversation:
    with scope.acting(cast.pa, office=cast.homicide):
        conversation = Conversation.objects.select_related("office").get(title=SUBJECT)
        records.put_on(matter, conversation)
        return conversation


def ask_with(cast, words: str) -> Ask:
    """The open ask that holds these words."""
    with scope.acting(cast.pa, office=cast.homicide):
        asks = Ask.objects.open().select_related("message", "record__office").filter(record__title=SUBJECT)
        return next(ask for ask in asks if words in ask.text)


def split_into_three(cast, page: Page) -> None:
    """Each paragraph that wants something of its own."""
    for paragraph in (CASE, QUESTION):
        page.goto(f"{ask_with(cast, VISIT).address}split/")
        ready(page)
        page.get_by_label(paragraph).check()
        send_the_form(page)
    with scope.acting(cast.pa, office=cast.homicide):
        assert Ask.objects.open().count() == 3


def send_the_form(page: Page) -> None:
    follow(page.locator("main form button[type=submit], main form button.govuk-button").first)


def one_becomes_an_engagement_and_one_an_enquiry(cast, page: Page) -> None:
    for words, name in ((VISIT, "engagement"), (CASE, "enquiry")):
        page.goto(f"{ask_with(cast, words).address}{name}/")
        ready(page)
        if name == "enquiry":
            page.get_by_label("Kind").select_option("mp-assembly")
        send_the_form(page)
    with scope.acting(cast.pa, office=cast.homicide):
        assert [ask.text for ask in Ask.objects.open()] == [QUESTION]


def ask_for_a_contribution(cast, page: Page, conversation: Conversation) -> None:
    """Of somebody who has no account: a name and an address."""
    page.goto(conversation.get_absolute_url())
    ready(page)
    page.keyboard.press("i")
    page.wait_for_url("**/contributions/")
    page.get_by_label("What they are to send").fill("Send a line on arches in October")
    page.get_by_label("What you ask them").fill("At how many stations, and what was found?")
    page.get_by_label("By when").fill(working_days.add(clock.today(), 4).isoformat())
    page.locator("[name=owner_name]").fill("DCI Oluwaseun Brackenhale")
    page.locator("[name=owner_email]").fill("o.brackenhale@murder-review.example")
    follow(page.get_by_role("button", name="Ask them"))
    expect(page.locator("main")).to_contain_text("DCI Oluwaseun Brackenhale")


def the_request_leaves(cast, end) -> EmailMessage:
    empty_the_outbox(cast)
    [request] = end.left()
    assert request["To"] == DCI
    assert "HOM/ACT/" in request["Subject"]
    return request


def empty_the_outbox(cast) -> None:
    """Twice, a minute later: what is due leaves, and leaves once. Then everybody hears of it."""
    worker.drain()
    with clock.stopped_at(clock.now() + timedelta(minutes=1)):
        with scope.acting_as_system("outbox", office=cast.homicide):
            deliveries.send_due()
            deliveries.send_due()
            mailboxes.keep_copies()
        worker.drain()
        letters.follow_all(cast.homicide)


def it_is_answered_by_mail(cast, end, request: EmailMessage) -> None:
    quoted = "\n".join(f"> {line}" for line in request.get_content().splitlines())
    text = f"{FIGURES}\n\nOluwaseun\n\nOn Monday the office wrote:\n{quoted}\n"
    reply = mail(f"Re: {request['Subject']}", text, sender=DCI, answers=request["Message-ID"], key="contributed")
    arrive(end, reply)
    with scope.acting_as_system("jobs", office=cast.homicide):
        correspondence.read_answers()
        following.take_in_contributions(cast.homicide)


def reply_with_a_line_and_the_contribution(cast, page: Page) -> None:
    """By one key from the mail; the line is suggested, and what was contributed stands beside it."""
    page.goto(f"/homicide/mail/?ask={ask_with(cast, QUESTION).name}")
    ready(page)
    page.keyboard.press("r")
    page.wait_for_url("**/drafts/**")
    ready(page)
    page.get_by_label("Text").fill("Dear Ms Quarrington\n\nThank you for your letter.")
    page.get_by_label("As the Commander").check()
    follow(page.get_by_role("button", name="Save"))
    follow(page.get_by_role("button", name="Where arches stand"))
    follow(page.get_by_role("button", name="Put its words in"))
    for words in (LINE, FIGURES):
        expect(page.get_by_label("Text")).to_have_value(re.compile(re.escape(words)))
    follow(page.get_by_role("link", name="Check and let it go"))
    while page.get_by_role("button", name="Accept it").count():
        page.get_by_label("Why may it go?").first.fill("She wrote to us")
        follow(page.get_by_role("button", name="Accept it").first)
    follow(page.get_by_role("button", name="Put it before the Commander"))


def nothing_left_yet(cast, end) -> None:
    empty_the_outbox(cast)
    assert len(end.left()) == 1


def the_commander_approves_on_a_phone(cast, visitor) -> None:
    phone = visitor.open("/homicide/", user=cast.commander, width=390, has_touch=True)
    expect(phone.locator("main")).to_contain_text(f"Re: {SUBJECT}")
    phone.get_by_role("button", name="Approve").first.tap()
    expect(phone.get_by_role("status").first).to_contain_text("Approved")


def it_leaves_once_and_lies_in_sent(cast, end) -> None:
    empty_the_outbox(cast)
    empty_the_outbox(cast)
    for place in (end.left(), end.in_sent()):
        [reply] = [one for one in place if one["Subject"] == f"Re: {SUBJECT}"]
        assert (reply["To"], reply["In-Reply-To"]) == (MEMBER, "<first@northmere.example>")
        assert LINE in reply.get_content()
        assert FIGURES in reply.get_content()


def everything_is_dealt_with(cast, end) -> None:
    """Our copy comes back from Sent as ours, and nobody waits for us any more."""
    read_in(end.mailbox)
    with scope.acting(cast.pa, office=cast.homicide):
        conversation = Conversation.objects.get(title=SUBJECT)
        assert [message.is_from_us for message in conversation.messages.order_by("at")] == [False, True]
        assert not Ask.objects.open().filter(record=conversation).exists()


def a_second_mail_is_answered_from_another_client(cast, end) -> None:
    """What is written elsewhere lies in Sent, and closes the ask here."""
    [ours] = [one for one in end.in_sent() if one["Subject"] == f"Re: {SUBJECT}"]
    second = mail(
        f"Re: {SUBJECT}", "Could I quote that?\n", sender=MEMBER, answers=ours["Message-ID"], key="second"
    )
    arrive(end, second)
    with scope.acting(cast.pa, office=cast.homicide):
        assert [ask.text for ask in Ask.objects.open()] == ["Could I quote that?"]
    answered = mail(
        f"Re: {SUBJECT}",
        "Please do.\n",
        sender=OURS,
        to=MEMBER,
        answers="<second@northmere.example>",
        key="elsewhere",
    )
    end.deliver(answered, folder="sent")
    read_in(end.mailbox)
    with scope.acting(cast.pa, office=cast.homicide):
        assert not Ask.objects.open().exists()
        assert Conversation.objects.get(title=SUBJECT).messages.count() == 4


def all_of_it_is_on_one_matter(page: Page, matter) -> None:
    page.goto(matter.get_absolute_url())
    shown = page.locator("main")
    for words in (SUBJECT, "Send a line on arches in October", "HOM/ENQ/", "HOM/DIA/", "HOM/ACT/", "HOM/DRA/"):
        expect(shown).to_contain_text(words)
