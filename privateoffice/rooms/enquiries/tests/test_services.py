"""What can be done with an enquiry."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from privateoffice.foundations.audit.models import Entry
from privateoffice.foundations.clock import clock
from privateoffice.foundations.offices import scope
from privateoffice.foundations.offices.models import Unit
from privateoffice.foundations.records import services as records
from privateoffice.foundations.records.markings import Marking
from privateoffice.foundations.records.models import Link, MatterEntry
from privateoffice.rooms.enquiries import services, tasks
from privateoffice.rooms.enquiries.models import Caller, Enquiry, EnquiryKind
from privateoffice.spine.deliveries.models import Delivery

MONDAY = datetime(2026, 11, 23, 9, 47, tzinfo=UTC)


@pytest.fixture
def desk(cast):
    with scope.acting(cast.pa, office=cast.homicide):
        yield cast


def kind(slug):
    return EnquiryKind.objects.get(slug=slug)


def log(**said):
    asked = {
        "title": "Speaker for the partnership board",
        "asked": "Can the Commander speak in May?",
        "channel": Enquiry.Channel.PHONE,
        "kind": kind("general"),
        "caller_name": "Nadia Prestwood",
        "caller_phone": "020 7946 0123",
        "received_at": MONDAY,
    }
    return services.log(**{**asked, **said})


@pytest.fixture
def enquiry(desk):
    return log()


@pytest.fixture
def coroner(db):
    return Unit.objects.create(name="Coroner's office liaison", email="liaison@example.org")


def test_logging_starts_the_clocks_of_its_kind(desk):
    with clock.stopped_at(MONDAY):
        enquiry = log()
    days = [clock.london(at).date() for at in (enquiry.acknowledge_by, enquiry.due_at, enquiry.reply_at_most_by)]
    assert days == [date(2026, 11, 25), date(2026, 12, 7), date(2026, 12, 21)]
    assert enquiry.reference == "HOM/ENQ/2026/0001"


def test_a_statutory_kind_carries_the_day_of_the_law(desk):
    request = log(kind=kind("foi"), received_at=datetime(2026, 12, 18, 10, tzinfo=UTC))
    assert request.statutory_on == date(2027, 1, 21)
    assert clock.london(request.due_at).date() == date(2026, 12, 18)


@pytest.mark.hostile("A05")
def test_a_caller_is_recognised_by_number_and_never_by_name_alone(enquiry):
    again = log(caller_name="N. Prestwood MP", caller_phone="+44 20 7946 0123")
    namesake = log(caller_name="N. Prestwood MP", caller_phone="", caller_email="other@example.org")
    assert again.caller == enquiry.caller
    assert namesake.caller != enquiry.caller
    assert Caller.objects.get(pk=enquiry.caller.pk).name == "N. Prestwood MP"


def test_an_enquiry_is_answered_once_and_the_answer_acknowledges(enquiry):
    closing = services.resolve(enquiry, answer="The Staff Officer will")
    assert (closing.outcome, closing.words, enquiry.is_acknowledged) == (
        "answered",
        "The Staff Officer will",
        True,
    )
    with pytest.raises(records.AlreadyClosed):
        services.resolve(enquiry, answer="Again")
    assert list(Entry.objects.order_by("number").values_list("verb", flat=True)) == [
        "enquiries.log",
        "enquiries.acknowledge",
        "enquiries.resolve",
    ]


def test_a_redirected_enquiry_stays_open_until_the_unit_accepts(enquiry, coroner):
    services.redirect(enquiry, unit=coroner, note="Yours, I think")
    assert list(Enquiry.objects.redirected()) == [enquiry]
    assert list(Enquiry.objects.in_hand()) == []
    with pytest.raises(services.AlreadyRedirected):
        services.redirect(enquiry, unit=coroner)
    closing = services.accept(enquiry, accepted_by="A. Clerk")
    assert (closing.outcome, Enquiry.objects.get().is_open) == ("re-directed", False)


def test_a_redirection_can_be_taken_back_and_made_again(enquiry, coroner):
    services.redirect(enquiry, unit=coroner)
    services.recall(enquiry, reason="They say it is ours")
    assert list(Enquiry.objects.in_hand()) == [enquiry]
    services.redirect(enquiry, unit=coroner)
    with pytest.raises(services.NotRedirected):
        services.recall(log(), reason="Never sent")


def letters():
    return list(Delivery.objects.order_by("pk").values_list("title", flat=True))


def test_the_unit_is_written_to_and_asked_again_on_its_day_until_it_accepts(enquiry, coroner, cast):
    services.redirect(enquiry, unit=coroner, note="Yours, I think")
    text = Delivery.objects.get().content.text
    assert "Can the Commander speak in May?" in text
    assert "Yours, I think" in text
    chase = enquiry.redirection.chase_at
    with scope.acting_as_system("enquiries.chase_units", office=cast.homicide):
        assert tasks.chase_units.call() == 0
        with clock.stopped_at(chase):
            assert (tasks.chase_units.call(), tasks.chase_units.call()) == (1, 0)
        assert letters() == [f"{enquiry.reference}: for you to accept", f"{enquiry.reference}: still with you?"]
        services.accept(enquiry, accepted_by="A. Clerk")
        with clock.stopped_at(chase + timedelta(days=30)):
            assert tasks.chase_units.call() == 0


def test_what_was_asked_in_a_sensitive_enquiry_is_not_written_to_the_unit(desk, coroner):
    enquiry = log(marking=Marking.OFFICIAL_SENSITIVE, handling="PERSONAL DATA")
    services.redirect(enquiry, unit=coroner, note="About a victim")
    text = Delivery.objects.get().content.text
    assert ("speak in May" in text, "victim" in text, "Please ring us" in text) == (False, False, True)


def test_a_unit_without_an_address_is_left_to_be_rung(enquiry, cast):
    services.redirect(enquiry, unit=Unit.objects.create(name="Front counter"))
    assert letters() == []


def test_chasing_a_unit_sets_the_next_day(enquiry, coroner):
    asked = services.redirect(enquiry, unit=coroner)
    chased = services.chase(enquiry)
    assert chased.chased == 1
    assert chased.chase_at >= asked.chase_at


def test_an_answered_enquiry_can_be_opened_again(enquiry):
    services.resolve(enquiry, answer="No")
    services.reopen(enquiry, reason="She rang back")
    assert enquiry.is_open
    services.resolve(enquiry, answer="Yes")
    assert enquiry.closings.count() == 2


def test_an_enquiry_that_has_lost_its_day_is_promised_one(enquiry):
    services.correct(enquiry, seen=enquiry.version, due_at=None)
    later = clock.moment(date(2026, 12, 15), "17:30")
    promised = services.promise(enquiry, due_at=later, reason="It had none")
    assert (promised.was_due_at, enquiry.due_at) == (None, later)


def test_a_reply_date_keeps_its_past_and_never_passes_the_last_day(enquiry):
    later = clock.moment(date(2026, 12, 15), "17:30")
    promised = services.promise(enquiry, due_at=later, reason="Waiting for Finance")
    assert (clock.london(promised.was_due_at).date(), enquiry.due_at) == (date(2026, 12, 7), later)
    with pytest.raises(services.TooLate):
        services.promise(enquiry, due_at=clock.moment(date(2027, 1, 15), "17:30"), reason="Too long")


def test_another_kind_counts_its_clocks_from_receipt(enquiry):
    services.reclassify(enquiry, kind=kind("press"))
    assert clock.london(enquiry.due_at).date() == date(2026, 11, 23)


def test_two_questions_are_split_and_stay_linked(enquiry):
    second = services.split(enquiry, title="Y", asked="What became of Y?", kind=kind("partner"))
    link = Link.objects.get()
    assert (link.from_record_id, link.to_record_id, second.caller) == (second.pk, enquiry.pk, enquiry.caller)


def test_passing_on_notes_and_corrections(enquiry, desk):
    services.pass_on(enquiry, role="staff_officer", person=desk.staff_officer.person)
    assert enquiry.whose == "DS Tobias Fennimarsh"
    services.note(enquiry, text="She can wait until Friday")
    services.correct(enquiry, seen=enquiry.version, title="Speaker in May")
    assert (enquiry.title, enquiry.notes.get().text) == ("Speaker in May", "She can wait until Friday")
    services.acknowledge(enquiry, how="phone")
    with pytest.raises(services.AlreadyAcknowledged):
        services.acknowledge(enquiry, how="phone")


def test_an_enquiry_arises_from_what_another_room_held(desk):
    matter = records.open_matter(title="Partnership board")
    enquiry = services.log_from(
        matter, title="X", asked="X?", channel="email", kind=kind("general"), matter=matter
    )
    assert Link.objects.get().to_record_id == matter.pk
    assert MatterEntry.objects.get().record_id == enquiry.pk


def test_a_closed_enquiry_takes_no_new_date_kind_or_owner(enquiry, coroner):
    services.resolve(enquiry, answer="Done")
    for attempt in (
        lambda: services.promise(enquiry, due_at=enquiry.due_at, reason="x"),
        lambda: services.reclassify(enquiry, kind=kind("foi")),
        lambda: services.pass_on(enquiry, role="commander"),
        lambda: services.redirect(enquiry, unit=coroner),
    ):
        with pytest.raises(services.IsClosed):
            attempt()


def test_a_reader_and_an_outsider_can_do_nothing(enquiry, cast):
    with scope.acting(cast.reader, office=cast.homicide), pytest.raises(PermissionDenied):
        services.resolve(enquiry, answer="Hello")
    with scope.acting(cast.outsider, office=cast.proactive):
        assert list(Enquiry.objects.all()) == []
        with pytest.raises(PermissionDenied):
            services.resolve(enquiry, answer="Hello")
