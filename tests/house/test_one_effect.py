"""One effect for one form (E08): sent twice, gone back to, opened in two tabs, changed, broken."""

import re
from datetime import timedelta
from html import unescape

import pytest
from django.db import transaction
from django.test import Client

from privateoffice.foundations.clock import clock
from privateoffice.foundations.offices import scope
from privateoffice.foundations.once.models import Sending
from privateoffice.foundations.once.tasks import forget
from privateoffice.rooms.enquiries.models import Enquiry, EnquiryKind

pytestmark = pytest.mark.django_db

NEW = "/homicide/enquiries/new/"
HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)"')
ASKED = {"channel": "phone", "asked": "Who signs for the loan car?"}


@pytest.fixture
def pa(cast):
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.pa)
    return client


@pytest.fixture
def kind():
    return EnquiryKind.objects.get(slug="general")


def drawn(client: Client, address: str = NEW, **typed) -> dict[str, str]:
    """The form of a page as a browser would send it: its hidden fields, and what was typed."""
    page = client.get(address).content.decode()
    main = page[page.index("<main") :]
    form = main[main.index("csrfmiddlewaretoken") - 60 :]
    hidden = dict(HIDDEN.findall(form.split("</form>")[0]))
    return {name: unescape(value) for name, value in hidden.items()} | typed


def kept(cast) -> list[Enquiry]:
    with scope.acting(cast.pa, office=cast.homicide):
        return list(Enquiry.objects.order_by("pk"))


@pytest.mark.hostile("A17", "E08")
def test_the_same_form_sent_twice_makes_one_and_answers_the_same_e08(pa, cast, kind):
    form = drawn(pa, **ASKED, kind=kind.pk)
    first, second = pa.post(NEW, form), pa.post(NEW, form)
    assert (first.status_code, second.status_code) == (302, 302)
    assert first["Location"] == second["Location"] == kept(cast)[0].get_absolute_url()
    assert len(kept(cast)) == 1


@pytest.mark.hostile("E08")
def test_the_same_form_with_other_words_is_refused_and_what_was_typed_is_shown_e08(pa, cast, kind):
    form = drawn(pa, **ASKED, kind=kind.pk)
    first = pa.post(NEW, form)
    answer = pa.post(NEW, form | {"asked": "Who signs for the van?"})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert first["Location"] in page
    assert "Who signs for the van?" in page
    assert len(kept(cast)) == 1


def test_what_was_refused_as_a_conflict_can_be_sent_as_another_one(pa, cast, kind):
    form = drawn(pa, **ASKED, kind=kind.pk)
    pa.post(NEW, form)
    page = pa.post(NEW, form | {"asked": "Who signs for the van?"}).content.decode()
    again = dict(HIDDEN.findall(page[page.index("<main") :]))
    assert again["asked"] == "Who signs for the van?"
    assert pa.post(NEW, again).status_code == 302
    assert [each.title for each in kept(cast)] == ["Who signs for the loan car?", "Who signs for the van?"]


def test_two_tabs_with_the_very_same_make_one_until_somebody_says_that_two_are_right(pa, cast, kind):
    one, other = (drawn(pa, **ASKED, kind=kind.pk) for _ in range(2))
    first, second = pa.post(NEW, one), pa.post(NEW, other)
    assert second.status_code == 409
    assert first["Location"] in second.content.decode()
    assert len(kept(cast)) == 1
    assert pa.post(NEW, other | {"all_the_same": "yes"}).status_code == 302
    assert len(kept(cast)) == 2


def test_the_very_same_an_hour_later_is_another_call(pa, cast, kind, time_machine):
    time_machine.move_to(clock.now(), tick=False)
    pa.post(NEW, drawn(pa, **ASKED, kind=kind.pk))
    time_machine.move_to(clock.now() + timedelta(hours=1), tick=False)
    assert pa.post(NEW, drawn(pa, **ASKED, kind=kind.pk)).status_code == 302
    assert len(kept(cast)) == 2


def test_a_form_with_a_fault_is_not_used_up(pa, cast, kind):
    form = drawn(pa, **ASKED, kind=kind.pk)
    assert pa.post(NEW, form | {"asked": ""}).status_code in {200, 422}
    assert not Sending.objects.exists()
    assert pa.post(NEW, form).status_code == 302
    assert len(kept(cast)) == 1


def test_somebody_else_cannot_use_up_or_read_the_answer_of_a_form(pa, cast, kind):
    form = drawn(pa, **ASKED, kind=kind.pk)
    pa.post(NEW, form)
    other = Client()
    other.force_login(cast.staff_officer)
    assert other.post(NEW, form).status_code == 302
    assert len(kept(cast)) == 2


@pytest.mark.hostile("E08")
def test_a_key_in_the_header_does_the_same_for_what_is_no_browser_e08(cast, kind):
    client = Client(headers={"Idempotency-Key": "one-key"})
    client.force_login(cast.pa)
    form = ASKED | {"kind": kind.pk}
    first, second = client.post(NEW, form), client.post(NEW, form)
    assert first["Location"] == second["Location"]
    assert client.post(NEW, form | {"asked": "Something else"}).status_code == 409
    assert len(kept(cast)) == 1


@pytest.mark.parametrize(
    "page", [NEW, "/homicide/actions/new/", "/homicide/matters/new/", "/homicide/deliveries/hold/"]
)
def test_each_drawing_of_a_form_has_a_token_of_its_own(pa, cast, page):
    one, other = drawn(pa, page), drawn(pa, page)
    assert one["once_token"] != other["once_token"]
    assert len(one["once_token"]) > 20


@pytest.mark.hostile("G01")
def test_a_form_whose_page_breaks_has_done_nothing_and_may_be_sent_again(pa, cast, kind, monkeypatch):
    """The answer and the effect stand or fall together (G01)."""
    form = drawn(pa, **ASKED, kind=kind.pk)
    pa.raise_request_exception = False
    with monkeypatch.context() as broken:
        broken.setattr("privateoffice.foundations.ui.toasts.say", lambda *_, **__: 1 / 0)
        assert pa.post(NEW, form).status_code == 500
    assert kept(cast) == []
    assert pa.post(NEW, form).status_code == 302
    assert len(kept(cast)) == 1


def test_what_was_sent_is_forgotten_after_a_week(pa, cast, kind, time_machine):
    time_machine.move_to(clock.now(), tick=False)
    pa.post(NEW, drawn(pa, **ASKED, kind=kind.pk))
    forget.call()
    assert Sending.objects.count() == 1
    time_machine.move_to(clock.now() + timedelta(days=7, seconds=1), tick=False)
    forget.call()
    assert Sending.objects.count() == 0


def test_the_memory_of_a_form_goes_with_what_it_did(cast):
    with transaction.atomic():
        Sending.objects.create(sender=cast.pa, token="t", content="c", sent_at=clock.now())
        transaction.set_rollback(True)
    assert not Sending.objects.exists()
