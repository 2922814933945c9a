"""A draft from its beginning to the wire: by several hands, checked, allowed, sent once, and what comes back."""

import io
import zipfile
from datetime import timedelta

import pytest

from privateoffice.connectors.papers import hidden
from privateoffice.foundations.clock import clock
from privateoffice.foundations.offices import scope
from privateoffice.foundations.offices.models import Person
from privateoffice.foundations.offices.policy import Refused
from privateoffice.foundations.records import services as records
from privateoffice.foundations.records.markings import AboveOurCeiling
from privateoffice.spine.approvals import services as approvals
from privateoffice.spine.approvals.models import Addressee, Submission
from privateoffice.spine.approvals.services import Paper
from privateoffice.spine.correspondence.models import Ask
from privateoffice.spine.correspondence.tests.letters import lay, letter, take
from privateoffice.spine.deliveries import services as deliveries
from privateoffice.spine.deliveries.models import Delivery
from privateoffice.spine.letters import services
from privateoffice.spine.letters.models import Acceptance, Class, Draft, File, Leave, SenderAs, StandardLine

INSIDE = [["Tobias Fennimarsh", "tobias.fennimarsh@specialist-crime.example"]]
OUTSIDE = [["Amabel Vellacott", "a.vellacott@northmere.example.org"]]


@pytest.fixture
def pa(cast):
    with scope.acting(cast.pa, office=cast.homicide):
        yield cast


@pytest.fixture
def ask(cast, tmp_path):
    take(cast, lay(tmp_path / "m", letter("The pilot", "What became of the exhibits pilots?", message_id=1)))
    with scope.acting(cast.pa, office=cast.homicide):
        yield _ask()


def _ask() -> Ask:
    return Ask.objects.select_related("record__office", "message__record__office").get()


def written(**said) -> Draft:
    said = {"to": INSIDE, "subject": "The pilot", "text": "Dear Tobias\n\nIt went well.\n\nDelphine", **said}
    return services.begin(**said)


def accepted(draft: Draft, reason="They are the ones who asked") -> Draft:
    for finding in services.findings_on(draft):
        services.accept(draft, finding=finding, reason=reason)
    return draft


def codes(draft: Draft) -> list[str]:
    return [finding.code for finding in services.findings_on(draft)]


def in_a_minute():
    return clock.stopped_at(clock.now() + timedelta(minutes=1))


def test_a_reply_goes_to_the_writer_in_the_thread_and_its_ask_is_answered_when_it_is_sent(cast, ask):
    draft = services.answer(ask)
    assert (draft.to, draft.subject) == (OUTSIDE, "Re: The pilot")
    draft = services.write(draft, seen=draft.version, text="Dear Amabel\n\nIt went well.")
    accepted(draft)
    gone = services.dispatch(draft, seen=draft.version)
    assert str(_ask().what_became_of_it) == f"Answered by {draft.reference}, not sent yet"
    delivery = Delivery.objects.get(reference=gone.delivery)
    assert (delivery.in_reply_to, delivery.text) == ("<1@northmere.example.org>", "Dear Amabel\n\nIt went well.")
    with in_a_minute():
        assert deliveries.send_due() == 1
    services.follow_record(Delivery.objects.get())
    assert (str(_ask().what_became_of_it), Draft.objects.get().closing.outcome) == ("Answered", "sent")
    assert services.follow_all(cast.homicide) == 0


@pytest.mark.hostile("A17")
def test_sent_twice_is_sent_once_a17(pa):
    draft = accepted(written())
    services.dispatch(draft, seen=draft.version)
    with pytest.raises(services.OnTheWay):
        services.dispatch(draft, seen=draft.version)
    assert Delivery.objects.count() == 1


def test_in_the_commanders_name_it_waits_for_the_commander_and_goes_as_approved(cast, ask):
    draft = services.answer(ask)
    draft = services.write(draft, seen=draft.version, text="Dear Amabel\n\nYes.", sender_as=SenderAs.COMMANDER)
    accepted(draft)
    gone = services.dispatch(draft, seen=draft.version, recommendation="Approve.")
    submission = Submission.objects.get(reference=gone.submission)
    with in_a_minute():
        assert deliveries.send_due() == 0
    with scope.acting(cast.commander, office=cast.homicide):
        approvals.approve(submission, fingerprint=submission.offer.fingerprint)
    with in_a_minute():
        assert deliveries.send_due() == 1
    services.follow(Draft.objects.get())
    assert (Draft.objects.get().closing.outcome, str(_ask().what_became_of_it)) == ("sent", "Answered")


def test_what_the_commander_returns_comes_back_to_be_written_on_and_goes_again_as_a_new_version(cast, ask):
    draft = services.answer(ask)
    draft = accepted(
        services.write(draft, seen=draft.version, text="Dear Amabel\n\nYes.", sender_as=SenderAs.COMMANDER)
    )
    gone = services.dispatch(draft, seen=draft.version)
    submission = Submission.objects.get(reference=gone.submission)
    with scope.acting(cast.commander, office=cast.homicide):
        approvals.return_with_note(submission, note="Warmer, please.")
    services.follow(draft)
    assert (Draft.objects.get().dispatch, _ask().is_open) == (None, True)
    draft = services.write(Draft.objects.get(), seen=draft.version, text="Dear Amabel\n\nYes, gladly.")
    accepted(draft)
    assert services.dispatch(draft, seen=draft.version).submission == gone.submission
    assert [offer.text for offer in submission.offers.order_by("number")] == [
        "Dear Amabel\n\nYes.",
        "Dear Amabel\n\nYes, gladly.",
    ]
    assert Delivery.objects.count() == 1


def test_what_is_called_back_within_its_time_is_a_draft_again_and_its_ask_is_open(ask):
    draft = services.answer(ask)
    draft = accepted(services.write(draft, seen=draft.version, text="Dear Amabel\n\nNo."))
    services.dispatch(draft, seen=draft.version)
    services.recall(draft)
    assert (Draft.objects.get().dispatch, _ask().is_open, Delivery.objects.get().is_open) == (None, True, False)
    services.give_up(Draft.objects.get(), reason="Not wanted")
    with pytest.raises(services.OnTheWay):
        services.write(Draft.objects.get(), seen=draft.version, text="x")


@pytest.mark.hostile("E03")
def test_two_hands_lose_neither_text_e03(pa):
    draft = written()
    services.write(Draft.objects.get(), seen=draft.version, text="Hers")
    with pytest.raises(records.ChangedMeanwhile) as conflict:
        services.write(draft, seen=draft.version, text="His")
    assert conflict.value.differences == [("text", "Hers", "His")]


def test_an_answer_never_drops_below_its_thread_without_a_reason(cast, tmp_path):
    take(cast, lay(tmp_path / "m", letter("OFFICIAL-SENSITIVE: Leave", to="x@specialist-crime.example")))
    with scope.acting(cast.pa, office=cast.homicide):
        draft = services.answer(_ask())
        assert (draft.marking, draft.handling) == (2, "As marked by the sender")
        draft = services.write(draft, seen=draft.version, text="Yes", marking=1, handling="")
        assert "dropped" in codes(draft)


@pytest.mark.hostile("A18", "A20")
def test_the_checks_find_what_costs_most(pa):
    draft = written(to=OUTSIDE, subject="", text="Please see the attached. {name}", marking=2, handling="PERSONAL")
    assert codes(draft) == ["no_subject", "outside", "marking", "no_file", "field"]
    near = [["Delphine", "delphine@specialist-crlme.example"], ["x", "x@speciaIist-crime.example"]]
    assert codes(written(to=near)).count("lookalike") == 2
    many = [["", f"one{at}@specialist-crime.example"] for at in range(11)]
    assert codes(written(to=many)) == ["many"]  # A18
    assert codes(written(to=[], text="")) == ["nobody", "no_text"]


@pytest.mark.hostile("A20")
def test_nothing_goes_before_each_finding_is_answered_and_an_answer_falls_with_what_it_was_about(pa):
    draft = written(to=OUTSIDE)
    with pytest.raises(services.NotYetFit):
        services.dispatch(draft, seen=draft.version)
    accepted(draft)
    assert [(one.check_code, one.reason) for one in Acceptance.objects.all()] == [
        ("outside", "They are the ones who asked")
    ]
    more = [*OUTSIDE, ["Hugo", "hugo@elsewhere.example.com"]]
    draft = services.write(draft, seen=draft.version, to=more)
    with pytest.raises(services.NotYetFit):
        services.dispatch(draft, seen=draft.version)
    nobody = next(one for one in services.findings_on(written(to=[])) if one.code == "nobody")
    with pytest.raises(services.MayNotBeAccepted):
        services.accept(draft, finding=nobody, reason="x")


@pytest.mark.hostile("A19")
def test_what_lies_hidden_in_a_workbook_stops_it_until_somebody_has_looked_a19(pa):
    draft = written()
    file = services.attach(draft, Paper("staff.xlsx", "application/vnd.ms-excel", workbook()))
    assert file.hidden == ["It has 1 hidden sheet: “Names & numbers”.", "It has 1 hidden row."]
    assert codes(draft) == ["hidden", "hidden"]
    services.take_off(draft, file)
    assert (codes(draft), File.objects.count()) == ([], 0)


def workbook() -> bytes:
    sheet = '<worksheet><sheetData><row r="1" hidden="1"/><row r="2"/></sheetData></worksheet>'
    names = '<sheet name="List" sheetId="1"/><sheet name="Names &amp; numbers" sheetId="2" state="veryHidden"/>'
    parts = {"xl/workbook.xml": f"<workbook><sheets>{names}</sheets></workbook>", "xl/worksheets/s1.xml": sheet}
    return package(parts)


def package(parts: dict[str, str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for name, content in parts.items():
            made.writestr(name, content)
    return out.getvalue()


@pytest.mark.hostile("D14")
@pytest.mark.parametrize(
    ("parts", "found"),
    [
        ({"word/document.xml": '<w:ins w:id="1"/><w:del w:id="2"/><w:vanish/>'}, "tracked changes"),
        ({"word/document.xml": "<w:p/>", "word/comments.xml": '<w:comment w:id="1"/>'}, "1 comment"),
        ({"ppt/presentation.xml": "", "ppt/slides/slide1.xml": '<p:sld show="0">'}, "1 hidden slide"),
        ({"word/document.xml": "", "word/vbaProject.bin": "x"}, "macros"),
    ],
)
def test_what_lies_hidden_in_a_paper_is_told_d14(parts, found):
    assert found in " ".join(hidden.look(package(parts)))


@pytest.mark.parametrize(
    "raw", [b"", b"plain words", b"PK\x03\x04broken", b"%PDF-1.7 broken", b"\xd0\xcf\x11\xe0"]
)
def test_what_cannot_be_looked_into_is_no_error(raw):
    assert isinstance(hidden.look(raw), list)


@pytest.mark.parametrize(
    ("people", "sender_as", "leave"),
    [
        ([("", INSIDE[0][1])], "own", "send"),
        ([("Nadia Prestwood MP", "office@prestwood.example")], "own", "approve"),
        ([("", "x@northmere.example.org")], "behalf", "approve"),
        ([("", "x@force.police.uk")], "own", "send"),
        ([("", "mother@example.org")], "own", "never"),
        ([("", INSIDE[0][1]), ("", "mother@example.org")], "behalf", "approve"),
        ([("", "desk@wexcombe.example.com")], "commander", "never"),
        ([("", INSIDE[0][1])], "commander", "approve"),
    ],
)
def test_who_may_send_what_follows_the_class_that_binds_most(cast, people, sender_as, leave):
    with scope.acting(cast.staff_officer, office=cast.homicide):
        services.class_as(cast.homicide, place="mother@example.org", recipient_class=Class.FAMILY)
        services.class_as(cast.homicide, place="wexcombe.example.com", recipient_class=Class.PRESS)
        found = services.ruling_on(cast.homicide, [Addressee("to", *one) for one in people], sender_as)
    assert found.leave == leave


def test_the_office_changes_who_may_send_what_and_the_pa_does_not(cast):
    case = {"recipient_class": Class.PUBLIC, "sender_as": SenderAs.OWN}
    with scope.acting(cast.staff_officer, office=cast.homicide):
        services.settle_authority(cast.homicide, **case, leave=Leave.NEVER)
        with pytest.raises(services.CommandersName):
            services.settle_authority(
                cast.homicide, recipient_class=Class.PUBLIC, sender_as=SenderAs.COMMANDER, leave=Leave.SEND
            )
    with scope.acting(cast.pa, office=cast.homicide):
        with pytest.raises(Refused):
            services.settle_authority(cast.homicide, **case, leave=Leave.SEND)
        draft = accepted(written(to=OUTSIDE))
        with pytest.raises(services.MayNotGo):
            services.dispatch(draft, seen=draft.version)


def test_a_chief_officer_is_known_by_rank(cast):
    person = Person.everyone.create(office=cast.homicide, surname="Ashgrove", rank="DAC", email="dac@x.example")
    with scope.acting(cast.pa, office=cast.homicide):
        assert services.classes_of(cast.homicide, [Addressee("to", "", person.email)]) == [Class.CHIEF]


def test_a_line_is_suggested_by_the_terms_in_the_mail_and_not_when_it_has_run_out(pa, ask):
    until = clock.today() + timedelta(days=30)
    said = {"text": "The evaluation will be shared.", "owner_role": "staff_officer"}
    services.keep_line(title="Sharing", terms="exhibits pilot, evaluation", until_on=until, **said)
    services.keep_line(title="Old", terms="pilot", until_on=clock.today() - timedelta(days=1), **said)
    services.keep_line(title="Other", terms="parking", until_on=until, **said)
    lines = StandardLine.objects.standing(clock.today())
    found = services.fitting(lines, ask.text)
    assert [(line.title, terms) for line, terms in found] == [("Sharing", ["exhibits pilot"])]
    draft = services.put_in(services.answer(ask), found[0][0])
    assert draft.text == "The evaluation will be shared."
    services.keep_line(title="Sharing 2", terms="x", until_on=until, line=found[0][0], **said)
    assert StandardLine.objects.standing(clock.today()).count() == 2


@pytest.mark.hostile("D13")
def test_only_known_fields_of_a_template_work_d13(pa):
    text = "Dear {name}\n\n{settings.SECRET_KEY} {{ 1 + 1 }} {% load x %} {password} {office.pk} {today}"
    template = services.keep_template(name="T", subject="For {name}", text=text, sender_as="own", form="mail")
    draft = services.begin(template=template, to=[["{commander}", "x@specialist-crime.example"]])
    assert draft.subject == "For {commander}"
    assert "{settings.SECRET_KEY} {{ 1 + 1 }} {% load x %} {password} {office.pk}" in draft.text
    assert "{today}" not in draft.text


@pytest.mark.hostile("D12")
def test_a_batch_stops_what_lacks_a_field_and_nothing_else_d12(cast, pa):
    text = "Dear {name}\n\nThank you for {thanks_for}.\n\nYours sincerely"
    template = services.keep_template(
        name="Thanks", subject="Thank you", text=text, sender_as="commander", form="mail"
    )
    csv = (
        "name,address,thanks_for\r\nAda & <Co>,ada@example.org,the {{ cake }}\r\n"
        "Bo,bo@example.org,\r\nقاسم,cy@example.org,your help\r\n"
    )
    rows = services.rows_of(csv.encode(), "thanks.csv")
    made = services.batch(template, rows, reason="They were thanked at the ceremony")
    assert [one.why_not for one in made] == ["", "Row 2: thanks_for is missing.", ""]
    offers = [Submission.objects.get(reference=one.dispatch.submission).offer for one in made if one.dispatch]
    assert [offer.text.split("\n\n")[:2] for offer in offers] == [
        ["Dear Ada & <Co>", "Thank you for the {{ cake }}."],
        ["Dear قاسم", "Thank you for your help."],
    ]
    assert len({offer.fingerprint for offer in offers}) == 2
    with scope.acting(cast.commander, office=cast.homicide):
        decided = approvals.approve_many([(offer.submission, offer.fingerprint) for offer in offers])
    assert all(one.approval for one in decided)


def test_a_letter_goes_as_pdf_with_its_reference(pa):
    draft = accepted(written(form="pdf", text="Dear Tobias\n\nWell done.\n\nYours sincerely"))
    assert services.printed(draft).startswith(b"%PDF-")
    gone = services.dispatch(draft, seen=draft.version)
    assert [file.name for file in Delivery.objects.get(reference=gone.delivery).enclosed.all()] == ["Letter.pdf"]


def test_a_draft_marked_above_our_ceiling_is_refused_and_what_was_typed_stays_with_the_writer(pa):
    draft = written()
    with pytest.raises(AboveOurCeiling):
        services.write(draft, seen=draft.version, text="SECRET\n\nx")
    assert Draft.objects.get().text == draft.text
