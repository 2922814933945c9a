"""A record's whole story on paper: what is on it, who may see it, and that the reading is an entry."""

from io import StringIO

import pypdfium2
import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from privateoffice.desk.timeline import services
from privateoffice.foundations.audit import services as audit
from privateoffice.foundations.audit.models import Entry
from privateoffice.foundations.offices import scope
from privateoffice.foundations.offices.policy import Refused
from privateoffice.foundations.records import services as records
from privateoffice.spine.approvals import services as approvals
from privateoffice.spine.approvals.tests.samples import offered
from privateoffice.spine.deliveries import services as deliveries


def text_of(pdf: bytes) -> str:
    with pypdfium2.PdfDocument(pdf) as opened:
        pages = [page.get_textpage().get_text_range() for page in opened]
    return " ".join(" ".join(pages).split())


@pytest.fixture
def desk(cast):
    with scope.acting(cast.pa, office=cast.homicide):
        yield cast


@pytest.fixture
def matter(desk):
    made = records.open_matter(title="Inquest into a death", summary="As first told")
    records.revise_matter(made, seen=1, title=made.title, summary="As told later")
    records.close_matter(made, words="It is over")
    return made


def address(record):
    return f"/homicide/records/{record.kind_declared.path}/{record.year}/{record.number}/story/"


def test_an_inspection_is_told_the_place_of_every_act_in_the_trail_and_its_head(matter):
    number, fingerprint = audit.head_of(matter.office_id)
    said = text_of(services.print_story(matter, inspecting=True))
    for entry in Entry.objects.filter(record_id=matter.pk).exclude(verb="timeline.print_story"):
        assert entry.fingerprint[:16] in said
    assert fingerprint[:16] in said
    assert f"is the fingerprint of entry {number}, the last of the trail" in said


def test_the_story_of_a_reader_does_not_grow_by_acts_on_what_is_hidden(desk, matter):
    before = text_of(services.print_story(matter))
    with scope.acting(desk.commander, office=desk.homicide):
        hidden = records.open_matter(title="For the Commander alone")
        records.narrow(hidden, roles=("commander",))
        records.link(hidden, matter, kind="about")
        services.print_story(matter)
    after = text_of(services.print_story(matter))
    printed = "printed the whole story of"
    assert (before.count(printed), after.count(printed)) == (0, 2)
    assert "Places in the trail" not in after
    for entry in Entry.objects.filter(office_id=matter.office_id):
        assert entry.fingerprint[:16] not in after


def test_the_story_tells_every_act_in_order(matter):
    said = text_of(services.print_story(matter))
    for words in ("As first told", "As told later", "Delphine Hartsough", "It is over", matter.reference):
        assert words in said
    assert said.index("opened this matter") < said.index("closed this matter")


def test_printing_it_is_an_entry_itself(matter):
    services.print_story(matter)
    last = Entry.objects.order_by("-pk")[0]
    assert (last.verb, last.record_id, last.facts) == ("timeline.print_story", matter.pk, {})


def test_what_was_approved_and_went_out_is_on_the_thread(desk):
    letter = offered()
    with scope.acting(desk.commander, office=desk.homicide):
        approvals.approve(letter, fingerprint=letter.offer.fingerprint)
    sent = deliveries.post_when_approved(letter)
    said = text_of(services.print_story(letter))
    assert sent.reference in said
    assert f"delivery {sent.reference}" in said
    assert "Imogen Calderwick" in said


def test_an_act_under_cover_bears_both_names(cast):
    cast.cover()
    with scope.acting(cast.outsider, office=cast.homicide):
        made = records.open_matter(title="Under cover")
    with scope.acting(cast.pa, office=cast.homicide):
        assert "Jonah Pemberlaw for Delphine Hartsough" in text_of(services.print_story(made))


def test_its_marking_is_the_highest_on_it_and_stands_on_every_page(matter):
    other = records.open_matter(title="Hidden names", marking=2, handling="PERSONAL DATA")
    records.link(other, matter, kind="about")
    with pypdfium2.PdfDocument(services.print_story(matter)) as opened:
        for page in opened:
            assert page.get_textpage().get_text_range().count("OFFICIAL-SENSITIVE") >= 2
    assert Entry.objects.filter(verb="records.read", record_id=other.pk).exists()


def test_what_the_reader_may_not_see_is_not_on_it(desk, matter):
    other = records.open_matter(title="For the Commander alone")
    records.link(matter, other, kind="about")
    with scope.acting(desk.commander, office=desk.homicide):
        records.narrow(other, roles=("commander",))
        assert "For the Commander alone" in text_of(services.print_story(matter))
    assert "For the Commander alone" not in text_of(services.print_story(matter))


def test_the_page_gives_a_pdf_to_the_office_and_nothing_to_others(desk, matter):
    found = {}
    for name in ("pa", "reader", "outsider", "administrator"):
        client = Client()
        client.force_login(getattr(desk, name))
        found[name] = client.get(address(matter))
    assert found["pa"]["Content-Type"] == "application/pdf"
    assert found["pa"].content.startswith(b"%PDF-")
    assert {found[name].status_code for name in ("outsider", "administrator")} == {404}
    assert found["reader"].status_code == 403
    with scope.acting(desk.reader, office=desk.homicide), pytest.raises(Refused):
        services.print_story(matter)


def story(*words, **options):
    said = StringIO()
    call_command("story", *map(str, words), stdout=said, **options)
    return said.getvalue()


def test_the_command_writes_it_and_never_over_a_file(matter, tmp_path):
    assert "the story of HOM/MAT" in story(matter.reference, tmp_path / "one.pdf")
    assert "As told later" in text_of((tmp_path / "one.pdf").read_bytes())
    with pytest.raises(CommandError, match="is there already"):
        story(matter.reference, tmp_path / "one.pdf")
    with pytest.raises(CommandError, match="There is no record HOM/MAT/2026/9999"):
        story("HOM/MAT/2026/9999", tmp_path / "two.pdf")
    with pytest.raises(CommandError, match="cannot be written"):
        story(matter.reference, tmp_path / "nowhere" / "two.pdf")


def test_the_command_honours_named_readers(desk, matter, tmp_path):
    with scope.acting(desk.commander, office=desk.homicide):
        records.narrow(matter, roles=("commander",))
    for reader in (None, desk.pa.email):
        with pytest.raises(CommandError, match="that this reader may see"):
            story(matter.reference, tmp_path / "one.pdf", reader=reader)
    assert "the story of" in story(matter.reference, tmp_path / "one.pdf", reader=desk.commander.email)
    with pytest.raises(CommandError, match="Nobody signs in as"):
        story(matter.reference, tmp_path / "two.pdf", reader="nobody@nowhere.example")
