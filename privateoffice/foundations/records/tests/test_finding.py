"""Full text on whichever database is at hand: what is indexed is found, and nothing that is typed is an error."""

import unicodedata

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from privateoffice.foundations.offices import scope
from privateoffice.foundations.records import asking
from privateoffice.foundations.records import services as records
from privateoffice.foundations.records.asking import Reference, asked, reference, words_of
from privateoffice.foundations.records.finding import excerpts, in_order_of_fit
from privateoffice.foundations.records.models import Matter, Record, SearchText

WITHIN_ONE_TEST = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
SCRIPTS = st.characters(codec="utf-8", categories=["L", "N", "P", "Z", "S"], max_codepoint=0x52F)


@pytest.fixture
def desk(cast):
    with scope.acting(cast.pa, office=cast.homicide):
        yield cast


@pytest.fixture
def matter(desk):
    return records.open_matter(title="Visit of the minister", summary="Two days in Łódź; the café at noon")


def found(text, **said):
    return list(Record.objects.found(asked(text, **said)).order_by("pk").values_list("pk", flat=True))


@pytest.mark.parametrize(
    ("text", "is_found"),
    [
        ("minister", True),
        ("MINISTERS visiting", True),
        ("the", True),
        ("cafe", True),
        ("café", True),
        ("cafe\u0301", True),
        ('"visit of the minister"', True),
        ('"minister of the visit"', False),
        ('"visit of', True),
        ("minis", True),
        ("minister bishop", False),
        ("noon AND NOT OR NEAR(", False),
        ("", False),
        ("%", False),
        ("_ ' \" * ( ) : ^ & | ! \\ --", False),
    ],
)
def test_words_phrases_and_signs(matter, text, is_found):
    assert found(text) == ([matter.pk] if is_found else [])


def test_titles_alone_are_asked_where_that_is_wanted(matter):
    assert found("minister", in_titles=True) == [matter.pk]
    assert found("noon", in_titles=True) == []


def test_the_index_follows_what_is_changed_and_what_is_removed(matter):
    records.revise_matter(matter, seen=1, title="Visit of the bishop")
    assert (found("bishop"), found("minister")) == ([matter.pk], [])
    with scope.acting_as_system("test"):
        SearchText.objects.all().delete()
        assert found("bishop") == []


def test_what_fits_best_comes_first_and_the_hits_are_marked(matter):
    other = records.open_matter(title="Lunch", summary="With the minister, among a great many other words")
    question = asked("minister")
    assert in_order_of_fit([other.pk, matter.pk], question) == [matter.pk, other.pk]
    shown = excerpts([other.pk], question)[other.pk]
    assert "With the \x02minister\x03, among" in shown


@pytest.mark.hostile("D16")
@WITHIN_ONE_TEST
@given(st.text(max_size=300))
@example("%")
@example("_" * 50)
@example('"' * 10_000)
@example("(a+)+$" * 2_000)
@example("a" * 10_000)
@example("'; DROP TABLE records_record; --")
@example("\x00\ud800 title:x NEAR/2 -y")
@example(":*A & 'x' <-> ! |")
def test_no_text_is_an_error(matter, text):
    question = asked(text)
    excerpts(Record.objects.hits(question).values_list("pk", flat=True), question)
    in_order_of_fit([matter.pk] if question else [], question)
    reference(text)


@WITHIN_ONE_TEST
@given(title=st.text(SCRIPTS, min_size=1, max_size=80), body=st.text(SCRIPTS, max_size=120))
@example(
    title="HOM/ENQ/2026/0142 a.b@c.example -12.5e3 https://x.example/y_z", body="<b>bold</b> &amp; 0x1F 1e5abc"
)
@example(title="the Who", body="it's o'clock")
def test_what_is_indexed_is_found_by_each_of_its_plain_words(matter, title, body):
    with scope.acting_as_system("test"):
        SearchText.objects.filter(pk=matter.pk).update(title=_plain(title), body=_plain(body))
    for word in words_of(f"{title} {body}"):
        assert found(word) == [matter.pk], word


@WITHIN_ONE_TEST
@given(text=st.text(max_size=40))
@example("minister")
@example("0001")
def test_whoever_works_elsewhere_finds_nothing(matter, text):
    with scope.acting(_outsider(), office=_theirs()):
        assert found(text) == []
        number = reference(text)
        assert not number or not Record.objects.referred(number).exists()


def _plain(text):
    return unicodedata.normalize("NFKC", text).replace("\x00", "")


def _outsider():
    from privateoffice.foundations.offices.models import User

    return User.objects.get(email__startswith="jonah")


def _theirs():
    from privateoffice.foundations.offices.models import Office

    return Office.objects.get(slug="proactive")


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("0142", Reference(142, is_plain=False)),
        ("142", Reference(142)),
        ("mat 142", Reference(142, kind="records.matter", is_plain=False)),
        ("Matter 142", Reference(142, kind="records.matter", is_plain=False)),
        ("mat/2026/142", Reference(142, 2026, "records.matter", is_plain=False)),
        (" HOM/MAT/2026/0142 ", Reference(142, 2026, "records.matter", "HOM", is_plain=False)),
        ("covid 19", None),
        ("12345678901234567890", None),
        ("mat", None),
        ("١٤٢", None),
        ("", None),
    ],
)
def test_a_reference_is_known_however_much_of_it_is_typed(text, meant):
    assert reference(text) == meant


def test_a_reference_finds_its_record_and_no_other(matter):
    records.open_matter(title="Another")
    for text in ("0001", "mat 1", matter.reference):
        assert list(Matter.objects.referred(reference(text))) == [matter]
    assert list(Matter.objects.referred(reference(f"PRO/MAT/{matter.year}/1"))) == []


@pytest.mark.hostile("D16")
def test_a_question_has_a_greatest_length():
    question = asked("word " * 5_000)
    assert len(question.phrases) == 1
    assert len(asked(" ".join(f"word{n}" for n in range(5_000))).phrases) == asking.MOST_PHRASES
