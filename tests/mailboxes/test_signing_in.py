"""A person's own sign-in to Microsoft 365: begun here, finished here, kept sealed, used for them alone."""

from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from django.test import Client

from privateoffice.foundations.audit.models import Entry
from privateoffice.foundations.clock import clock
from privateoffice.foundations.offices import scope
from privateoffice.foundations.offices.policy import Refused
from privateoffice.spine.mailboxes import services
from privateoffice.spine.mailboxes.models import Mailbox, SignedIn
from privateoffice.spine.mailboxes.room import needs
from privateoffice.spine.mailboxes.services import microsoft
from tests.mailboxes.office import ADDRESS, set_up
from tests.servers.graph import SECRET, graph, running_graph  # noqa: F401

pytestmark = pytest.mark.slow
PAGE = "/homicide/microsoft-365/"


@pytest.fixture
def mailbox(cast, graph, db):  # noqa: F811
    graph.tenant.add_box(ADDRESS)
    return set_up(cast, kind="graph", word=SECRET, place={**graph.place, "by_person": True})


def client_of(user):
    client = Client()
    client.force_login(user)
    return client


def gone_to(client, mailbox, account=ADDRESS):
    """Go to Microsoft as the page leads, and sign in there; returns where that leads back to."""
    [line] = client.get(PAGE).context["lines"]
    place = urlsplit(line["url"])
    asked = {name: values[0] for name, values in parse_qs(place.query).items()} | {"login_hint": account}
    answer = httpx.get(
        f"{mailbox.place['login_url']}{place.path}",
        params=asked,
        verify=microsoft.application_of(mailbox).trust,
    )
    back = urlsplit(answer.headers["Location"])
    return f"{back.path}?{back.query}"


def sign_in(user, mailbox, account=ADDRESS):
    client = client_of(user)
    return client.get(gone_to(client, mailbox, account))


def test_whoever_signs_in_is_told_as_whom_and_it_is_kept_sealed(cast, mailbox):
    client = client_of(cast.pa)
    with scope.acting(cast.pa, office=cast.homicide):
        assert [need.key for need in needs(clock.now())] == ["sign-in:pa"]
    assert client.get(gone_to(client, mailbox))["Location"] == PAGE
    page = client.get(PAGE).content.decode()
    assert f"Signed in as {ADDRESS}" in page
    with scope.acting(cast.pa, office=cast.homicide):
        kept = SignedIn.objects.get()
        assert (kept.actor, kept.account) == (cast.pa.person.name, ADDRESS)
        assert "refresh-" not in kept.secret
        assert "refresh-" in kept.memory
        assert Entry.objects.filter(verb="mailboxes.sign_in").count() == 1
        assert list(needs(clock.now())) == []


def test_an_answer_is_good_once_and_in_the_session_that_began_it(cast, mailbox):
    client = client_of(cast.pa)
    back = gone_to(client, mailbox)
    client_of(cast.pa).get(back)
    with scope.acting(cast.pa, office=cast.homicide):
        assert not SignedIn.objects.exists()
    client.get(back)
    with scope.acting(cast.pa, office=cast.homicide):
        first = SignedIn.objects.get().signed_in_at
    client.get(back)
    with scope.acting(cast.pa, office=cast.homicide):
        assert SignedIn.objects.get().signed_in_at == first


def test_a_code_that_was_changed_on_the_way_signs_nobody_in(cast, mailbox):
    client = client_of(cast.pa)
    back = gone_to(client, mailbox).replace("code=", "code=x")
    client.get(back)
    assert "AADSTS70000" in client.get(PAGE).content.decode()
    with scope.acting(cast.pa, office=cast.homicide):
        assert not SignedIn.objects.exists()


def test_a_sign_in_that_ran_out_is_forgotten_and_asked_for_again(cast, mailbox, graph, time_machine):  # noqa: F811
    from privateoffice.connectors.ports.mailbox import NotLetIn

    sign_in(cast.pa, mailbox)
    graph.tenant.refreshers.clear()
    graph.tenant.tokens.clear()
    time_machine.move_to(clock.now() + timedelta(hours=2))
    with scope.acting(cast.pa, office=cast.homicide):
        with pytest.raises(NotLetIn), microsoft.session(mailbox, cast.pa.person.name) as line:
            line.get("/mailFolders")
        assert not SignedIn.objects.filter(actor=cast.pa.person.name).exists()


def test_a_secret_of_the_application_that_ran_out_costs_nobody_their_sign_in(
    cast,
    mailbox,
    graph,  # noqa: F811
    time_machine,
):
    from privateoffice.connectors.ports.mailbox import NotLetIn

    sign_in(cast.pa, mailbox)
    graph.tenant.applications["the-office"].secret = "another word"
    time_machine.move_to(clock.now() + timedelta(hours=2))
    with scope.acting(cast.pa, office=cast.homicide):
        with (
            pytest.raises(NotLetIn, match="AADSTS7000215"),
            microsoft.session(mailbox, cast.pa.person.name) as line,
        ):
            line.get("/mailFolders")
        assert SignedIn.objects.filter(actor=cast.pa.person.name).exists()


def test_it_is_forgotten_on_request_and_only_ones_own(cast, mailbox):
    sign_in(cast.pa, mailbox)
    other = client_of(cast.staff_officer)
    other.post(f"{PAGE}pa/end/")
    with scope.acting(cast.pa, office=cast.homicide):
        assert SignedIn.objects.count() == 1
    client_of(cast.pa).post(f"{PAGE}pa/end/")
    with scope.acting(cast.pa, office=cast.homicide):
        assert not SignedIn.objects.exists()
        with pytest.raises(services.NothingToForget):
            services.forget_sign_in(mailbox)


def test_a_reader_does_not_sign_in(cast, mailbox):
    assert client_of(cast.reader).get(PAGE).status_code == 403
    with scope.acting(cast.reader, office=cast.homicide):
        with pytest.raises(Refused):
            services.begin_sign_in(mailbox, back_to="https://x.example/", hint="")
        with pytest.raises(Refused):
            services.sign_in(mailbox, flow={}, answer={})


def test_no_sign_in_for_a_mailbox_that_does_not_ask_for_one(cast, mailbox):
    with scope.acting_as_system("test", office=cast.homicide):
        Mailbox.objects.update(place={**mailbox.place, "by_person": False})
    page = client_of(cast.pa).get(PAGE)
    assert "No mailbox of this office sends by people" in page.content.decode()
    with scope.acting(cast.pa, office=cast.homicide), pytest.raises(services.NotOfThisKind):
        services.sign_in(Mailbox.objects.get(), flow={}, answer={})


def test_whose_access_has_ended_has_nothing_sent_in_their_name(cast, mailbox, graph):  # noqa: F811
    from privateoffice.spine.deliveries.models import State
    from tests.mailboxes.test_sending import post, send

    sign_in(cast.pa, mailbox)
    delivery = post(cast)
    cast.pa.is_active = False
    cast.pa.save()
    assert send(cast, delivery).state == State.QUEUED
    assert graph.sent == []
    with scope.acting_as_system("test", office=cast.homicide):
        assert not SignedIn.objects.filter(actor=cast.pa.person.name).exists()
