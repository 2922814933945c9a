"""`private-office check-live` against the emulator: the same scenarios as against a tenant, and reading only."""

import io

import pytest
from django.core.management import CommandError, call_command

from privateoffice.foundations.offices import scope
from privateoffice.spine.mailboxes import services
from tests.mailboxes.office import letter, set_up
from tests.servers.graph import SECRET, graph, running_graph  # noqa: F401

pytestmark = pytest.mark.slow
OUTSIDE = "chief@force.example"


@pytest.fixture
def mailbox(cast, graph, db):  # noqa: F811
    graph.tenant.add_box(OUTSIDE)
    return set_up(cast, kind="graph", word=SECRET, place=graph.place)


def run(*words):
    out = io.StringIO()
    try:
        call_command("check-live", *words, stdout=out)
        return out.getvalue().splitlines(), ""
    except CommandError as refusal:
        return out.getvalue().splitlines(), str(refusal)


def test_all_scenarios_come_out_and_only_read(mailbox, graph):  # noqa: F811
    graph.deliver(letter("One"), letter("Two"))
    said, refusal = run("--outside", OUTSIDE)
    assert refusal == ""
    assert said == [
        "pa@homicide.example (Homicide)",
        "ok  folders are listed: 7 folders",
        "ok  delta tells the inbox in pages: 2 messages on 1 pages",
        "ok  delta goes on from its link: 0 changed meanwhile",
        "ok  a message is found by its lasting id",
        "ok  a message is found by its message id",
        "ok  reading leaves no mark",
        f"ok  the application is refused elsewhere: {OUTSIDE} is refused, as it should be.",
    ]
    assert [call for call in graph.calls("/v1.0/") if not call.startswith("GET ")] == []
    assert all(not one.told["isRead"] for one in graph.lying())


def test_in_an_empty_mailbox_what_cannot_be_tried_is_said(mailbox, graph):  # noqa: F811
    said, refusal = run()
    assert (refusal, sum(line.startswith("--") for line in said)) == ("", 4)


def test_what_comes_out_otherwise_is_named(mailbox, graph):  # noqa: F811
    graph.deliver(letter("One"))
    graph.tenant.applications["the-office"].held_to = None
    graph.faults.plan("$value", 403, code="ErrorAccessDenied")
    said, refusal = run("--outside", OUTSIDE)
    assert refusal == "2 did not come out as they should."
    faults = [line.split(":")[0] for line in said if line.startswith("!!")]
    assert faults == ["!!  reading leaves no mark", "!!  the application is refused elsewhere"]


def test_without_a_mailbox_of_microsoft_there_is_nothing_to_try(cast, db):
    assert run()[1] == "No mailbox of Microsoft 365 is set up here."


def test_a_tenant_that_is_not_there_is_said_once_in_words(cast, graph, db):  # noqa: F811
    mailbox = set_up(cast, kind="graph", word=SECRET, place={**graph.place, "tenant": "nowhere"})
    with scope.acting_as_system("test", office=cast.homicide):
        told = list(services.try_live(mailbox))
    assert {one.outcome for one in told} == {"!!", "--"}
    assert "does not know this tenant" in told[0].words
