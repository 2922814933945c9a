"""Forms, addresses and headers that nobody would type by mistake."""

import time

import pytest
from django.test import Client

from privateoffice.foundations.audit.models import Entry
from privateoffice.foundations.offices import scope
from privateoffice.foundations.offices.models import Holding
from privateoffice.rooms.enquiries.models import Enquiry, EnquiryKind
from privateoffice.spine.mailboxes.models import Mailbox
from tests.mailboxes.office import letter, lying, read_in, set_up

NEW = "/homicide/enquiries/new/"
ASKED = {"channel": "phone", "asked": "Who signs for the loan car?"}


@pytest.fixture
def pa(cast):
    client = Client()
    client.force_login(cast.pa)
    return client


@pytest.fixture
def asked(db):
    return {**ASKED, "kind": EnquiryKind.objects.get(slug="general").pk}


def enquiries(cast) -> list[Enquiry]:
    with scope.acting_as_system("looking", office=cast.homicide):
        return list(Enquiry.objects.order_by("pk"))


@pytest.mark.hostile("E02")
@pytest.mark.parametrize("origin", ["null", "https://evil.example", "http://testserver.evil.example"])
def test_a_form_from_no_site_or_another_is_refused_with_its_text(cast, asked, origin):
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.pa)
    for headers in ({"Origin": origin}, {}):
        answer = client.post(NEW, asked, headers=headers)
        assert answer.status_code == 403
        assert ASKED["asked"] in answer.content.decode()
    assert enquiries(cast) == []


@pytest.mark.hostile("E04")
def test_a_megabyte_in_a_short_field_is_refused_with_its_length(cast, pa, asked):
    page = pa.get(NEW).content.decode()
    assert 'maxlength="200"' in page
    answer = pa.post(NEW, {**asked, "caller_name": "x" * 1_000_000})
    assert (answer.status_code in (200, 422), enquiries(cast)) == (True, [])
    assert "1000000" in answer.content.decode().replace(",", "")


@pytest.mark.hostile("E04")
def test_letters_that_look_alike_and_turn_about_are_kept_and_pass_for_nobody(cast, pa, asked):
    names = ["Ruth Penhallick", "Ruth Реnhallick", "Ruth\u200bPenhallick", "Ruth \u202ePenhallick", "Zoë 👩‍🚒"]
    for number, name in enumerate(names):
        typed = {
            **asked,
            "asked": f"Question {number}",
            "caller_name": name,
            "caller_phone": f"0207 946 000{number}",
        }
        assert pa.post(NEW, typed).status_code == 302
    callers = {enquiry.caller_id for enquiry in enquiries(cast) if hasattr(enquiry, "caller_id")}
    assert len(callers) in (0, len(names))


@pytest.mark.hostile("E05")
def test_a_host_of_another_site_is_refused_and_links_come_from_the_settings(cast):
    ada = Client()
    ada.force_login(cast.administrator)
    assert ada.get("/administration/", headers={"Host": "evil.example"}).status_code == 400
    forged = {"X-Forwarded-Host": "evil.example", "X-Forwarded-Proto": "https", "Forwarded": "host=evil.example"}
    for address in ("/administration/", "/administration/accounts/", "/sign-in/"):
        assert "evil.example" not in ada.get(address, headers=forged).content.decode()


@pytest.mark.hostile("F09")
def test_headers_that_name_somebody_sign_nobody_in(cast, client):
    forged = {"X-Remote-User": cast.pa.email, "Remote-User": cast.pa.email, "X-Forwarded-User": cast.pa.email}
    answer = client.get("/homicide/", headers=forged, REMOTE_USER=cast.pa.email)
    assert (answer.status_code, answer["Location"].startswith("/sign-in/")) == (302, True)


@pytest.mark.hostile("F07")
def test_fields_that_a_form_does_not_have_change_nothing(cast, pa, asked):
    extra = {
        "office": cast.proactive.pk,
        "office_id": cast.proactive.pk,
        "role": "administrator",
        "roles": "commander",
        "marking": 0,
        "number": 999,
        "year": 1999,
        "owner": cast.outsider.person_id,
        "is_staff": "on",
        "is_superuser": "on",
        "created_at": "1999-01-01",
    }
    held = set(Holding.objects.values_list("person_id", "role"))
    assert pa.post(NEW, {**asked, **extra}).status_code == 302
    (made,) = enquiries(cast)
    assert (made.office, made.number, made.marking) == (cast.homicide, 1, 1)
    cast.pa.refresh_from_db()
    assert not getattr(cast.pa, "is_superuser", False)
    assert set(Holding.objects.values_list("person_id", "role")) == held


@pytest.mark.hostile("F07")
def test_what_a_role_may_not_do_is_refused_and_written_down(cast, asked):
    reader = Client()
    reader.force_login(cast.reader)
    assert reader.post(NEW, asked).status_code in (403, 404)
    line = Entry.objects.filter(office_id=cast.homicide.pk, verb="edge.refuse").get()
    assert (line.actor, line.facts["address"]) == ("Ruth Penhallick", NEW)


MANY = 5_000
ANSWER = 10.0
"""Seconds within which the page of the queue must answer, also on a machine that does much else."""


@pytest.mark.slow
@pytest.mark.hostile("A26")
def test_a_flood_is_read_in_order_to_the_end_and_no_other_office_waits_behind_it(cast, settings):
    """Five thousand: one office's reading is a job of its own, which another's does not wait for."""
    from concurrent.futures import ThreadPoolExecutor

    from privateoffice.connectors.mail.maildir_mailbox import MaildirMailbox
    from privateoffice.connectors.ports.mailbox import Flag
    from privateoffice.spine.correspondence.models import Message
    from privateoffice.spine.mailboxes.tasks import pull_due

    mailbox = set_up(cast, kind="maildir", slug="enquiries")
    end = MaildirMailbox(settings.MAILDIRS_DIR / "homicide" / "enquiries")
    inbox = next(one for one in end.folders() if one.use == "inbox")
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda n: end.append(inbox, letter(f"Flood {n:04}"), Flag(0)), range(MANY)))
    with scope.acting_as_system("looking", office=cast.proactive):
        pull_due.call()
    with scope.acting_as_system("looking", office=cast.homicide):
        assert Mailbox.objects.get(pk=mailbox.pk).read_at is None
    read_in(mailbox)
    assert lying(mailbox) == {"Inbox": MANY}
    with scope.acting_as_system("looking", office=cast.homicide):
        assert Message.objects.values("subject").distinct().count() == MANY
    pa = Client()
    pa.force_login(cast.pa)
    began = time.monotonic()
    assert pa.get("/homicide/mail/?show=all").status_code == 200
    assert time.monotonic() - began < ANSWER
