"""Search as people meet it: words, references, counts, and nothing of what they may not see."""

import pytest
from django.apps import apps
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from privateoffice.desk.search.models import pieces_of
from privateoffice.foundations.audit.models import Entry
from privateoffice.foundations.clock import clock
from privateoffice.foundations.offices import scope
from privateoffice.foundations.offices.verbs import performing
from privateoffice.foundations.records import search
from privateoffice.foundations.records import services as records
from privateoffice.foundations.records.finding import RANKED
from privateoffice.foundations.records.markings import Marking
from privateoffice.foundations.records.models import Matter
from privateoffice.foundations.registry import house

SEARCH = "/homicide/search/"


def signed_in(user):
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def pa(cast):
    return signed_in(cast.pa)


def matters(cast, *titles, **said):
    with scope.acting(cast.pa, office=cast.homicide):
        return [records.open_matter(title=title, summary="About the <b>coroner</b>", **said) for title in titles]


def an_enquiry(cast, matter, title):
    with scope.acting(cast.pa, office=cast.homicide):
        house.receiver_of("enquiry")(
            matter,
            title=title,
            asked="When?",
            channel="email",
            kind=apps.get_model("enquiries", "EnquiryKind").objects.get(slug="general"),
            received_at=clock.now(),
        )


def asked(client, text, **said):
    answer = client.get(SEARCH, {"q": text, **said})
    assert answer.status_code == 200
    return answer


def titles(answer):
    return [hit["title"] for hit in answer.context["hits"]]


def test_the_newest_is_first_and_its_words_are_marked(pa, cast):
    matters(cast, "First", "Second")
    answer = asked(pa, "coroner")
    assert titles(answer) == ["Second", "First"]
    assert "<mark>coroner</mark>" in answer.content.decode()
    assert "<b><mark>" not in answer.content.decode()
    assert [(chip["word"], chip["count"]) for chip in answer.context["chips"]] == [("All", 2), ("Matters", 2)]


def test_what_fits_best_can_come_first(pa, cast):
    matters(cast, "The coroner", "Second")
    assert titles(asked(pa, "coroner", order="fit")) == ["The coroner", "Second"]


def test_kinds_are_counted_and_chosen(pa, cast):
    (matter,) = matters(cast, "Inquest")
    an_enquiry(cast, matter, "Letter of the coroner")
    answer = asked(pa, "coroner", kind="enquiries")
    assert titles(answer) == ["Letter of the coroner"]
    counts = {chip["word"]: (chip["count"], chip["is_current"]) for chip in answer.context["chips"]}
    assert counts == {"All": (2, False), "Matters": (1, False), "Enquiries": (1, True)}


def test_a_reference_leads_to_its_record(pa, cast):
    (matter,) = matters(cast, "Inquest")
    for text in (matter.reference, "mat 1", "0001"):
        answer = pa.get(SEARCH, {"q": text})
        assert (answer.status_code, answer.get("Location")) == (302, matter.get_absolute_url())
    assert [hit["title"] for hit in asked(pa, "1").context["referred"]] == ["Inquest"]


def test_type_ahead_knows_titles_and_references_and_no_texts(pa, cast):
    matters(cast, *(f"Inquest {n}" for n in range(9)))
    shown = pa.get(SEARCH + "hits/", {"q": "inq"}).context["hits"]
    assert [hit["title"] for hit in shown] == [f"Inquest {n}" for n in range(8, 0, -1)]
    assert [hit["reference"][-4:] for hit in pa.get(SEARCH + "hits/", {"q": "mat 3"}).context["hits"]] == ["0003"]
    assert pa.get(SEARCH + "hits/", {"q": "coroner"}).context["hits"] == []


@pytest.mark.hostile("D16")
@pytest.mark.parametrize(
    "text", ["%", "_", "'", '"', "(a+)+$" * 3_000, "a " * 5_000, "\x00", "title:", "-", "“", "٣", "9" * 30]
)
@pytest.mark.parametrize("said", [{}, {"order": "fit"}, {"kind": "nothing", "page": "-1"}, {"page": "9" * 12}])
def test_no_text_and_no_page_is_an_error(pa, cast, text, said):
    matters(cast, "Inquest")
    asked(pa, text, **said)
    assert pa.get(SEARCH + "hits/", {"q": text}).status_code == 200


def test_what_is_out_of_scope_is_in_no_hit_count_or_suggestion(cast):
    matters(cast, "Inquest, open")
    matters(cast, "Inquest, sealed", marking=Marking.OFFICIAL_SENSITIVE, handling="PERSONAL DATA")
    cast.cover()
    for user in (cast.reader, cast.outsider):
        client = signed_in(user)
        answer = asked(client, "inquest")
        assert titles(answer) == ["Inquest, open"]
        assert [chip["count"] for chip in answer.context["chips"]] == [1, 1]
        assert "sealed" not in answer.content.decode() + client.get(SEARCH + "hits/?q=inq").content.decode()
        assert titles(asked(client, "sealed")) == []
        assert asked(client, "0002").context["referred"] == []


def test_the_words_of_a_sensitive_record_are_not_quoted(pa, cast):
    matters(cast, "Grievance", marking=Marking.OFFICIAL_SENSITIVE, handling="PERSONAL DATA")
    answer = asked(pa, "coroner")
    assert titles(answer) == ["Grievance"]
    assert "<mark>" not in answer.content.decode()
    assert "O-S" in answer.content.decode()
    assert not Entry.objects.filter(verb="records.read").exists()


def test_kinds_that_the_role_may_not_open_are_not_found(cast):
    """Day packs are for the office: a reader is not led to a page that refuses them."""
    with scope.acting(cast.reader, office=cast.homicide):
        from privateoffice.foundations.records.pages import kinds_open_to_us

        words = {kind.word for kind in kinds_open_to_us(cast.homicide)}
    assert "enquiry" in words
    assert "day pack" not in words


def test_three_hits_cost_as_many_queries_as_one(pa, cast):
    asked(pa, "coroner")
    counts = []
    for new in (["One"], ["Two", "Three"]):
        matters(cast, *new)
        for said in ({}, {"order": "fit"}):
            with CaptureQueriesContext(connection) as run:
                asked(pa, "coroner", **said)
            counts.append(len(run))
    assert counts[:2] == counts[2:]


def test_an_excerpt_falls_into_pieces():
    assert pieces_of("a \x02b\x03 c") == [("a ", False), ("b", True), (" c", False)]
    assert pieces_of("") == []


def test_of_very_many_hits_the_newest_are_listed_and_every_kind_can_be_chosen(pa, cast):
    """An older hit of a rarer kind is one click away."""
    (matter,) = matters(cast, "Inquest")
    an_enquiry(cast, matter, "Coroner rang")
    with scope.acting(cast.pa, office=cast.homicide), performing("records.make_many"):
        rows = [{"title": f"Coroner {number}", "summary": ""} for number in range(RANKED)]
        search.index_many(records.make_many(Matter, rows))
    answer = asked(pa, "coroner")
    assert titles(answer)[:2] == [f"Coroner {RANKED - 1}", f"Coroner {RANKED - 2}"]
    chips = {chip["word"]: (chip["count"], chip["url"]) for chip in answer.context["chips"]}
    assert (chips["All"][0], chips["Enquiries"][0]) == ("1,000+", "")
    assert "Only the newest 1,000" in answer.content.decode()
    assert titles(pa.get(SEARCH + chips["Enquiries"][1])) == ["Coroner rang"]
