"""Setting a mailbox of Microsoft 365 up: its form, what it says when it is tried, the commands, and the probe."""

import pytest
from django.test import Client

from privateoffice.connectors.ports.mailbox import Trouble
from privateoffice.foundations.audit.models import Entry
from privateoffice.foundations.offices import scope
from privateoffice.foundations.offices.policy import Refused
from privateoffice.spine.deliveries.models import State
from privateoffice.spine.mailboxes import services
from privateoffice.spine.mailboxes.models import Mailbox
from tests.mailboxes.office import set_up
from tests.mailboxes.test_sending import post, send
from tests.servers.graph import SECRET, graph, running_graph  # noqa: F401

TYPED = {
    "office": "homicide",
    "slug": "commander",
    "kind": "graph",
    "name": "The Commander's mailbox",
    "address": "commander@homicide.example",
    "readers": "commander",
    "sends": "on",
    "tenant": "force.onmicrosoft.com",
    "client": "6f1b0d4e-0000-4000-8000-000000000000",
    "by_person": "on",
    "login_url": "https://login.microsoftonline.com/",
    "graph_url": "https://graph.microsoft.com",
    "password": "a quiet word",
}
NEW = "/administration/mailboxes/new/"
PLACE = "/administration/mailboxes/homicide/commander/"
OUTSIDE = "chief@force.example"


@pytest.fixture
def administrator(cast):
    client = Client()
    client.force_login(cast.administrator)
    return client


def test_what_it_is_is_asked_first_and_only_what_belongs_to_it_after_that(administrator):
    assert b"?kind=graph" in administrator.get(NEW).content
    page = administrator.get(f"{NEW}?kind=graph").content.decode()
    assert 'name="tenant"' in page
    assert 'name="imap_host"' not in page
    assert 'name="tenant"' not in administrator.get(f"{NEW}?kind=imap").content.decode()
    assert 'name="password"' not in administrator.get(f"{NEW}?kind=maildir").content.decode()


def test_a_mailbox_of_microsoft_is_added_and_settled(administrator, cast):
    assert administrator.post(NEW, TYPED).status_code == 302
    with scope.acting(cast.administrator, office=None):
        mailbox = Mailbox.objects.get()
    assert (mailbox.words, mailbox.sends_by_person) == ({"password": "a quiet word"}, True)
    assert mailbox.place["login_url"] == "https://login.microsoftonline.com"
    typed = {name: value for name, value in TYPED.items() if name not in {"by_person", "password"}}
    assert administrator.post(f"{PLACE}settings/", typed).status_code == 302
    with scope.acting(cast.administrator, office=None):
        mailbox.refresh_from_db()
    assert (mailbox.words, mailbox.sends_by_person) == ({"password": "a quiet word"}, False)
    assert b"a quiet word" not in administrator.get(PLACE).content


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("tenant", ""),
        ("client", ""),
        ("password", ""),
        ("tenant", "a b"),
        ("client", "x'; Remove-Mailbox"),
        ("graph_url", "http://x.y"),
    ],
)
def test_what_cannot_be_is_refused_in_words(administrator, name, typed):
    answer = administrator.post(NEW, TYPED | {name: typed})
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [name]


def test_the_page_prints_the_commands_with_this_offices_own_names(administrator, cast):
    administrator.post(NEW, TYPED | {"address": "o'hara$x@homicide.example"})
    page = administrator.get(f"{PLACE}tenant/")
    said = [line for _, lines in page.context["steps"] for line in lines]
    client = f"'{TYPED['client']}'"
    name = "'o''hara$x@homicide.example'"
    assert said == [
        f"New-ServicePrincipal -AppId {client} -ObjectId OBJECT-ID -DisplayName 'Private Office'",
        f"Set-Mailbox -Identity {name} -CustomAttribute15 'PrivateOffice'",
        "New-ManagementScope -Name 'Private Office' -RecipientRestrictionFilter"
        " \"CustomAttribute15 -eq 'PrivateOffice'\"",
        f"New-ManagementRoleAssignment -App {client} -CustomResourceScope 'Private Office'"
        " -Role 'Application Mail.ReadWrite'",
        f"New-ManagementRoleAssignment -App {client} -CustomResourceScope 'Private Office'"
        " -Role 'Application Mail.Send'",
        f"Test-ServicePrincipalAuthorization -Identity {client} -Resource {name}",
    ]
    assert "http://testserver/homicide/microsoft-365/signed-in/" in page.content.decode()


def test_only_mailboxes_of_microsoft_have_a_tenant(administrator, cast):
    set_up(cast, kind="maildir", slug="commander")
    assert administrator.get(f"{PLACE}tenant/").status_code == 404
    assert administrator.post(f"{PLACE}probe/", {"outside": OUTSIDE}).status_code == 404


@pytest.mark.slow
class TestAgainstTheTenant:
    @pytest.fixture
    def mailbox(self, cast, graph, db):  # noqa: F811
        graph.tenant.add_box(OUTSIDE)
        return set_up(cast, kind="graph", slug="commander", word=SECRET, place=graph.place)

    def probe(self, administrator, outside=OUTSIDE):
        administrator.post(f"{PLACE}probe/", {"outside": outside})
        return administrator.get(f"{PLACE}tenant/").content.decode()

    def test_tried_it_says_what_works_and_what_was_not_tried(self, administrator, mailbox):
        administrator.post(f"{PLACE}trial/")
        page = administrator.get(PLACE).content.decode()
        assert "It can be read: 7 folders. It sends as the application; the first letter will show" in page

    def test_a_mailbox_outside_is_refused_as_it_should_be(self, administrator, mailbox, cast):
        page = self.probe(administrator)
        assert f"{OUTSIDE} is refused, as it should be." in page
        assert "It keeps to its own mailboxes" in page
        with scope.acting(cast.administrator, office=None):
            assert Entry.objects.filter(verb="mailboxes.probe").count() == 1

    def test_one_that_opens_stops_everything_until_a_probe_is_refused(self, administrator, mailbox, cast, graph):  # noqa: F811
        graph.tenant.applications["the-office"].held_to = None
        page = self.probe(administrator)
        assert "The application reaches too far" in page
        with scope.acting(cast.pa, office=cast.homicide):
            mailbox.refresh_from_db()
            assert (mailbox.reaches_too_far, mailbox.standing) == (True, "late")
            assert services.pull_due() == 0
            with pytest.raises(Trouble, match="not this office's"):
                services.pull(mailbox)
        delivery = post(cast)
        assert (send(cast, delivery).state, graph.sent) == (State.QUEUED, [])
        graph.tenant.applications["the-office"].held_to = frozenset({graph.user})
        assert "It keeps to its own mailboxes" in self.probe(administrator)
        with scope.acting(cast.pa, office=cast.homicide):
            assert not Mailbox.objects.get().reaches_too_far

    def test_a_probe_that_proves_nothing_says_so_and_settles_nothing(self, administrator, mailbox, graph):  # noqa: F811
        graph.tenant.applications["the-office"].held_to = None
        assert "There is no mailbox nobody@force.example" in self.probe(administrator, "nobody@force.example")
        graph.faults.plan("mailFolders", 503)
        assert "Not probed yet" in self.probe(administrator)

    def test_it_is_for_the_administrator(self, mailbox, cast):
        with scope.acting(cast.pa, office=cast.homicide), pytest.raises(Refused):
            services.probe(mailbox, outside=OUTSIDE)
