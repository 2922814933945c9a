"""Who may see a record: office, marking, audience and conflict, whatever way the question is put."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from privateoffice.foundations.clock import clock
from privateoffice.foundations.offices import scope
from privateoffice.foundations.offices.verbs import NotInAVerb
from privateoffice.foundations.records import services as records
from privateoffice.foundations.records.markings import Marking
from privateoffice.foundations.records.models import Closing, Link, Matter, MatterEntry, Record
from privateoffice.foundations.records.scoped import BypassesScope


@pytest.fixture
def plain(cast):
    with scope.acting(cast.pa, office=cast.homicide):
        return records.open_matter(title="Visit of the minister")


@pytest.fixture
def sensitive(cast):
    with scope.acting(cast.pa, office=cast.homicide):
        return records.open_matter(title="Grievance", marking=Marking.OFFICIAL_SENSITIVE, handling="PERSONAL DATA")


def seen_by(user, office):
    with scope.acting(user, office=office):
        return list(Matter.objects.order_by("pk"))


def test_without_a_scope_nothing_can_be_asked(plain):
    questions = (
        lambda: list(Matter.objects.all()),
        lambda: Matter.objects.exists(),
        lambda: Matter.objects.exclude(pk=1).exists(),
        lambda: Matter.objects.count(),
        lambda: Matter.objects.explain(),
        lambda: Matter._base_manager.exists(),
        lambda: Matter.objects.update(title="Mine"),
        lambda: Matter.objects.values_list("title").first(),
        lambda: Matter.objects.aggregate(),
        lambda: Record.objects.in_bulk(),
        lambda: plain.refresh_from_db(),
        lambda: plain.save(),
        lambda: plain.delete(),
        lambda: Closing.objects.bulk_create([]),
    )
    for question in questions[:8] + questions[9:]:
        with pytest.raises(scope.NoScope):
            question()


def test_an_office_sees_its_own_records_only(cast, plain, sensitive):
    assert seen_by(cast.pa, cast.homicide) == [plain, sensitive]
    assert seen_by(cast.outsider, cast.proactive) == []
    assert seen_by(cast.outsider, cast.homicide) == []
    assert seen_by(cast.administrator, None) == []
    assert seen_by(cast.administrator, cast.homicide) == []


def test_a_marking_above_the_clearance_is_absent(cast, plain, sensitive):
    assert seen_by(cast.reader, cast.homicide) == [plain]
    assert seen_by(cast.slt_member, cast.homicide) == [plain]
    assert seen_by(cast.commander, cast.homicide) == [plain, sensitive]


def test_cover_opens_official_records_for_its_time(cast, plain, sensitive):
    cover = cast.cover()
    assert seen_by(cast.outsider, cast.homicide) == [plain]
    cover.ended_at = clock.now() - timedelta(seconds=1)
    cover.save()
    assert seen_by(cast.outsider, cast.homicide) == []


def test_a_record_with_an_audience_is_for_its_readers(cast, plain):
    with scope.acting(cast.pa, office=cast.homicide):
        records.narrow(plain, roles=("commander",), people=(cast.staff_officer.person,))
    assert seen_by(cast.commander, cast.homicide) == [plain]
    assert seen_by(cast.staff_officer, cast.homicide) == [plain]
    assert seen_by(cast.pa, cast.homicide) == []


def test_a_record_is_opened_to_the_office_again(cast, plain):
    with scope.acting(cast.pa, office=cast.homicide):
        records.narrow(plain, roles=("pa",))
        assert seen_by(cast.commander, cast.homicide) == []
        records.widen(plain)
    assert seen_by(cast.commander, cast.homicide) == [plain]


@pytest.mark.hostile("F08")
def test_a_record_is_kept_from_whom_it_concerns(cast, plain):
    with scope.acting(cast.pa, office=cast.homicide):
        records.bar(plain, person=cast.staff_officer.person, reason="It is about them")
    assert seen_by(cast.staff_officer, cast.homicide) == []
    assert seen_by(cast.pa, cast.homicide) == [plain]


def test_no_join_shows_or_counts_what_is_out_of_scope(cast, plain, sensitive):
    with scope.acting(cast.pa, office=cast.homicide):
        records.link(plain, sensitive, Link.Kind.ABOUT)
        records.put_on(sensitive, plain)
    with scope.acting(cast.reader, office=cast.homicide):
        assert list(Link.objects.all()) == []
        assert Link.objects.filter(to_record__title__startswith="Griev").count() == 0
        assert list(MatterEntry.objects.select_related("matter")) == []


def test_ways_round_the_scope_are_closed(cast, plain):
    with scope.acting(cast.pa, office=cast.homicide):
        with pytest.raises(BypassesScope):
            Matter.objects.raw("SELECT * FROM records_matter")
        with pytest.raises(BypassesScope):
            Record.objects.update(office=cast.proactive)
        with pytest.raises(NotInAVerb):
            plain.save()
        with pytest.raises(NotInAVerb):
            plain.delete()


def test_records_of_two_offices_are_never_joined(cast, plain):
    with scope.acting(cast.outsider, office=cast.proactive):
        other = records.open_matter(title="Theirs")
    with scope.acting_as_system("test"), pytest.raises(PermissionDenied):
        records.put_on(plain, other)


def test_a_frozen_scope_opens_again_until_the_cover_ends(cast):
    cover = cast.cover()
    with scope.acting(cast.outsider, office=cast.homicide):
        frozen = scope.freeze()
    with scope.thawed(frozen) as acting:
        assert (acting.actor, acting.for_whom) == ("Jonah Pemberlaw", "Delphine Hartsough")
    cover.ended_at = clock.now()
    cover.save()
    with pytest.raises(scope.ScopeEnded), scope.thawed(frozen):
        pass
