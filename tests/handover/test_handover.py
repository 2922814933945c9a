"""Handing over before leave, reading the note under cover, handing back, and coming back to what happened."""

import pypdfium2
import pytest
from django.test import Client

from privateoffice.desk.handover import services
from privateoffice.desk.handover.models import CoverNote
from privateoffice.desk.handover.room import needs
from privateoffice.desk.handover.tasks import propose
from privateoffice.foundations.clock import clock, words, working_days
from privateoffice.foundations.offices import scope
from privateoffice.foundations.offices import services as offices
from privateoffice.foundations.offices.policy import Refused
from privateoffice.foundations.records.markings import AboveOurCeiling
from privateoffice.rooms.enquiries import services as enquiries
from privateoffice.rooms.enquiries.models import EnquiryKind
from privateoffice.spine.actions import services as actions

PLAIN, RESTRICTED = "Who signs for the loan car?", "Zyxomma"
RULES = "No calls before nine."
EIGHT = [
    *("Commander at a glance", "Rhythm", "In flight", "Key people", "Systems", "Suppliers and other units"),
    *("Unwritten rules", "Open questions"),
]


@pytest.fixture
def leave():
    """Cover from eight on a working day in March until noon on the next; wherever the year began."""
    first = working_days.on_or_after(clock.today().replace(month=3, day=18))
    return clock.moment(first, "08:00"), clock.moment(working_days.add(first, 1), "12:00")


@pytest.fixture
def granted(cast, leave):
    starts, ends = leave
    with at(starts, days=-6), scope.acting(cast.pa, office=cast.homicide):
        for title, marks in ((PLAIN, {}), (RESTRICTED, {"marking": 2, "handling": "PERSONAL DATA"})):
            enquiry = log(title, **marks)
            enquiries.promise(enquiry, due_at=starts, reason="They need it then")
        actions.assign(title="Book the room", due_on=clock.day_of(starts), owner_role="pa")
        services.write_down(cast.homicide, role="pa", rules=RULES, questions="Who pays?")
        return offices.grant_cover(
            office=cast.homicide,
            coverer=cast.outsider.person,
            covered=cast.pa.person,
            starts_at=starts,
            ends_at=ends,
        )


def at(moment, *, days=0):
    """The clock at ten, so many working days before or after a moment."""
    return clock.stopped_at(clock.moment(working_days.add(clock.day_of(moment), days), "10:00"))


def log(title, **said):
    return enquiries.log(title=title, asked=title, channel="phone", kind=EnquiryKind.objects.first(), **said)


def proposed(cast, leave, days):
    with at(leave[0], days=days), scope.acting_as_system("handover.propose", office=cast.homicide):
        propose.call()
        return CoverNote.objects.first()


def told(cast, user, moment):
    with clock.stopped_at(moment), scope.acting(user, office=cast.homicide):
        return [need.title for need in needs(clock.now())]


def test_the_note_is_proposed_three_working_days_before_leave_and_not_sooner(cast, granted, leave):
    assert proposed(cast, leave, -4) is None
    note = proposed(cast, leave, -3)
    assert note.title == f"Cover note for Jonah Pemberlaw, from {words.day(leave[0])}"
    with at(leave[0], days=-3), scope.acting(cast.pa, office=cast.homicide):
        need = next(need for need in needs(clock.now()) if need.title == "Hand over to Jonah Pemberlaw")
        assert need.url == note.get_absolute_url()


def test_it_has_eight_sections_from_what_is_there_and_the_last_two_as_they_were_typed(cast, granted, leave):
    note = proposed(cast, leave, -3)
    assert [section.title for section in note.sections] == EIGHT
    flight = note.sections[2]
    lines = [line.title for group in flight.groups for line in group.lines]
    assert {PLAIN, "Book the room"} <= set(lines)
    assert (note.sections[6].words, note.sections[7].words) == (RULES, "Who pays?")


def test_what_the_grant_does_not_show_is_a_number_in_it_and_on_paper(cast, granted, leave):
    """F03: the note is made in the scope that the grant opens."""
    note = proposed(cast, leave, -3)
    assert note.sections[2].lead == "Not shown under cover: 1 enquiry."
    with scope.acting(cast.pa, office=cast.homicide):
        paper = pypdfium2.PdfDocument(note.paper.read())
        printed = " ".join(page.get_textpage().get_text_range() for page in paper)
        paper.close()
    assert PLAIN.split()[-1] in printed
    assert RESTRICTED not in str(note.said) + printed
    assert "OFFICIAL" in printed


def test_it_follows_what_happens_until_cover_begins_and_stays_then(cast, granted, leave):
    first = proposed(cast, leave, -3)
    with at(leave[0], days=-2), scope.acting(cast.pa, office=cast.homicide):
        actions.assign(title="Something new", due_on=clock.day_of(leave[0]), owner_role="pa")
    second = proposed(cast, leave, -1)
    assert second.pk == first.pk
    assert second.version > first.version
    assert "Something new" in str(second.said)
    with at(leave[0]), scope.acting(cast.pa, office=cast.homicide):
        actions.assign(title="Later still", due_on=clock.day_of(leave[0]), owner_role="pa")
    assert proposed(cast, leave, 0).said == second.said


def test_the_same_note_is_not_written_twice(cast, granted, leave):
    """Nothing in it goes stale by itself: no “tomorrow” that is true for a day."""
    first, again = proposed(cast, leave, -3), proposed(cast, leave, -2)
    assert (again.version, again.said) == (first.version, first.said)


def test_the_coverer_reads_it_and_hands_back_on_the_last_day(cast, granted, leave):
    note = proposed(cast, leave, -3)
    starts, ends = leave
    assert told(cast, cast.outsider, starts) == ["The cover note from Delphine Hartsough"]
    last = clock.moment(clock.day_of(ends), "10:00")
    assert "Hand back to Delphine Hartsough" in told(cast, cast.outsider, last)
    jonah = Client()
    jonah.force_login(cast.outsider)
    with clock.stopped_at(last):
        place = note.get_absolute_url()
        assert PLAIN in jonah.get(place).content.decode()
        assert jonah.get(f"{place}paper/")["Content-Type"] == "application/pdf"
        jonah.post(f"{place}handing-back/", {"words": "The coroner rang."})
        assert "Hand back to Delphine Hartsough" not in told(cast, cast.outsider, last)
        assert jonah.post(f"{place}return/").status_code == 403
    with clock.stopped_at(ends):
        assert [jonah.get(f"{place}{part}").status_code for part in ("", "paper/", "away/")] == [404] * 3


def test_on_return_she_reads_what_happened_and_takes_it_back(cast, granted, leave):
    note = proposed(cast, leave, -3)
    starts, ends = leave
    with clock.stopped_at(clock.moment(clock.day_of(starts), "11:00")):
        with scope.acting(cast.outsider, office=cast.homicide):
            came = log("It came meanwhile")
            enquiries.resolve(came, answer="Yes")
            services.hand_back(CoverNote.objects.get(), words="The coroner rang.")
        with scope.acting(cast.staff_officer, office=cast.homicide):
            enquiries.note(came, text="Not in her name")
    delphine = Client()
    delphine.force_login(cast.pa)
    with clock.stopped_at(ends):
        assert told(cast, cast.pa, ends) == ["While you were away"]
        page = delphine.get(f"{note.get_absolute_url()}away/").content.decode()
        for said in ("The coroner rang.", "1 enquiry", "answered 1", "It came meanwhile", "Book the room"):
            assert said in page
    with clock.stopped_at(ends), scope.acting(cast.pa, office=cast.homicide):
        done = services.away(granted).done
        assert [(act.who, act.for_whom) for act in done] == [("Jonah Pemberlaw", "Delphine Hartsough")] * len(done)
        assert len(done) == 4  # logged, told the caller, answered, handed back
        with pytest.raises(services.OnlyWhoCovers):
            services.hand_back(note, words="Too late")
    with clock.stopped_at(ends):
        delphine.post(f"{note.get_absolute_url()}return/")
        assert told(cast, cast.pa, ends) == []


def test_the_work_is_not_taken_back_before_cover_ends(cast, granted, leave):
    note = proposed(cast, leave, -3)
    with (
        clock.stopped_at(leave[0]),
        scope.acting(cast.pa, office=cast.homicide),
        pytest.raises(services.CoverGoesOn),
    ):
        services.take_back(note)


def test_a_note_for_cover_granted_the_same_day_is_written_by_hand(cast):
    cast.cover()
    delphine = Client()
    delphine.force_login(cast.pa)
    with scope.acting(cast.pa, office=cast.homicide):
        (need,) = needs(clock.now())
    assert need.why == "The cover note is not written yet."
    place = delphine.post(need.acts[0].url)["Location"]
    assert delphine.get(place).status_code == 200


def test_what_only_she_knows_is_typed_once_by_the_office_itself(cast, granted, leave):
    with clock.stopped_at(leave[0]), scope.acting(cast.outsider, office=cast.homicide), pytest.raises(Refused):
        services.write_down(cast.homicide, role="pa", rules="Mine", questions="")
    with scope.acting(cast.pa, office=cast.homicide):
        with pytest.raises(AboveOurCeiling):
            services.write_down(cast.homicide, role="pa", rules="SECRET\nx", questions="")
        assert services.known_of(cast.homicide, "pa").rules == RULES
