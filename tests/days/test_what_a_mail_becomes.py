"""What a mail becomes in other rooms: made in one transaction, linked, and taken back where it was a mistake."""

from datetime import timedelta

import pytest
from django.test import Client

from privateoffice.foundations.clock import clock, working_days
from privateoffice.foundations.offices import scope
from privateoffice.foundations.offices.models import Unit
from privateoffice.foundations.records import services as records
from privateoffice.foundations.records.models import Link, MatterEntry
from privateoffice.rooms.enquiries import services as enquiries
from privateoffice.rooms.enquiries.models import Enquiry, Redirection
from privateoffice.spine.actions import services as actions
from privateoffice.spine.actions.models import Action
from privateoffice.spine.correspondence import services
from privateoffice.spine.correspondence.models import Ask, Disposition, Way
from privateoffice.spine.correspondence.tests.letters import lay, letter, take
from privateoffice.spine.correspondence.tests.test_sorting import TWO, fresh
from privateoffice.spine.correspondence.tests.test_sorting_views import MAIL, place
from privateoffice.spine.diary import services as diary
from privateoffice.spine.diary.models import Engagement, Occurrence


@pytest.fixture
def ask(cast, tmp_path):
    """The one ask of one mail, as the PA has it before her."""
    take(cast, lay(tmp_path / "one", letter("Two things", TWO, message_id=1)))
    with scope.acting(cast.pa, office=cast.homicide):
        yield Ask.objects.select_related("message", "record__office").get()


@pytest.fixture
def pa(cast):
    client = Client()
    client.force_login(cast.pa)
    return client


@pytest.fixture
def three(cast, tmp_path):
    mails = [letter(name, TWO, days_ago=days) for name, days in (("Newest", 1), ("Middle", 2), ("Oldest", 3))]
    take(cast, lay(tmp_path / "three", *mails))


def test_what_was_handed_over_by_mistake_is_taken_back(ask):
    """Each room has its own verb for it."""
    action = actions.assign(title="x", due_on=working_days.add(clock.today(), 5), owner_role="pa")
    actions.take_back(action)
    enquiry = enquiries.log_from(ask.record, title="x", asked="y", channel="email")
    enquiries.take_back(enquiry)
    at = clock.now() + timedelta(days=1)
    engagement = diary.enter(title="x", starts_at=at, ends_at=at + timedelta(hours=1))
    diary.take_back(engagement)
    assert [one.is_open for one in (action, enquiry, engagement)] == [False] * 3
    with pytest.raises(diary.EndsBeforeItStarts):
        diary.enter(title="x", starts_at=at, ends_at=at)


def test_an_enquiry_is_made_in_the_same_act_and_stands_on_the_same_matter(cast, ask):
    matter = records.open_matter(title="The pilot")
    records.put_on(matter, ask.record)
    made = services.hand_on(
        ask, way=Way.ENQUIRY, title="The pilot", asked="What became of it?", kind="partner", channel="email",
        caller_name="Amabel Vellacott", caller_email="a.vellacott@northmere.example.org",
    )  # fmt: skip
    enquiry = Enquiry.objects.get()
    assert (made.made, enquiry.enquiry_kind.slug, enquiry.caller.name) == (
        enquiry.reference,
        "partner",
        "Amabel Vellacott",
    )
    assert Link.objects.filter(from_record=enquiry.pk, to_record=ask.record_id, kind="arises_from").exists()
    assert MatterEntry.objects.filter(matter=matter, record=enquiry.pk).exists()
    services.undo(fresh(ask))
    enquiry = Enquiry.objects.get()
    assert (enquiry.is_open, enquiry.closing.outcome, fresh(ask).is_open) == (False, "taken back", True)


def test_what_fails_in_the_other_room_settles_nothing(ask):
    with pytest.raises(Exception, match="EnquiryKind matching query"):
        services.hand_on(ask, way=Way.ENQUIRY, title="x", asked="x", kind="no such kind", channel="email")
    assert (fresh(ask).is_open, Enquiry.objects.count(), Disposition.objects.count()) == (True, 0, 0)


def test_an_engagement_is_held_in_the_diary_and_taken_out_again(ask):
    starts = clock.now() + timedelta(days=30)
    said = {"title": "Speak at Northmere", "starts_at": starts, "ends_at": starts + timedelta(hours=1)}
    services.hand_on(ask, way=Way.ENGAGEMENT, is_hold=True, **said)
    assert [(one.title, one.state) for one in Occurrence.objects.all()] == [("Speak at Northmere", "hold")]
    services.undo(fresh(ask))
    assert (Occurrence.objects.count(), Engagement.objects.get().status) == (0, "cancelled")


def test_a_re_direction_stays_ours_until_they_accept(ask):
    unit = Unit.objects.create(name="Central Information Rights Unit")
    services.hand_on(ask, way=Way.REDIRECTED, unit=unit, title="Records", asked="All of them", channel="email")
    assert [str(one.unit) for one in Redirection.objects.standing()] == ["Central Information Rights Unit"]
    assert (Enquiry.objects.get().is_open, str(fresh(ask).what_became_of_it)[:11]) == (True, "Re-directed")
    services.undo(fresh(ask))
    assert (Redirection.objects.standing().count(), Enquiry.objects.get().is_open) == (0, False)


def test_an_enquiry_an_action_and_an_engagement_from_their_forms(pa, cast, three):
    here = place(cast, "Newest")
    form = pa.get(f"{here}enquiry/").context["form"]
    said = {**form.initial, "kind": "partner"}
    assert pa.post(f"{here}enquiry/", said).status_code == 302
    here = place(cast, "Middle")
    form = pa.get(f"{here}engagement/").context["form"]
    said = {name: form[name].value() or "" for name in form.fields} | {"is_hold": "on"}
    assert (str(said["on"]), str(said["starts"])) == ("2027-03-12", "09:30:00")
    assert pa.post(f"{here}engagement/", said).status_code == 302
    here = place(cast, "Oldest")
    form = pa.get(f"{here}action/").context["form"]
    said = {name: form[name].value() or "" for name in form.fields}
    assert pa.post(f"{here}action/", said).status_code == 302
    with scope.acting(cast.pa, office=cast.homicide):
        assert (Enquiry.objects.get().title, Enquiry.objects.get().channel) == ("Newest", "email")
        assert Occurrence.objects.get().starts_at.isoformat() == "2027-03-12T09:30:00+00:00"
        assert Action.objects.get().owner_role == "staff_officer"
        assert not Ask.objects.open().exists()
    assert "Every mail has its disposition" in pa.get(MAIL).content.decode()
