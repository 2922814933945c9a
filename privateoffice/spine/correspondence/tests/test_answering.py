"""Chasers answered by mail: plain answers are carried out once, the others wait for the PA."""

from datetime import date

import pytest
from django.test import Client

from privateoffice.foundations.clock import clock
from privateoffice.foundations.offices import scope
from privateoffice.foundations.offices.models import Person
from privateoffice.spine.actions import services as actions
from privateoffice.spine.actions.models import Action, Chase
from privateoffice.spine.correspondence import services
from privateoffice.spine.correspondence.models import Answer, Ask, Outcome
from privateoffice.spine.correspondence.room import needs
from privateoffice.spine.correspondence.tests.letters import lay, letter, take
from privateoffice.spine.deliveries.models import Delivery

MONDAY, FRIDAY_WEEK = date(2026, 11, 23), date(2026, 12, 4)
HAMISH = "hamish.trevannick@murder-review.example"
MAIL = "/homicide/mail/"


@pytest.fixture(autouse=True)
def monday():
    with clock.stopped_at(clock.moment(MONDAY, "09:00")):
        yield


@pytest.fixture
def hamish(cast):
    return Person.everyone.create(
        office=cast.homicide,
        forenames="Hamish",
        surname="Trevannick",
        rank="DCI",
        warrant_number="WX90118",
        email=HAMISH,
    )


@pytest.fixture
def owed(cast, hamish):
    with scope.acting(cast.pa, office=cast.homicide):
        return actions.assign(title="Send the review", owner=hamish, due_on=FRIDAY_WEEK)


def chase(cast, *owed):
    """Nudge the owner of each, and give the Message-ID of the last letter."""
    with scope.acting(cast.pa, office=cast.homicide):
        for action in owed:
            actions.nudge(action)
        return Delivery.objects.latest("pk").message_id


def write_back(cast, tmp_path, asked, *texts, sender=f"Hamish Trevannick <{HAMISH}>", **said):
    """Mail that comes in answer to a chaser, and the reading of it by the worker."""
    raws = [
        letter("Re: Send the review", text, sender=sender, days_ago=0, in_reply_to=asked, **said) for text in texts
    ]
    take(cast, lay(tmp_path / f"mail{len(list(tmp_path.iterdir()))}", *raws))
    with scope.acting_as_system("answers to chasers", office=cast.homicide):
        return services.read_answers()


def seen(cast):
    return scope.acting(cast.pa, office=cast.homicide)


def test_done_by_mail_discharges_the_action_and_waits_for_its_setter(cast, owed, tmp_path):
    [read] = write_back(
        cast, tmp_path, chase(cast, owed), "Done, it went up this morning.\n\nKind regards\nHamish"
    )
    with seen(cast):
        action = Action.objects.get(pk=owed.pk)
        assert (read.said, read.outcome.kind, action.is_awaiting) == ("done", "read", True)
        assert [ask.is_open for ask in Ask.objects.all()] == [False]
        assert not list(Answer.objects.to_decide())


def test_a_new_date_by_mail_moves_the_action_and_counts_as_a_slip(cast, owed, tmp_path):
    write_back(
        cast, tmp_path, chase(cast, owed), "Can I have until Friday 11 December please, we are short of staff."
    )
    with seen(cast):
        action = Action.objects.get(pk=owed.pk)
        [change] = action.changes_of_date.all()
        assert (action.due_on, change.is_slip) == (date(2026, 12, 11), True)
        assert "11 December" in change.reason


def test_a_mail_is_read_once_however_often_it_is_looked_for(cast, owed, tmp_path):
    asked = chase(cast, owed)
    assert len(write_back(cast, tmp_path, asked, "Done")) == 1
    with scope.acting_as_system("answers to chasers", office=cast.homicide):
        assert services.read_answers() == []
        assert Outcome.objects.count() == 1


@pytest.mark.parametrize(
    ("text", "sender", "why"),
    [
        ("Nearly there, just waiting on MIT 95", None, ""),
        ("Not mine, this belongs to DI Khan", None, ""),
        (
            "Done",
            "Somebody Else <h.trevannick@murder-revlew.example>",
            "an address to which the chaser was not sent",
        ),
        ("Could I have until Saturday 12 December?", None, "The date is a Saturday"),
    ],
)
def test_what_is_not_plain_waits_for_the_pa_and_changes_nothing(cast, owed, tmp_path, text, sender, why):
    said = {"sender": sender} if sender else {}
    [read] = write_back(cast, tmp_path, chase(cast, owed), text, **said)
    with seen(cast):
        action = Action.objects.get(pk=owed.pk)
        assert (action.due_on, action.is_awaiting, action.is_open) == (FRIDAY_WEEK, False, True)
        assert list(Answer.objects.to_decide()) == [read]
        assert why in read.why
        assert [need.key for need in needs(clock.now()) if need.key == "mail:answers"] == ["mail:answers"]


def test_two_actions_in_one_chaser_are_answered_each_in_its_own_words(cast, hamish, tmp_path):
    with seen(cast):
        both = [actions.assign(title=title, owner=hamish, due_on=date(2026, 11, 27)) for title in ("One", "Two")]
    at = clock.moment(date(2026, 11, 27), "08:00")
    with clock.stopped_at(at), scope.acting_as_system("chasers", office=cast.homicide):
        actions.climb(at)
        asked = Delivery.objects.get(
            pk__in=Delivery.objects.filter(reference__in=Chase.objects.values("delivery"))
        ).message_id
        text = f"{both[0].reference}: done, sent on Monday\n\n{both[1].reference}: Friday 11 December please"
        take(cast, lay(tmp_path / "mail", letter("Re: x", text, sender=HAMISH, days_ago=0, in_reply_to=asked)))
        services.read_answers()
    with seen(cast):
        said = dict(Answer.objects.values_list("action", "said"))
    assert said == {both[0].reference: "done", both[1].reference: "new_date"}


def test_the_pa_decides_on_a_page_beside_the_mail(cast, owed, tmp_path):
    write_back(cast, tmp_path, chase(cast, owed), "Should be all right by then I think")
    client = Client()
    client.force_login(cast.pa)
    page = client.get(f"{MAIL}answers/").content.decode()
    assert ("Send the review" in page, "Hamish Trevannick" in page) == (True, True)
    with seen(cast):
        place = f"{Answer.objects.get().message.address}answers/2026/{owed.number}/"
    assert "Should be all right by then" in client.get(place).content.decode()
    assert client.post(place, {"said": "new_date"}).status_code == 422
    assert client.post(place, {"said": "new_date", "due_on": "2026-12-09"})["Location"] == f"{MAIL}answers/"
    assert client.post(place, {"said": "done"})["Location"] == f"{MAIL}answers/"
    with seen(cast):
        assert Action.objects.get(pk=owed.pk).due_on == date(2026, 12, 9)
        assert Outcome.objects.get().said == "new_date"


def test_an_answer_is_decided_once(cast, owed, tmp_path):
    [read] = write_back(cast, tmp_path, chase(cast, owed), "Lovely weather here")
    with seen(cast):
        outcome = services.decide_answer(read, said=Answer.Said.UNSURE)
        assert (outcome.kind, outcome.decided_by) == ("aside", "Delphine Hartsough")
        with pytest.raises(services.AlreadyDecided):
            services.decide_answer(read, said=Answer.Said.DONE)
        assert not Action.objects.get(pk=owed.pk).is_awaiting


def test_a_reader_and_another_office_find_no_answers(cast, owed, tmp_path):
    write_back(cast, tmp_path, chase(cast, owed), "I think so")
    for who, status in ((cast.reader, 403), (cast.outsider, 404)):
        client = Client()
        client.force_login(who)
        assert client.get(f"{MAIL}answers/").status_code == status
