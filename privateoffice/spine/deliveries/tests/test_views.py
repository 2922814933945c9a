"""The pages of the outbox: every state in words, and what a press does."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from privateoffice.foundations.audit.models import Entry
from privateoffice.foundations.clock import clock
from privateoffice.foundations.offices import scope
from privateoffice.spine.approvals import services as approvals
from privateoffice.spine.approvals.models import Addressee
from privateoffice.spine.approvals.services import Sender
from privateoffice.spine.approvals.tests.samples import offered
from privateoffice.spine.deliveries import services, tasks
from privateoffice.spine.deliveries.models import Delivery, State
from privateoffice.spine.deliveries.room import daypack, needs, waiting
from privateoffice.spine.deliveries.services import carriers
from privateoffice.spine.deliveries.services.carriers import Answer
from privateoffice.spine.deliveries.tests.far_side import CUT_OFF, FarSide

HERE = "/homicide/deliveries/"


@pytest.fixture
def far_side(tmp_path, settings):
    settings.FILES_DIR = tmp_path / "files"
    before, folder = dict(carriers._carriers), tmp_path / "taken"
    folder.mkdir()
    side = FarSide(folder, can_be_asked=False)
    carriers.register("mail", lambda office: side)
    yield side
    carriers._carriers.clear()
    carriers._carriers.update(before)


def post(subject="Papers"):
    return services.post(
        sender=Sender("Homicide private office", "office@homicide.example", "pa"),
        recipients=[Addressee("to", "Bram Okonjo", "bram.okonjo@prestwood.example")],
        subject=subject,
        text="Attached.",
    )


@pytest.fixture
def outbox(cast, far_side):
    """One delivery in each state but sending: each made by what really leads there."""
    with scope.acting(cast.pa, office=cast.homicide):
        made = {State.WITHDRAWN: post("Withdrawn"), State.GIVEN_UP: post("Given up")}
        services.withdraw(made[State.WITHDRAWN])
        far_side.answers = [{0: Answer("refused", "550")}, {0: Answer("refused", "550")}, CUT_OFF]
        made |= {State.REFUSED: post("Refused"), State.UNCERTAIN: post("Uncertain"), State.SENT: post("Sent")}
        send(cast)
        services.give_up(made[State.GIVEN_UP], words="Rang them")
        made |= {State.QUEUED: post("Queued"), State.HELD: post("Held")}
        services.hold(made[State.HELD], reason="Ask first")
        made[State.WAITING] = services.post_when_approved(offered())
    return made


def send(cast, seconds=21):
    with (
        clock.stopped_at(clock.now() + timedelta(seconds=seconds)),
        scope.acting_as_system("test", office=cast.homicide),
    ):
        return tasks.send_due.call()


def place(delivery, act=""):
    return f"{HERE}{delivery.year}/{delivery.number}/{act}"


def state(cast, delivery):
    with scope.acting(cast.pa, office=cast.homicide):
        return Delivery.objects.with_states().get(pk=delivery.pk).state


def test_every_state_is_shown_counted_and_found_alike(client, cast, outbox):
    assert {each: state(cast, delivery) for each, delivery in outbox.items()} == {each: each for each in outbox}
    client.force_login(cast.pa)
    assert len(client.get(HERE).context["rows"]) == len(outbox)
    for each, delivery in outbox.items():
        rows = client.get(HERE, {"show": each}).context["rows"]
        assert [(row["reference"], row["word"]) for row in rows] == [(delivery.reference, each.label)]
        assert each.label in client.get(place(delivery)).content.decode()
    counts = {chip["word"]: chip["count"] for chip in client.get(HERE).context["chips"][1:]}
    states = (State.WAITING, State.QUEUED, State.SENDING, State.HELD)
    assert [counts[each.label] for each in states] == [1, 1, "", 1]


def test_a_delivery_is_called_back_held_and_let_go(client, cast, outbox):
    client.force_login(cast.pa)
    queued, held = outbox[State.QUEUED], outbox[State.HELD]
    assert client.post(place(queued, "hold/"), {"reason": "Wait"}).status_code == 302
    assert state(cast, queued) == State.HELD
    assert client.post(place(queued, "release/")).status_code == 302
    assert client.post(place(queued, "withdrawal/"), {"reason": "Wrong"}).status_code == 302
    assert client.post(place(queued, "withdrawal/"), {"reason": "Wrong"}).status_code == 409
    assert client.post(place(held, "release/")).status_code == 302
    assert (state(cast, queued), state(cast, held)) == (State.WITHDRAWN, State.QUEUED)


def test_a_person_settles_what_the_machine_cannot(client, cast, outbox):
    client.force_login(cast.pa)
    uncertain, refused = outbox[State.UNCERTAIN], outbox[State.REFUSED]
    assert client.post(place(uncertain, "settlement/"), {"was_sent": "yes"}).status_code == 302
    assert client.post(place(refused, "again/")).status_code == 302
    assert (state(cast, uncertain), state(cast, refused)) == (State.SENT, State.QUEUED)
    assert client.post(place(refused, "surrender/"), {"words": "Rang"}).status_code == 409


@pytest.mark.parametrize(
    ("answer", "left_as", "said"),
    [("yes", State.SENT, "was sent"), ("no", State.QUEUED, "was not sent, and had it sent again")],
)
def test_either_way_of_settling_is_an_entry_of_whoever_decided(client, cast, outbox, answer, left_as, said):
    client.force_login(cast.staff_officer)
    uncertain = outbox[State.UNCERTAIN]
    offered = client.get(place(uncertain)).content.decode()
    assert "It was sent" in offered
    assert "Send again" in offered
    page = client.get(f"{place(uncertain, 'settlement/')}?was_sent={answer}").content.decode()
    assert page.count(" checked") == 1
    assert client.post(place(uncertain, "settlement/"), {"was_sent": answer}).status_code == 302
    assert state(cast, uncertain) == left_as
    entry = Entry.objects.get(verb="deliveries.settle_uncertain")
    assert (entry.actor, entry.record_id, entry.facts) == ("Tobias Fennimarsh", uncertain.pk, {"outcome": said})
    assert client.post(place(uncertain, "settlement/"), {"was_sent": answer}).status_code == 409
    assert Entry.objects.filter(verb="deliveries.settle_uncertain").count() == 1


def test_the_whole_outbox_is_held(client, cast, outbox):
    client.force_login(cast.pa)
    assert client.post(f"{HERE}hold/", {"reason": "Restored"}).status_code == 302
    assert state(cast, outbox[State.QUEUED]) == state(cast, outbox[State.WAITING]) == State.HELD


def test_today_shows_what_wants_a_person(cast, outbox):
    with scope.acting(cast.pa, office=cast.homicide):
        shown = {need.title: (need.standing, need.acts[0].word) for need in needs(clock.now())}
        assert waiting() == 3
    assert shown == {
        "Uncertain": ("late", "It was sent"),
        "Refused": ("late", "Send again"),
        "Held": ("soon", "Let it go"),
    }


def test_the_day_pack_says_what_went_out_in_the_commanders_name(cast, far_side):
    with scope.acting(cast.pa, office=cast.homicide):
        letter = offered()
        post("Not in her name")
    with scope.acting(cast.commander, office=cast.homicide):
        approvals.approve(letter, fingerprint=letter.offer.fingerprint)
    send(cast)
    with clock.stopped_at(clock.now() + timedelta(seconds=60)):
        send(cast)
    with scope.acting(cast.commander, office=cast.homicide):
        (part,) = daypack(clock.today())
    assert [(line.title, line.detail) for line in part.lines] == [
        (letter.title, "To Nadia Prestwood MP, Bram Okonjo")
    ]


def test_a_list_of_three_asks_no_more_than_a_list_of_one(client, cast, far_side):
    client.force_login(cast.pa)
    counts = []
    for made in (1, 2):
        with scope.acting(cast.pa, office=cast.homicide):
            for _ in range(made):
                post()
        client.get(HERE)
        with CaptureQueriesContext(connection) as asked:
            client.get(HERE)
        counts.append(len(asked))
    assert counts[0] == counts[1]
