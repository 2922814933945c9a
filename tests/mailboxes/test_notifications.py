"""Microsoft 365 says that mail changed: a hint that brings the next reading forward, and nothing hangs on it."""

import json
from datetime import timedelta

import pytest
from django.test import Client

from privateoffice.foundations.clock import clock
from privateoffice.foundations.jobs import worker
from privateoffice.foundations.jobs.queue import is_waiting
from privateoffice.foundations.offices import scope
from privateoffice.spine.correspondence.models import Conversation
from privateoffice.spine.mailboxes import services
from privateoffice.spine.mailboxes.models import Subscription
from privateoffice.spine.mailboxes.tasks import NEWS_OF
from tests.mailboxes.office import letter, set_up
from tests.servers.graph import SECRET, graph, running_graph  # noqa: F401

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]

PLACE = "/notifications/microsoft-365/"
NEWS = NEWS_OF.format("homicide")


@pytest.fixture
def mailbox(cast, graph, settings, live_server):  # noqa: F811
    settings.GRAPH_NOTIFICATIONS_URL = f"{live_server.url}{PLACE}"
    return set_up(cast, kind="graph", word=SECRET, place=graph.place)


def keep(cast) -> int:
    with scope.acting_as_system("mailboxes", office=cast.homicide):
        return services.keep_subscribed()


def held(cast) -> Subscription | None:
    with scope.acting_as_system("test", office=cast.homicide):
        return Subscription.objects.first()


def there(graph) -> list[str]:  # noqa: F811
    return list(graph.tenant.subscriptions)


def test_it_is_asked_for_once_and_only_after_our_address_answered(cast, mailbox, graph):  # noqa: F811
    assert [keep(cast), keep(cast)] == [1, 0]
    one = held(cast)
    assert there(graph) == [one.key]
    told = graph.tenant.subscriptions[one.key].told
    assert (told["resource"], len(told["clientState"])) == (f"users/{graph.user}/messages", 64)
    assert told["clientState"] not in vars(one).values()


def test_an_address_that_does_not_answer_is_not_subscribed_and_reading_goes_on(cast, mailbox, graph, settings):  # noqa: F811
    settings.GRAPH_NOTIFICATIONS_URL = settings.GRAPH_NOTIFICATIONS_URL.replace("microsoft-365", "nobody")
    assert (keep(cast), held(cast), there(graph)) == (1, None, [])
    graph.deliver(letter("Read all the same"))
    assert read(cast, mailbox) == ["Read all the same"]


def read(cast, mailbox) -> list[str]:
    with scope.acting_as_system("mailboxes", office=cast.homicide):
        services.pull_due()
        services.file_news()
        return list(Conversation.objects.values_list("title", flat=True))


def test_it_is_renewed_before_its_end_and_made_anew_where_the_service_lost_it(cast, mailbox, graph):  # noqa: F811
    keep(cast)
    first = held(cast)
    with clock.stopped_at(first.ends_at - timedelta(hours=20)):
        assert [keep(cast), keep(cast)] == [1, 0]
    second = held(cast)
    assert (second.key, second.ends_at > first.ends_at) == (first.key, True)
    graph.tenant.subscriptions.clear()
    with clock.stopped_at(second.ends_at - timedelta(hours=20)):
        assert keep(cast) == 1
    assert there(graph) == [held(cast).key] != [first.key]


def test_it_ends_where_it_is_no_longer_wanted(cast, mailbox, graph, settings):  # noqa: F811
    keep(cast)
    settings.GRAPH_NOTIFICATIONS_URL = ""
    assert [keep(cast), keep(cast)] == [1, 0]
    assert (held(cast), there(graph)) == (None, [])


def test_a_hint_has_the_mailbox_read_and_three_have_it_read_once(cast, mailbox, graph):  # noqa: F811
    keep(cast)
    graph.deliver(letter("At once"))
    assert graph.notify() + graph.notify() + graph.notify() == [202, 202, 202]
    with scope.acting_as_system("test", office=cast.homicide):
        assert is_waiting(NEWS)
        assert worker.drain() >= 1
        assert list(Conversation.objects.values_list("title", flat=True)) == ["At once"]
        assert not is_waiting(NEWS)


@pytest.mark.parametrize(
    ("event", "after"), [("subscriptionRemoved", 1), ("reauthorizationRequired", 1), ("missed", 0)]
)
def test_what_is_said_of_the_subscription_itself_is_seen_to(cast, mailbox, graph, event, after):  # noqa: F811
    keep(cast)
    assert graph.notify(lifecycleEvent=event) == [202]
    assert keep(cast) == after
    assert held(cast).ends_at > clock.now() + timedelta(days=2)


def posted(said, **headers):
    raw = said if isinstance(said, bytes | str) else json.dumps(said)
    return Client().post(PLACE, raw, content_type="application/json", **headers)


def test_what_is_unproved_or_unknown_does_nothing(cast, mailbox, graph):  # noqa: F811
    keep(cast)
    key = held(cast).key
    for note in (
        {"subscriptionId": key},
        {"subscriptionId": key, "clientState": "guessed"},
        {"subscriptionId": key, "clientState": None, "lifecycleEvent": "subscriptionRemoved"},
        {"subscriptionId": key, "clientState": "\ud800"},
        {"subscriptionId": "nobody's", "clientState": "guessed"},
    ):
        assert posted({"value": [note]}).status_code == 202
    for garbage in (b"", b"[]", b"{", b'{"value": 3}', b'{"value": [3]}', b'{"value": [{"subscriptionId": 3}]}'):
        assert posted(garbage).status_code == 400
    assert posted(b"[" * 100_000).status_code == 400
    assert posted(b" " * 1_000_001).status_code == 413
    with scope.acting_as_system("test", office=cast.homicide):
        assert not is_waiting(NEWS)
    assert held(cast).key == key


def test_the_word_comes_back_as_text_and_no_page(cast, mailbox):
    answer = Client().post(f"{PLACE}?validationToken=%3Cscript%3Ealert(1)%3C/script%3E")
    assert (answer.content, answer["Content-Type"]) == (b"<script>alert(1)</script>", "text/plain; charset=utf-8")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert Client().get(PLACE).status_code == 405


def test_where_it_is_off_nobody_listens(cast):
    assert posted({"value": []}).status_code == 404
