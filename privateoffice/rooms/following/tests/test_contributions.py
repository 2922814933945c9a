"""A contribution: asked of somebody without an account, chased by the one ladder, answered by mail, accepted."""

from datetime import date

import pytest
from django.test import Client

from privateoffice.foundations.clock import clock
from privateoffice.foundations.offices import scope
from privateoffice.foundations.offices.models import Person
from privateoffice.foundations.records import services as records
from privateoffice.foundations.records.models import Link, Matter, MatterEntry
from privateoffice.rooms.following import services
from privateoffice.rooms.following.models import Contribution, Receipt, ReplyClock
from privateoffice.rooms.following.tests.scenes import MONDAY, at, came, clock_of, from_member, seen
from privateoffice.spine.actions import services as actions
from privateoffice.spine.actions.models import Action, Chase
from privateoffice.spine.correspondence import services as correspondence
from privateoffice.spine.correspondence.models import Answer, Ask, Conversation, Message
from privateoffice.spine.correspondence.tests.letters import letter
from privateoffice.spine.deliveries.models import Delivery
from privateoffice.spine.letters import services as letters
from privateoffice.spine.letters.models import Draft

FRIDAY = date(2026, 11, 27)
DCI = "DCI Oluwaseun Brackenhale <o.brackenhale@murder-review.example>"
ADDRESS = "o.brackenhale@murder-review.example"
WORDS = "Arches stood at four stations in October and 31 knives were found.\n\nNobody was hurt."
PAPERS = (
    f"From: {DCI}\r\nTo: office@specialist-crime.example\r\nSubject: Re: arches\r\n"
    "Date: Tue, 24 Nov 2026 10:00:00 +0000\r\nMessage-ID: <papers@murder-review.example>\r\n"
    "In-Reply-To: {asked}\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n"
    "--x\r\nContent-Type: text/plain\r\n\r\nThe figures are in the sheet.\r\n"
    "--x\r\nContent-Type: text/csv\r\nContent-Disposition: attachment; filename=arches.csv\r\n\r\n"
    "Station,Found\r\nWexcombe,31\r\n--x--\r\n"
)


@pytest.fixture(autouse=True)
def monday(cast, tmp_path):
    with at(MONDAY):
        came(cast, tmp_path, from_member(message_id="q"))
        yield


def ask(cast, **said) -> Contribution:
    given = {
        "title": "Contribute two paragraphs on arches",
        "asked": "How often were they out?",
        "due_on": FRIDAY,
        "owner_name": "DCI Oluwaseun Brackenhale",
        "owner_email": ADDRESS,
    }
    with seen(cast):
        return services.ask(clock_of(cast).record, **{**given, **said})


def write_back(cast, tmp_path, text=WORDS, *, asked=None, sender=DCI, subject="Re: arches", read=True, **said):
    """A mail of the contributor on Tuesday, and both readers of the worker."""
    with at(date(2026, 11, 24), "11:00"):
        fields = {"in_reply_to": asked} if asked else {}
        came(cast, tmp_path, letter(subject, text, sender=sender, days_ago=0, **fields, **said))
        read_mail(cast)


def read_mail(cast) -> list[Receipt]:
    with scope.acting_as_system("jobs", office=cast.homicide):
        correspondence.read_answers()
        return services.take_in_contributions(cast.homicide)


def key_of_the_letter(cast) -> str:
    with seen(cast):
        return Delivery.objects.latest("pk").message_id


def action_of(cast, made: Contribution) -> Action:
    with seen(cast):
        return Action.objects.with_standing().get(reference=made.action)


def test_it_is_asked_by_a_letter_with_the_reference_and_is_an_action_of_the_register(cast):
    made = ask(cast)
    action = action_of(cast, made)
    with seen(cast):
        [sent] = Delivery.objects.all()
        [chase] = Chase.objects.all()
        assert sent.subject == f"{made.action}: Contribute two paragraphs on arches"
        assert "How often were they out?" in sent.text
        assert "Please send it by 27 November 2026" in sent.text
        assert [one.address for one in sent.destinations.all()] == [ADDRESS]
        assert (chase.delivery, chase.step, action.owner_words) == (
            sent.reference,
            "asked-1",
            "DCI Oluwaseun Brackenhale",
        )
        assert Link.objects.filter(from_record=action.pk, kind=Link.Kind.ARISES_FROM).exists()
        assert list(Contribution.objects.of(clock_of(cast).record)) == [made]


def test_the_one_ladder_chases_it(cast):
    made = ask(cast)
    with at(FRIDAY), scope.acting_as_system("chasers", office=cast.homicide):
        [chase] = actions.climb(clock.now())
    assert (chase.rung, chase.record.reference) == ("day", made.action)


def test_what_comes_by_mail_is_found_on_the_conversation_and_waits_for_the_pa(cast, tmp_path):
    made = ask(cast)
    write_back(cast, tmp_path, asked=key_of_the_letter(cast))
    with seen(cast):
        [material] = services.materials(
            Contribution.objects.of(Conversation.objects.get(correspondent__endswith="MP"))
        )
        [sent] = material.sent
        assert (sent.words, material.action.is_awaiting) == (WORDS, True)
        assert not Answer.objects.to_decide().exists()
        assert [ask.is_open for ask in Ask.objects.filter(message=sent.message)] == [False]
        assert [one.record.correspondent for one in ReplyClock.objects.all()] == ["Rosalind Quarrington MP"]
    assert read_mail(cast) == []
    assert made.action == material.action.reference


def test_a_new_mail_with_the_reference_alone_is_found_and_anybody_elses_is_not(cast, tmp_path):
    made = ask(cast)
    write_back(
        cast, tmp_path, subject=f"arches, your {made.action}", sender="Somebody <else@murder-review.example>"
    )
    assert not action_of(cast, made).is_awaiting
    write_back(cast, tmp_path, subject=f"arches, your {made.action.lower()}")
    assert action_of(cast, made).is_awaiting
    with seen(cast):
        assert Receipt.objects.count() == 1


def test_a_new_day_and_a_word_that_it_is_not_theirs_are_no_contribution(cast, tmp_path):
    made = ask(cast)
    key = key_of_the_letter(cast)
    write_back(cast, tmp_path, "Can I have until Friday 4 December please, we are short of staff.", asked=key)
    assert (action_of(cast, made).due_on, action_of(cast, made).is_awaiting) == (date(2026, 12, 4), False)
    write_back(cast, tmp_path, "Not mine, this belongs to DI Khan", asked=key)
    assert not action_of(cast, made).is_awaiting
    with seen(cast):
        assert [answer.said for answer in Answer.objects.to_decide()] == ["not_mine"]


def test_a_doubtful_sender_is_left_to_the_pa_and_counts_when_she_says_so(cast, tmp_path):
    made = ask(cast)
    write_back(cast, tmp_path, asked=key_of_the_letter(cast), sender="O. B. <o.brackenhale@home.example>")
    assert not action_of(cast, made).is_awaiting
    with seen(cast):
        correspondence.decide_answer(Answer.objects.to_decide().get(), said="done")
    assert [receipt.contribution for receipt in read_mail(cast)] == [made]


def test_accepted_it_closes_and_a_second_mail_is_kept_with_the_first(cast, tmp_path):
    made = ask(cast)
    key = key_of_the_letter(cast)
    write_back(cast, tmp_path, asked=key)
    write_back(cast, tmp_path, "And one thing more: the map follows.", asked=key)
    with seen(cast):
        assert Receipt.objects.count() == 2
        assert not Answer.objects.to_decide().exists()
        services.accept(made)
        assert action_of(cast, made).closing.outcome == "done"
        with pytest.raises(services.NotReceived):
            services.accept(made)


def test_asked_again_they_are_written_to_with_the_reason_and_the_day_slips(cast, tmp_path):
    made = ask(cast)
    with seen(cast), pytest.raises(services.NotReceived):
        services.ask_again(made, reason="x", due_on=FRIDAY)
    write_back(cast, tmp_path, asked=key_of_the_letter(cast))
    with at(date(2026, 11, 25)), seen(cast):
        services.ask_again(made, reason="Which stations, please?", due_on=date(2026, 11, 30))
        letter_again = Delivery.objects.latest("pk")
        assert ("Which stations, please?" in letter_again.text, made.action in letter_again.subject) == (
            True,
            True,
        )
        action = action_of(cast, made)
        assert (action.is_awaiting, action.due_on, action.slip_count) == (False, date(2026, 11, 30), 1)
    write_back(cast, tmp_path, "Wexcombe and three others.", asked=letter_again.message_id)
    assert action_of(cast, made).is_awaiting


def test_its_words_and_papers_go_into_the_reply_and_its_mail_onto_the_matter(cast, tmp_path):
    with seen(cast):
        conversation = clock_of(cast).record
        matter = records.open_matter(title="Knife arches")
        records.put_on(matter, conversation)
    ask(cast)
    raw = PAPERS.replace("{asked}", key_of_the_letter(cast)).encode()
    with at(date(2026, 11, 24), "11:00"):
        came(cast, tmp_path, raw)
        [receipt] = read_mail(cast)
    with at(date(2026, 11, 24), "12:00"), seen(cast):
        draft = letters.answer(
            Ask.objects.select_related("record__office", "message__record__office").get(
                message__number=1, record=conversation
            )
        )
        services.put_in(draft, receipt)
        services.enclose(draft, receipt, place=1)
        draft = Draft.objects.get(pk=draft.pk)
        assert draft.text == "The figures are in the sheet."
        assert [(file.name, file.data) for file in draft.files.all()] == [
            ("arches.csv", b"Station,Found\r\nWexcombe,31")
        ]
        on_it = MatterEntry.objects.filter(matter=Matter.objects.get(pk=matter.pk)).values_list(
            "record__reference", flat=True
        )
        assert receipt.found_in in set(on_it)
        with pytest.raises(IndexError):
            services.enclose(draft, receipt, place=2)


def test_what_is_marked_higher_than_the_draft_stays_out_of_it(cast, tmp_path):
    ask(cast)
    write_back(cast, tmp_path, asked=key_of_the_letter(cast), subject="OFFICIAL-SENSITIVE: arches")
    with seen(cast):
        first = Ask.objects.select_related("record__office", "message__record__office").get(
            record__correspondent__endswith="MP"
        )
        draft = letters.answer(first)
        with pytest.raises(letters.MarkedHigher):
            services.put_in(draft, Receipt.objects.get())


def test_somebody_of_the_directory_is_asked_at_their_address(cast):
    person = Person.everyone.create(
        office=cast.homicide,
        forenames="Hamish",
        surname="Trevannick",
        rank="DCI",
        warrant_number="WX90118",
        email=ADDRESS,
    )
    made = ask(cast, owner=person, owner_name="", owner_email="")
    assert action_of(cast, made).owner_words == "DCI Hamish Trevannick"


def test_whoever_cannot_be_written_to_is_not_asked_and_nothing_is_left_of_it(cast):
    person = Person.everyone.create(
        office=cast.homicide, forenames="No", surname="Address", warrant_number="WX90119"
    )
    for said in ({"owner": person, "owner_name": "", "owner_email": ""}, {"owner_name": ""}):
        with pytest.raises(services.NobodyToAsk):
            ask(cast, **said)
    with seen(cast):
        assert (Action.objects.count(), Contribution.objects.count(), Delivery.objects.count()) == (0, 0, 0)


def test_outside_the_service_something_sensitive_is_asked_for_with_a_reason_only(cast, tmp_path):
    with seen(cast):
        records.mark(clock_of(cast).record, marking=2, handling="PERSONAL DATA")
    with pytest.raises(services.GoesOutside):
        ask(cast)
    made = ask(cast, why_outside="The review is theirs")
    assert action_of(cast, made).marking == 2


def test_what_is_kept_for_named_readers_is_asked_of_nobody_else(cast):
    with seen(cast):
        records.narrow(clock_of(cast).record, roles=("pa",))
    with pytest.raises(services.NobodyToAsk, match="named readers"):
        ask(cast)


def test_a_mail_that_may_not_be_seen_is_counted_beside_the_contribution(cast, tmp_path):
    ask(cast)
    write_back(cast, tmp_path, asked=key_of_the_letter(cast))
    with seen(cast):
        receipt = Receipt.objects.get()
        theirs = Conversation.objects.get(reference=receipt.found_in)
    with scope.acting(cast.commander, office=cast.homicide):
        correspondence.keep_private(theirs)
    with seen(cast):
        [material] = services.materials(Contribution.objects.of(clock_of(cast).record))
        assert (material.sent, material.hidden) == ([], 1)
        with pytest.raises(Message.DoesNotExist):
            services.put_in(letters.begin(subject="x"), receipt)


def test_the_page_asks_shows_takes_and_puts_in(cast, tmp_path):
    client = Client()
    client.force_login(cast.pa)
    page = clock_of(cast).record.get_absolute_url()
    typed = {
        "title": "Contribute two paragraphs", "detail": "How often?", "due_on": "2026-11-27",
        "owner_name": "DCI Brackenhale", "owner_email": ADDRESS,
    }  # fmt: skip
    assert client.post(f"{page}contributions/", {**typed, "owner_email": "nobody"}).status_code == 422
    assert client.post(f"{page}contributions/", {**typed, "due_on": "2026-11-28"}).status_code == 422
    assert client.post(f"{page}contributions/", {**typed, "owner_name": "", "owner_email": ""}).status_code == 422
    assert client.post(f"{page}contributions/", typed).status_code == 302
    write_back(cast, tmp_path, asked=key_of_the_letter(cast))
    shown = client.get(page).content.decode()
    assert ("Received, to look at" in shown, "31 knives were found" in shown) == (True, True)
    with seen(cast):
        year, number = Contribution.objects.get().action.split("/")[-2:]
        name = Ask.objects.select_related("record", "message").get(record=clock_of(cast).record).name
    asked = f"{page}contributions/{year}/{int(number)}/"
    draft = client.post(f"/homicide/drafts/begin/?ask={name}").url
    beside = client.get(draft).content.decode()
    assert "Put its words in" in beside
    assert client.post(f"{draft}contributions/{year}/{int(number)}/1/words/").status_code == 302
    assert "31 knives were found" in client.get(draft).content.decode()
    assert client.post(f"{draft}contributions/{year}/{int(number)}/2/words/").status_code == 404
    assert client.post(f"{draft}contributions/{year}/{int(number)}/1/papers/1/").status_code == 404
    assert client.get(f"{asked}again/").status_code == 200
    assert client.post(f"{asked}acceptance/").status_code == 302
    assert "Accepted" in client.get(page).content.decode()
    assert client.post(f"{asked}acceptance/").status_code == 409
