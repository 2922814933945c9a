"""The pages of the register, in a browser's place: what is shown, what is done, what is refused."""

from datetime import date

import pytest
from django.urls import reverse

from privateoffice.foundations.offices import scope
from privateoffice.foundations.offices.models import Person
from privateoffice.foundations.records import services as records
from privateoffice.foundations.records.models import Link, MatterEntry
from privateoffice.spine.actions import services as actions
from privateoffice.spine.actions.models import Action
from privateoffice.spine.actions.urls import of_one

FRIDAY_WEEK = date(2026, 12, 4)
NEW = {"title": "Send the figures", "due_on": "2026-12-04", "marking": "1", "setter_role": "pa"}
SATURDAY = "The date is a Saturday; choose a working day"
HERE = "/homicide/actions/2026/1/"


@pytest.fixture
def at_desk(client, cast):
    client.force_login(cast.pa)
    return client


def only(cast):
    """The one action of the office, with its standing."""
    with scope.acting_as_system("test", office=cast.homicide):
        action = Action.objects.with_standing().get()
        action.standing = (action.is_closed, action.is_awaiting, action.is_at_risk, action.slip_count)
        return action


def subjects(page):
    return [row["action"].title for row in page.context["rows"]]


def test_an_action_is_assigned_to_a_role(at_desk, cast):
    answer = at_desk.post("/homicide/actions/new/", {**NEW, "owner_role": "staff_officer", "asked": "In the car"})
    assert (answer.status_code, answer.url) == (302, HERE)
    action = only(cast)
    assert (action.title, action.owner_role, action.asked) == ("Send the figures", "staff_officer", "In the car")


def test_an_action_is_assigned_to_a_person_by_name(at_desk, cast):
    at_desk.post("/homicide/actions/new/", {**NEW, "person": "holloweth"})
    assert only(cast).owner == cast.slt_member.person


def test_of_several_who_fit_one_is_chosen(at_desk, cast):
    twin = Person.everyone.create(
        office=cast.homicide, forenames="Aldous", surname="Holloweth", pay_number="PX90777", rank="DC"
    )
    answer = at_desk.post("/homicide/actions/new/", {**NEW, "person": "holloweth"})
    assert answer.status_code == 422
    assert answer.context["form"].errors == {"chosen": ["2 people fit “holloweth”. Choose one"]}
    at_desk.post("/homicide/actions/new/", {**NEW, "person": "holloweth", "chosen": "PX90777"})
    assert only(cast).owner == twin


@pytest.mark.parametrize(
    ("typed", "errors"),
    [
        (
            {"owner_role": "pa", "due_on": "2026-11-28"},
            {"due_on": [SATURDAY]},
        ),
        ({"owner_role": "pa", "due_on": "2040-01-10"}, {"due_on"}),
        ({}, {"owner_role": ["Choose one owner: a role, a person, or somebody outside"]}),
        ({"person": "nobody at all"}, {"person": ["Nobody serving is found for “nobody at all”"]}),
        ({"owner_role": "pa", "matter": "HOM/MAT/2026/0009"}, {"matter": ["There is no such matter"]}),
        ({"owner_role": "pa", "marking": "2"}, {"handling": ["Say how it is to be handled"]}),
        ({"owner_role": "pa", "title": "SECRET: figures"}, {"title"}),
        ({"owner_role": "pa", "title": "x" * 201}, {"title"}),
        ({"owner_name": "Corin"}, {"owner_role"}),
    ],
)
def test_what_does_not_fit_is_said_at_its_field(at_desk, cast, typed, errors):
    answer = at_desk.post("/homicide/actions/new/", {**NEW, **typed})
    assert answer.status_code == 422
    found = answer.context["form"].errors
    assert (found if isinstance(errors, dict) else set(found)) == errors


def test_an_action_is_assigned_from_any_record(at_desk, cast):
    with scope.acting(cast.pa, office=cast.homicide):
        matter = records.open_matter(title="Family liaison")
        source = records.open_matter(title="Grievance", marking=2, handling="PERSONAL DATA")
        records.put_on(matter, source)
    url = f"/homicide/actions/new/?from=matters/{source.year}/{source.number}"
    form = at_desk.get(url).context["form"]
    assert (form.initial["marking"], form.initial["matter"]) == (2, matter.reference)
    at_desk.post(url, {**NEW, "owner_role": "pa", "marking": "2", "handling": "PERSONAL DATA"})
    with scope.acting(cast.pa, office=cast.homicide):
        assert Link.objects.get().to_record_id == source.pk
        assert MatterEntry.objects.filter(matter=matter).count() == 2
    for absent in (
        "matters/2026/99",
        "matters/x/1",
        "nothing/2026/1",
        "2026/1",
        "matters/2026/99999999999999999999",
    ):
        assert at_desk.get(f"/homicide/actions/new/?from={absent}").status_code == 404


def test_the_register_asks_the_same_of_one_as_of_three(at_desk, cast, queries_of):
    def assign():
        with scope.acting(cast.pa, office=cast.homicide):
            action = actions.assign(title="Owed", owner=cast.slt_member.person, due_on=FRIDAY_WEEK)
            actions.slip(action, due_on=date(2026, 12, 11), reason="More time")

    assign()
    assert len(subjects(at_desk.get("/homicide/actions/"))) == 1
    of_one_row = queries_of(at_desk, "/homicide/actions/")
    assign()
    assign()
    assert len(subjects(at_desk.get("/homicide/actions/"))) == 3
    assert queries_of(at_desk, "/homicide/actions/") == of_one_row


@pytest.mark.hostile("E07")
def test_the_register_is_filtered_and_sorted_by_what_is_offered(at_desk, cast, assigned):
    with scope.acting(cast.pa, office=cast.homicide):
        matter = records.open_matter(title="Hall")
        hall = actions.assign(title="Book the hall", owner_role="pa", due_on=date(2026, 12, 18), matter=matter)
        actions.say_at_risk(hall, reason="Booked out")
    recruit = assigned.title
    for query, found in {
        "": [recruit, "Book the hall"],
        "?sort=title": ["Book the hall", recruit],
        "?sort=setter__user__password": [recruit, "Book the hall"],
        "?show=amber": ["Book the hall"],
        "?show=red": [],
        "?show=closed": [],
        "?owner=pa": ["Book the hall"],
        "?owner=holloweth": [recruit],
        "?owner=nobody": [],
        f"?matter={matter.reference}": ["Book the hall"],
        "?matter=HOM/MAT/2026/0404": [],
        "?page=-1": [recruit, "Book the hall"],
        "?page=1000000000000": [recruit, "Book the hall"],
        "?page=abc": [recruit, "Book the hall"],
        "?show=%00&owner=%27%3B--": [],
    }.items():
        page = at_desk.get(f"/homicide/actions/{query}")
        assert (page.status_code, subjects(page)) == (200, found), query


def test_one_action_shows_its_slips_its_ladder_and_what_happened(at_desk, cast, assigned):
    with scope.acting(cast.pa, office=cast.homicide):
        actions.slip(assigned, due_on=date(2026, 12, 11), reason="Adverts go out again")
    page = at_desk.get(HERE).content.decode()
    for words in (
        "Recruit four liaison officers",
        "Det Supt Marguerite Holloweth, due 11 December 2026",
        "Adverts go out again",
        "4 December 2026 at 8am to <b>Det Supt Marguerite Holloweth</b>",
        "The private office would be grateful for a word on this",
        "moved this action from 4 December 2026 to 11 December 2026",
    ):
        assert words in page, words


def test_it_is_done_accepted_and_closed_from_its_page(client, cast, assigned):
    client.force_login(cast.slt_member)
    assert client.get("/homicide/actions/mine/").context["rows"][0]["action"] == assigned
    assert client.post(f"{HERE}discharge/", {"words": "Four have joined"}).url == HERE
    assert only(cast).standing == (False, True, False, 0)
    assert client.post(f"{HERE}acceptance/").status_code == 403
    client.force_login(cast.pa)
    client.post(f"{HERE}return/", {"reason": "Four were wanted"})
    client.force_login(cast.slt_member)
    client.post(f"{HERE}discharge/", {"words": "Now four"})
    client.force_login(cast.pa)
    client.post(f"{HERE}acceptance/")
    assert only(cast).standing == (True, False, False, 0)


@pytest.mark.parametrize(
    ("address", "typed", "standing"),
    [
        ("risk", {"reason": "Nobody applied"}, (False, False, True, 0)),
        ("date", {"due_on": "2026-12-11", "reason": "More time", "seen": "1"}, (False, False, False, 1)),
        ("withdrawal", {"reason": "Overtaken"}, (True, False, False, 0)),
        ("note", {"text": "Two applied"}, (False, False, False, 0)),
        ("pause", {"until": "2026-12-11", "reason": "Leave"}, (False, False, False, 0)),
        ("nudge", {}, (False, False, False, 0)),
        ("owner", {"owner_role": "pa", "reason": "Mine"}, (False, False, False, 0)),
    ],
)
def test_each_act_does_its_verb_and_comes_back(at_desk, cast, assigned, address, typed, standing):
    assert at_desk.post(f"{HERE}{address}/", typed).url == HERE
    assert only(cast).standing == standing


def test_what_cannot_be_done_is_said_in_the_form(at_desk, assigned):
    answer = at_desk.post(f"{HERE}date/", {"due_on": "2026-12-12", "reason": "More", "seen": "1"})
    assert answer.context["form"].errors == {"due_on": [SATURDAY]}
    answer = at_desk.post(f"{HERE}pause/", {"until": "2026-11-23", "reason": "Leave"})
    assert answer.context["form"].errors == {"until": ["Chasing is paused until a day after today"]}


@pytest.mark.hostile("E03")
def test_the_second_save_of_two_shows_both_and_loses_neither(at_desk, cast, assigned):
    typed = {"title": "Recruit five", "detail": "", "asked": "", "seen": "1"}
    at_desk.post(f"{HERE}words/", typed)
    answer = at_desk.post(f"{HERE}words/", {**typed, "title": "Recruit six"})
    assert (answer.status_code, answer.context["differences"]) == (
        409,
        [("What is to be done", "Recruit five", "Recruit six")],
    )
    assert only(cast).title == "Recruit five"
    assert answer.context["form"]["title"].value() == "Recruit six"
    at_desk.post(
        f"{HERE}words/", {**typed, "title": "Recruit six", "seen": answer.context["form"]["seen"].value()}
    )
    assert only(cast).title == "Recruit six"


def test_the_actions_of_a_leaver_go_to_another(at_desk, cast, assigned):
    mark = cast.slt_member.person.pay_number
    found = at_desk.get("/homicide/actions/leaver/?who=holloweth").context["found"]
    assert found == [(mark, cast.slt_member.person)]
    assert subjects(at_desk.get(f"/homicide/actions/leaver/?leaver={mark}")) == [assigned.title]
    answer = at_desk.post(
        "/homicide/actions/leaver/", {"leaver": mark, "owner_role": "staff_officer", "reason": "Posted away"}
    )
    assert answer.url == "/homicide/actions/"
    assert only(cast).owner_role == "staff_officer"


def test_people_are_found_as_one_types(at_desk, cast):
    page = at_desk.get("/homicide/actions/people/?person=hollow").content.decode()
    assert "Det Supt Marguerite Holloweth" in page
    assert at_desk.get("/homicide/actions/people/?person=").content.strip() == b""


def test_a_reader_reads_and_does_nothing(client, cast, assigned):
    client.force_login(cast.reader)
    assert client.get("/homicide/actions/").status_code == 200
    page = client.get(HERE)
    assert (page.context["acts"], page.context["more"], page.context["planned"]) == ((), [], [])
    assert client.get("/homicide/actions/new/").status_code == 403
    assert client.post(f"{HERE}nudge/").status_code == 403


def test_the_outsider_is_told_that_nothing_exists(client, cast, assigned):
    client.force_login(cast.outsider)
    names = [pattern.name for pattern in of_one]
    addresses = [reverse(f"actions:{name}", args=["homicide", 2026, 1]) for name in names]
    addresses += [
        reverse(f"actions:{name}", args=["homicide"]) for name in ("register", "mine", "assign", "leaver")
    ]
    for address in addresses:
        assert client.get(address).status_code == 404, address
        assert client.post(address).status_code == 404, address
        assert client.get(address.replace("homicide", "proactive")).status_code in {200, 404, 405}, address
    assert client.get("/proactive/actions/2026/1/").status_code == 404


def test_a_sensitive_action_is_absent_for_an_slt_member(client, cast, desk):
    actions.assign(
        title="See them", owner_role="commander", due_on=FRIDAY_WEEK, marking=2, handling="PERSONAL DATA"
    )
    client.force_login(cast.slt_member)
    assert subjects(client.get("/homicide/actions/")) == []
    assert client.get(HERE).status_code == 404
