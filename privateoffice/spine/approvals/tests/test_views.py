"""The pages of approvals: what is shown to whom, and what a press does."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from privateoffice.foundations.audit.models import Entry
from privateoffice.foundations.offices import scope
from privateoffice.foundations.records.markings import Marking
from privateoffice.spine.approvals import services
from privateoffice.spine.approvals.models import Approval, Delegation, Submission
from privateoffice.spine.approvals.room import daypack, needs, waiting
from privateoffice.spine.approvals.tests.samples import offered

HERE = "/homicide/approvals/"
SECRET_TEXT = "SECRET\n\nDear Ms Prestwood"


@pytest.fixture
def letter(cast):
    with scope.acting(cast.pa, office=cast.homicide):
        return offered(summary="Names the new officer.", recommendation="approve, it is a day late")


def acting(user, cast):
    return scope.acting(user, office=cast.homicide)


def place(letter, act=""):
    return f"{HERE}{letter.year}/{letter.number}/{act}"


def standing(cast, letter):
    with acting(cast.pa, cast):
        return services.standing_approval(letter)


def seen(cast, letter):
    with acting(cast.pa, cast):
        return letter.offer.fingerprint


def test_the_commander_approves_in_one_press(client, cast, letter):
    client.force_login(cast.commander)
    shown = client.get(HERE)
    (decision,) = shown.context["decisions"]
    assert (decision.title, decision.text) == (letter.title, "Names the new officer.")
    assert b"1 decision wanted" in shown.content
    press = decision.acts[0]
    assert (press.word, press.posts) == ("Approve", True)
    answer = client.post(press.url)
    assert (answer.status_code, answer.url) == (302, HERE)
    assert standing(cast, letter).approver == cast.commander.person
    assert client.post(press.url).status_code == 302
    with acting(cast.pa, cast):
        assert Approval.objects.count() == 1


def test_a_version_that_changed_while_it_was_read_is_not_approved(client, cast, letter):
    before = seen(cast, letter)
    with acting(cast.pa, cast):
        services.amend(letter, seen=letter.version, text="Another text")
    client.force_login(cast.commander)
    answer = client.post(place(letter, f"approval/?seen={before}"))
    assert answer.status_code == 409
    assert b"Nothing was approved" in answer.content
    assert standing(cast, letter) is None


def test_the_page_shows_all_that_is_bound(client, cast, letter):
    client.force_login(cast.commander)
    page = client.get(place(letter)).content.decode()
    frame = page[page.index('<section class="po-bound">') :]
    frame = frame[: frame.index("</section>")]
    for bound in (
        "Nadia Prestwood MP",
        "bram.okonjo@prestwood.example",
        "annex.pdf",
        "OFFICIAL",
        "Approve",
        "Return",
    ):
        assert bound in frame
    assert " ".join(seen(cast, letter)[n : n + 4] for n in range(0, 64, 4)) in frame


def test_a_pa_sees_no_button_to_approve_and_is_refused_where_she_tries(client, cast, letter):
    client.force_login(cast.pa)
    assert b"approval/?seen" not in client.get(place(letter)).content
    assert client.post(place(letter, f"approval/?seen={seen(cast, letter)}")).status_code == 403
    assert Entry.objects.filter(verb="edge.refuse").count() == 1


def test_many_are_approved_at_once_and_the_bad_ones_are_named(client, cast, letter):
    with acting(cast.pa, cast):
        other = offered(title="Second letter")
    ticked = [f"{each.year}/{each.number}/{seen(cast, each)}" for each in (letter, other)]
    client.force_login(cast.commander)
    answer = client.post(f"{HERE}many/", {"item": [ticked[0], ticked[1][:-1] + "?", "2026/99/x", "rubbish", ""]})
    assert answer.status_code == 409
    assert [(one.submission, bool(one.approval)) for one in answer.context["decided"]] == [
        (letter, True),
        (other, False),
    ]
    assert client.post(f"{HERE}many/", {"item": ticked}).status_code == 302


def test_a_return_needs_a_note_and_goes_back_to_the_pa(client, cast, letter):
    client.force_login(cast.commander)
    url = place(letter, "return/")
    assert client.post(url, {"note": ""}).status_code == 422
    assert client.post(url, {"note": "Say when", "fingerprint": seen(cast, letter)}).status_code == 302
    client.force_login(cast.pa)
    page = client.get(HERE)
    assert [(row["title"], row["why"]) for row in page.context["returned"]] == [(letter.title, "Say when")]


def test_a_letter_is_offered_changed_and_withdrawn_from_the_desk(client, cast):
    client.force_login(cast.pa)
    typed = {
        "item_class": "letter",
        "title": "Letter to Nadia Prestwood MP",
        "to": "Nadia Prestwood MP <office@prestwood.example>\nbram.okonjo@prestwood.example",
        "subject": "Family liaison",
        "text": "Dear Ms Prestwood",
    }
    annex = SimpleUploadedFile("annex.pdf", b"%PDF-1.7", "application/pdf")
    answer = client.post(f"{HERE}new/", {**typed, "papers": [annex]})
    with acting(cast.pa, cast):
        made = Submission.objects.get()
        people = [(each.kind, each.name, each.address) for each in made.offer.recipients.all()]
        assert (made.offer.sender_name, made.offer.attachments.get().name) == (
            "Det Ch Supt Imogen Calderwick",
            "annex.pdf",
        )
    assert (answer.status_code, answer.url) == (302, made.get_absolute_url())
    assert people == [
        ("to", "Nadia Prestwood MP", "office@prestwood.example"),
        ("to", "", "bram.okonjo@prestwood.example"),
    ]
    form = client.get(place(made, "amendment/")).context["form"]
    changed = {**typed, **{name: form[name].value() or "" for name in ("to", "seen")}, "text": "Dear Nadia"}
    assert client.post(place(made, "amendment/"), changed).status_code == 302
    assert client.post(place(made, "amendment/"), changed).status_code == 409
    with acting(cast.pa, cast):
        assert (made.offer.number, made.offer.text, made.offer.attachments.count()) == (2, "Dear Nadia", 1)
    assert client.post(place(made, "withdrawal/"), {"reason": "They rang"}).status_code == 302


@pytest.mark.parametrize(
    ("field", "words"),
    [
        ("to", "not an address"),
        ("to", "Bram <bram@example.org>, Zoe <zoe@example.org>"),
        ("text", SECRET_TEXT),
    ],
)
def test_what_cannot_go_out_is_said_and_stays_typed(client, cast, field, words):
    client.force_login(cast.pa)
    typed = {
        "item_class": "letter",
        "title": "A",
        "to": "a@example.org",
        "subject": "S",
        "text": "T",
        field: words,
    }
    answer = client.post(f"{HERE}new/", typed)
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert answer.context["form"][field].value() == words


def test_an_approval_on_paper_is_recorded_with_its_scan(client, cast, letter):
    signed = {"fingerprint": seen(cast, letter), "approver": cast.commander.person.pk, "signed_on": "2026-01-05"}
    client.force_login(cast.staff_officer)
    url = place(letter, "paper/")
    bad = SimpleUploadedFile("scan.pdf", b"MZ", "application/pdf")
    assert client.post(url, {**signed, "scan": bad}).status_code == 409
    good = SimpleUploadedFile("scan.pdf", b"%PDF-1.4 signed", "application/pdf")
    assert client.post(url, {**signed, "scan": good}).status_code == 302
    assert standing(cast, letter).is_on_paper


def test_the_commander_delegates_and_takes_it_back(client, cast, letter):
    client.force_login(cast.commander)
    url = f"{HERE}delegations/"
    typed = {
        "to_person": cast.staff_officer.person.pk,
        "item_classes": ["letter"],
        "starts_on": "2026-01-01",
        "ends_on": "2099-01-01",
    }
    assert client.post(url, {**typed, "ends_on": "2025-01-01"}).status_code == 200
    assert client.post(url, typed).status_code == 302
    client.force_login(cast.staff_officer)
    assert [each.title for each in client.get(HERE).context["decisions"]] == [letter.title]
    with acting(cast.commander, cast):
        given = Delegation.objects.get()
    client.force_login(cast.commander)
    assert client.post(f"{url}{given.pk}/revocation/").status_code == 302
    client.force_login(cast.staff_officer)
    assert client.get(HERE).context["decisions"] == []


@pytest.mark.hostile("D01", "D06")
def test_a_file_is_handed_out_to_be_saved_and_never_opened_here(client, cast, letter):
    client.force_login(cast.commander)
    answer = client.get(place(letter, "files/1/0/"))
    assert (answer.content, answer["Content-Type"]) == (b"%PDF-1.7 annex", "application/octet-stream")
    assert answer["Content-Disposition"].startswith("attachment;")
    assert client.get(place(letter, "files/1/7/")).status_code == 404


def test_what_is_sensitive_carries_its_marking_and_its_reading_is_written_down(client, cast):
    with acting(cast.pa, cast):
        letter = offered(marking=Marking.OFFICIAL_SENSITIVE, handling="PERSONAL DATA")
    client.force_login(cast.commander)
    assert "PERSONAL DATA" in client.get(place(letter)).content.decode()
    assert Entry.objects.filter(verb="records.read", actor="Imogen Calderwick").count() == 1
    client.force_login(cast.reader)
    assert client.get(place(letter)).status_code in {403, 404}


@pytest.mark.parametrize("who", ["commander", "pa"])
def test_a_list_of_three_asks_no_more_than_a_list_of_one(client, cast, letter, who, queries_of):
    client.force_login(getattr(cast, who))
    client.get(HERE)
    one = queries_of(client, HERE)
    with acting(cast.pa, cast):
        offered(title="Second")
        offered(title="Third")
    assert queries_of(client, HERE) == one


def test_today_tells_the_commander_what_to_decide_and_the_pa_what_came_back(cast, letter):
    from privateoffice.foundations.clock import clock

    with acting(cast.commander, cast):
        (need,) = needs(clock.now())
        assert (need.roles, [act.word for act in need.acts]) == (
            ("commander", "staff_officer"),
            ["Approve", "Return"],
        )
        assert waiting() == 1
        decisions, letters = daypack(clock.today())
        assert ([line.title for line in decisions.lines], letters.lines[0].body) == (
            [letter.title],
            letter.offer.text,
        )
        services.return_with_note(letter, note="Say when")
    with acting(cast.pa, cast):
        (need,) = needs(clock.now())
        assert (need.why, need.roles) == ("Returned by Imogen Calderwick: Say when", ("pa", "staff_officer"))
        assert waiting() == 1


def test_the_commander_decides_on_today_itself(client, cast, letter):
    client.force_login(cast.commander)
    page = client.get("/homicide/")
    (decision,) = page.context["decisions"]
    assert (decision["title"], decision["text"], decision["recommendation"]) == (
        letter.title,
        "Names the new officer.",
        "approve, it is a day late",
    )
    assert page.context["board"].count == 0
    client.post(decision["acts"][0].url)
    assert standing(cast, letter).approver == cast.commander.person
    assert client.get("/homicide/").context["decisions"] == []
