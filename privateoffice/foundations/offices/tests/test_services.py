"""What can be done with offices, people, roles, cover and accounts."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from privateoffice.foundations.audit.models import Entry
from privateoffice.foundations.clock import clock
from privateoffice.foundations.offices import scope, services
from privateoffice.foundations.offices.models import Cover, Holding, Office, Person, User
from privateoffice.foundations.offices.roles import Role


@pytest.fixture
def administration(cast):
    with scope.acting(cast.administrator, office=None):
        yield cast


@pytest.fixture
def desk(cast):
    with scope.acting(cast.pa, office=cast.homicide):
        yield cast


def test_an_office_never_takes_an_address_of_the_program(administration):
    with pytest.raises(ValidationError):
        services.add_office(slug="static", code="STA", name="Static")
    office = services.add_office(slug="complex", code="CCE", name="Complex Case and Exploitation")
    assert (office.short_name, Entry.objects.get().actor) == ("Complex Case and Exploitation", "Ada Quillfeather")


def test_settling_an_office_names_what_changed(desk):
    services.settle(desk.homicide, phone="020 7946 0100")
    assert (Office.objects.get(slug="homicide").phone, Entry.objects.get().facts) == (
        "020 7946 0100",
        {"changed": ["phone"]},
    )


def test_a_role_opens_a_scope_from_its_first_to_its_last_moment(administration, cast):
    jonah = cast.outsider.person
    held = services.appoint(jonah, role=Role.READER, office=cast.homicide)
    with scope.acting(jonah, office=cast.homicide) as acting:
        assert acting.roles == {"reader"}
    services.relieve(held)
    with scope.acting(jonah, office=cast.homicide) as acting:
        assert acting.roles == frozenset()


@pytest.mark.hostile("F07")
def test_a_pa_cannot_appoint_and_cannot_raise_their_own_role(desk):
    with pytest.raises(PermissionDenied):
        services.appoint(desk.pa.person, role=Role.COMMANDER, office=desk.homicide)


def test_cover_is_granted_to_the_minute_and_never_wider_than_one_sees(desk):
    now = clock.now().replace(second=41)
    said = {
        "office": desk.homicide,
        "coverer": desk.outsider.person,
        "covered": desk.pa.person,
        "starts_at": now - timedelta(minutes=5),
        "ends_at": now + timedelta(hours=1),
    }
    granted = services.grant_cover(**said, clearance=2)
    assert (granted.starts_at.second, granted.ends_at.second) == (0, 0)
    with scope.acting(desk.outsider, office=desk.homicide) as acting:
        assert (acting.for_whom, acting.clearance) == ("Delphine Hartsough", 2)
    services.end_cover(granted)
    with scope.acting(desk.outsider, office=desk.homicide) as acting:
        assert acting.roles == frozenset()
    with scope.acting(desk.administrator, office=None), pytest.raises(services.CoverTooWide):
        services.grant_cover(**said, clearance=2)


def test_an_invitation_makes_an_account_once(administration):
    person = services.enter_person(office=administration.homicide, surname="Newcome", email="new@example.org")
    link = services.invite(person)
    secret = link.split("/")[2]
    user = services.redeem(secret, password="a long enough password")
    assert (user.person, user.check_password("a long enough password")) == (person, True)
    with pytest.raises(services.LinkNotGood):
        services.redeem(secret, password="another long password")


def test_a_second_invitation_voids_the_first(administration):
    first = services.invite(administration.reader.person).split("/")[2]
    services.invite(administration.reader.person)
    with pytest.raises(services.LinkNotGood):
        services.redeem(first, password="a long enough password")


def test_the_first_start_gives_one_administrator_however_often_it_is_asked(db):
    services.first_administrator_link()
    services.first_administrator_link()
    assert Holding.objects.get().role == Role.ADMINISTRATOR


def test_resetting_a_second_factor_is_written_down(administration):
    services.reset_second_factor(administration.pa.person)
    assert Entry.objects.get().verb == "offices.reset_second_factor"


@pytest.mark.hostile("C13")
def test_a_staff_list_is_brought_into_step_and_twice_changes_nothing(desk):
    rows = [
        {"forenames": "Siân", "surname": "O'Dowd", "warrant_number": "WX90100", "unit": "MIT 91"},
        {"forenames": "Alex", "surname": "Green", "pay_number": "PX90200", "line_manager": "WX90100"},
        {"forenames": "Alex", "surname": "Green", "pay_number": "PX90201", "line_manager": "Alex Green"},
    ]
    assert services.import_staff(desk.homicide, rows=rows) == services.StaffCount(3, 0, 0)
    assert services.import_staff(desk.homicide, rows=rows) == services.StaffCount(0, 0, 3)
    rows[0]["rank"] = "DI"
    assert services.import_staff(desk.homicide, rows=rows) == services.StaffCount(0, 1, 2)
    alex = Person.objects.get(pay_number="PX90200")
    assert (alex.line_manager.surname, alex.line_manager.unit.name) == ("O'Dowd", "MIT 91")


def test_one_bad_row_brings_in_nothing(desk):
    before = Person.objects.count()
    with pytest.raises(ValidationError):
        services.import_staff(desk.homicide, rows=[{"surname": "Good"}, {"surname": "Bad", "email": "not one"}])
    assert Person.objects.count() == before


def test_a_leaver_loses_everything_in_one_step(desk):
    desk.cover()
    with scope.acting(desk.outsider, office=desk.proactive):
        services.record_leaving(desk.outsider.person, left_on=clock.today())
    for office in (desk.proactive, desk.homicide):
        with scope.acting(Person.everyone.get(pk=desk.outsider.person.pk), office=office) as acting:
            assert acting.roles == frozenset()
    assert not User.objects.get(pk=desk.outsider.pk).is_active
    assert not Cover.objects.standing(clock.now()).exists()


def test_the_directory_is_seen_in_its_office_only(desk):
    services.correct_person(desk.reader.person, phone="020 7946 0101", unit_name="Front office")
    assert Person.objects.get(surname="Penhallick").unit.name == "Front office"
    assert not Person.objects.filter(surname="Pemberlaw").exists()


def test_a_newcomer_is_appointed_in_one_step(administration):
    held = services.appoint_newcomer(
        role=Role.PA, office=administration.homicide, surname="Newcome", email="new@example.org"
    )
    assert (held.person.surname, held.role, Entry.objects.count()) == ("Newcome", "pa", 2)
    with pytest.raises(services.AlreadyHeld):
        services.appoint(held.person, role=Role.PA, office=administration.homicide)


def test_nobody_reaches_into_another_office(cast):
    said = {"coverer": cast.pa.person, "covered": cast.outsider.person}
    hours = {"starts_at": clock.now(), "ends_at": clock.now() + timedelta(hours=1)}
    granted = cast.cover()
    with scope.acting(cast.outsider, office=cast.proactive):
        for reach in (
            lambda: services.settle(cast.homicide, phone="1"),
            lambda: services.enter_person(office=cast.homicide, surname="X", email="x@example.org"),
            lambda: services.correct_person(cast.pa.person, phone="1"),
            lambda: services.record_leaving(cast.pa.person, left_on=clock.today()),
            lambda: services.import_staff(cast.homicide, rows=[]),
            lambda: services.grant_cover(office=cast.homicide, **said, **hours),
            lambda: services.end_cover(granted),
        ):
            with pytest.raises(PermissionDenied):
                reach()


def test_cover_is_not_handed_on_not_over_and_not_for_those_within(cast):
    hours = {"starts_at": clock.now(), "ends_at": clock.now() + timedelta(hours=1)}
    said = {"office": cast.homicide, "covered": cast.pa.person}
    cast.cover()
    with scope.acting(cast.outsider, office=cast.homicide), pytest.raises(services.CoverOnCover):
        services.grant_cover(**said, coverer=cast.administrator.person, **hours)
    with scope.acting(cast.pa, office=cast.homicide):
        with pytest.raises(services.CoverFromWithin):
            services.grant_cover(**said, coverer=cast.reader.person, **hours)
        with pytest.raises(services.CoverOver):
            services.grant_cover(**said, coverer=cast.outsider.person, **hours | {"ends_at": clock.now()})
    assert Cover.objects.count() == 1


def test_somebody_who_moves_takes_nothing_along(administration):
    administration.cover()
    services.move_person(administration.outsider.person, office=administration.homicide)
    assert not Holding.objects.standing(clock.now()).filter(person=administration.outsider.person).exists()
    assert not Cover.objects.standing(clock.now()).exists()
    told = sorted(Entry.objects.values_list("office_id", flat=True))
    assert told == sorted([administration.homicide.pk, administration.proactive.pk])


def test_a_leavers_links_stop_and_a_link_for_one_who_came_back_opens_the_account(administration):
    ruth = administration.reader.person
    link = services.invite(ruth).split("/")[2]
    services.record_leaving(ruth, left_on=clock.today())
    with pytest.raises(services.LinkNotGood):
        services.redeem(link, password="a long enough password")
    services.correct_person(ruth, left_on=None)
    services.redeem(services.invite(ruth).split("/")[2], password="a long enough password")
    assert User.objects.get(person=ruth).is_active


def test_a_number_stands_once_in_the_whole_house_and_everybody_can_be_told_apart(desk):
    for said in ({"pay_number": "px90006"}, {}):
        with pytest.raises(ValidationError):
            services.enter_person(office=desk.homicide, surname="Twice", **said)
    assert not Person.everyone.filter(surname="Twice").exists()


def test_a_plan_says_what_a_list_would_do_and_writes_nothing(desk):
    rows = [
        {"surname": "Hartsough", "forenames": "Delphine", "pay_number": "PX90001", "rank": "Band D"},
        {"surname": "Newcome", "warrant_number": "WX92001", "unit": "MIT 91"},
        {"surname": "Pemberlaw", "pay_number": "PX90006"},
        {"surname": "Muddle", "warrant_number": "WX90002", "pay_number": "PX90003"},
    ]
    plan = services.planned_import(desk.homicide, rows=rows)
    assert [place for place, _ in plan.faults] == [2, 3]
    assert (plan.count.changed, plan.absent) == (1, 4)
    with pytest.raises(ValidationError):
        services.import_staff(desk.homicide, rows=rows)
    assert services.import_staff(desk.homicide, rows=rows[:2]) == services.StaffCount(1, 1, 0)
    assert Person.objects.get(pay_number="PX90001").rank == "Band D"


def test_a_shared_address_never_turns_one_person_into_another(desk):
    services.correct_person(desk.reader.person, email="team@example.org")
    rows = [{"surname": "Other", "pay_number": "PX92009", "email": "team@example.org"}]
    assert services.import_staff(desk.homicide, rows=rows).new == 1
    assert Person.objects.get(pay_number="PX90004").surname == "Penhallick"


def test_a_long_list_asks_few_questions(desk, django_assert_max_num_queries):
    rows = [
        {"surname": f"Name{n}", "pay_number": f"P{n:05}", "unit": f"MIT {90 + n % 9}", "line_manager": "P00000"}
        for n in range(600)
    ]
    with django_assert_max_num_queries(90):
        services.import_staff(desk.homicide, rows=rows)
    assert Person.objects.filter(line_manager__pay_number="P00000").count() == 599
