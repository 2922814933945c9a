"""People acknowledge by answering the mail; what says more goes to the PA, and nothing is guessed."""

from datetime import timedelta

import pytest

from privateoffice.connectors.mail.replies import Act, read_acknowledgement
from privateoffice.foundations.clock import clock
from privateoffice.foundations.offices import scope
from privateoffice.rooms.rotas import services, tasks
from privateoffice.rooms.rotas.models import Acknowledgement, Notice
from privateoffice.rooms.rotas.tests.test_publishing import fill
from privateoffice.spine.actions.models import Action
from privateoffice.spine.correspondence import services as correspondence
from privateoffice.spine.correspondence.models import Answer, Ask
from privateoffice.spine.correspondence.tests.letters import lay, letter, take
from privateoffice.spine.deliveries import services as deliveries
from privateoffice.spine.deliveries.models import Delivery

PLAIN = [
    "ok",
    "Seen, thanks",
    "Acknowledged.",
    "Thanks Delphine, got it.",
    "Received with thanks",
    "All noted. Many thanks.\n\nKind regards,\nHal\n\n> 12 to 18 December, can you say that you have this?",
    "Yes, I have these duties",
    "👍",
]
MORE = [
    "I can't do the 14th",
    "Seen, but I can't do the 14th",
    "ok?",
    "Not seen",
    "Thanks",
    "Ok, I will swap with Pennistone",
    "Noted. Is this paid?",
    "I have leave that week",
    "I am out of the office until 4 January.",
    "Ok from the 15th",
    "",
]


@pytest.mark.parametrize(("text", "act"), [(t, Act.DONE) for t in PLAIN] + [(t, Act.UNSURE) for t in MORE])
def test_only_what_says_nothing_else_is_an_acknowledgement(text, act):
    at = clock.now().replace(tzinfo=None)
    assert read_acknowledgement(text, received=at, due=at.date()).act == act


@pytest.fixture
def told(ground, cast):
    """The rota published, and the mail gone out."""
    fill(ground)
    services.publish(ground.period)
    with scope.acting_as_system("outbox", office=cast.homicide):
        deliveries.send_due()
    return ground


def notice_of(ground, surname: str) -> Notice:
    return Notice.objects.select_related("person", "period").get(
        period=ground.period, person=ground.people[surname], is_superseded=False
    )


def answer(ground, cast, tmp_path, surname: str, text: str, sender: str = "") -> None:
    """A person's answer to their notice comes an hour later, and the worker reads what has come."""
    notice = notice_of(ground, surname)
    asked = Delivery.objects.get(reference=notice.delivery).message_id
    sender = sender or f"{notice.person.name} <{notice.person.email}>"
    number = len(list(tmp_path.iterdir()))
    with clock.stopped_at(clock.now() + timedelta(hours=1)):
        raw = letter("Re: Your duties", text, sender=sender, days_ago=0, in_reply_to=asked)
        take(cast, lay(tmp_path / f"mail{number}", raw))
        with scope.acting_as_system("jobs", office=cast.homicide):
            correspondence.read_answers()
            services.hear_acknowledgements()


def test_seen_thanks_acknowledges_and_asks_nobody_anything(told, cast, tmp_path):
    answer(told, cast, tmp_path, "Pennistone", "Seen, thanks")
    said = Acknowledgement.objects.get(notice=notice_of(told, "Pennistone"))
    assert (said.how, Answer.objects.count(), Action.objects.count()) == ("mail", 0, 0)
    assert not Ask.objects.open().exists()


def test_what_somebody_cannot_do_is_put_before_the_pa_and_chased_no_less(told, cast, tmp_path):
    answer(told, cast, tmp_path, "Pennistone", "I can't do the 14th, I'm in court.")
    notice = notice_of(told, "Pennistone")
    assert not Acknowledgement.objects.filter(notice=notice).exists()
    (one,) = Answer.objects.to_decide()
    assert (one.action, one.said, one.why) == (notice.action, "unsure", "It says more than that they have it.")
    answer(told, cast, tmp_path, "Pennistone", "I can't do the 14th, I'm in court.")
    assert Answer.objects.to_decide().count() == 2  # Another mail, another question.


def test_what_the_pa_says_is_an_acknowledgement_is_one(told, cast, tmp_path):
    answer(told, cast, tmp_path, "Pennistone", "Right you are, see you on the day.")
    correspondence.decide_answer(Answer.objects.to_decide().get(), said="done")
    with scope.acting_as_system("jobs", office=cast.homicide):
        tasks.hear_acknowledgements.func()
    assert Acknowledgement.objects.get(notice=notice_of(told, "Pennistone")).how == "mail"


def test_a_colleagues_ok_acknowledges_nothing(told, cast, tmp_path):
    other = told.people["Trevannick"]
    answer(told, cast, tmp_path, "Pennistone", "ok", sender=f"{other.name} <{other.email}>")
    assert not Acknowledgement.objects.exists()
    assert Answer.objects.to_decide().get().why == "It comes from an address to which the chaser was not sent."


def test_an_answer_to_an_older_mail_does_not_acknowledge_the_newer(told, cast, tmp_path):
    old = notice_of(told, "Pennistone")
    has_it = told.duty("S-20261207").person == old.person
    told.put("S-20261207", "Trevannick" if has_it else "Pennistone", reason="Swap", authorised_by="DCS Calderwick")
    services.publish(told.period, reason="Changed")
    new = notice_of(told, "Pennistone")
    assert new.pk != old.pk
    asked = Delivery.objects.get(reference=old.delivery).message_id
    raw = letter("Re", "ok", sender=f"x <{old.person.email}>", days_ago=0, in_reply_to=asked)
    take(cast, lay(tmp_path / "old", raw))
    with scope.acting_as_system("jobs", office=cast.homicide):
        tasks.hear_acknowledgements.func()
    assert not Acknowledgement.objects.exists()
    assert Ask.objects.open().count() == 1
