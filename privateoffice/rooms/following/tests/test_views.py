"""The pages of what is owed: the list, the clock on a conversation, one press for a holding reply, the figures."""

from datetime import date

import pytest
from django.test import Client

from privateoffice.connectors.sheets.reading import read
from privateoffice.foundations.clock import clock
from privateoffice.foundations.offices import scope
from privateoffice.foundations.records import services as records
from privateoffice.rooms.following import services
from privateoffice.rooms.following.models import HoldingReply, ReplyClock, figures
from privateoffice.rooms.following.tests.scenes import MEMBER, MONDAY, at, came, clock_of, from_member, seen
from privateoffice.spine.correspondence.models import Ask, Conversation
from privateoffice.spine.correspondence.tests.letters import OURS, answer, letter
from privateoffice.spine.letters.models import Draft

OWED, FIGURES = "/homicide/owed/", "/homicide/owed/figures/"


@pytest.fixture(autouse=True)
def monday():
    with at(MONDAY):
        yield


@pytest.fixture
def pa(cast):
    client = Client()
    client.force_login(cast.pa)
    return client


def text_of(page) -> str:
    return " ".join(page.content.decode().split())


def test_a_conversation_shows_its_clock_and_takes_the_proposed_kind_with_one_press(pa, cast, tmp_path):
    came(cast, tmp_path, from_member())
    page = clock_of(cast).record.get_absolute_url()
    shown = text_of(pa.get(page))
    for words in (
        "MP or Assembly Member (proposed).",
        "Acknowledge by Wed 25 Nov, reply by Mon 7 Dec.",
        "It is: MP",
    ):
        assert words in shown
    assert pa.post(f"{page}kind/?kind=mp").status_code == 302
    assert (clock_of(cast).is_proposed, "It is: MP" in text_of(pa.get(page))) == (False, False)


def test_the_clock_stands_beside_the_mail_that_is_sorted(pa, cast, tmp_path):
    came(cast, tmp_path, from_member())
    shown = text_of(pa.get("/homicide/mail/"))
    assert "Acknowledge by Wed 25 Nov 5:30pm. Reply by Mon 7 Dec 5:30pm." in shown
    assert 'data-key="l"' in shown


def test_one_press_drafts_a_holding_reply_and_its_day_is_changed_beside_it(pa, cast, tmp_path):
    came(cast, tmp_path, from_member())
    page = clock_of(cast).record.get_absolute_url()
    draft = pa.post(f"{page}holding/").url
    with seen(cast):
        assert Draft.objects.get().get_absolute_url() == draft
    assert "It promises a reply by <b>7 December 2026</b>" in text_of(pa.get(draft))
    assert pa.post(f"{draft}promised/", {"due_on": "2026-12-19", "reason": "x"}).status_code == 422
    assert pa.post(f"{draft}promised/", {"due_on": "2026-12-18", "reason": "At court"}).status_code == 302
    with seen(cast):
        assert (HoldingReply.objects.get().promised_on, "18 December 2026" in Draft.objects.get().text) == (
            date(2026, 12, 18),
            True,
        )
    assert pa.get(f"{draft}promised/").status_code == 200


def test_every_act_on_a_clock_is_a_page_that_refuses_in_words(pa, cast, tmp_path):
    came(cast, tmp_path, from_member(message_id="q"))
    page = clock_of(cast).record.get_absolute_url()
    for act in ("kind", "acknowledgement", "promise", "contributions"):
        assert pa.get(f"{page}{act}/").status_code == 200
    assert pa.post(f"{page}kind/", {"kind": "no-such"}).status_code == 422
    assert pa.post(f"{page}kind/", {"kind": "minister"}).status_code == 302
    assert pa.post(f"{page}promise/", {"due_on": "2027-02-26", "reason": "x"}).status_code == 422
    assert pa.post(f"{page}promise/", {"due_on": "2026-12-10", "reason": "At court"}).status_code == 302
    assert pa.post(f"{page}acknowledgement/", {"how": "phone"}).status_code == 302
    assert pa.post(f"{page}acknowledgement/", {"how": "phone"}).status_code == 409
    assert "Reply moved from 7 December 2026 to 10 December 2026: At court" in text_of(pa.get(page))
    came(cast, tmp_path, answer("q", sender=OURS, to=MEMBER, days_ago=0))
    assert "Our letter was only an acknowledgement" in text_of(pa.get(page))
    assert pa.post(f"{page}messages/2/no-reply/").status_code == 302
    assert pa.post(f"{page}messages/2/no-reply/").status_code == 409
    assert pa.post(f"{page}messages/9/no-reply/").status_code == 404
    assert clock_of(cast).is_running


def test_a_conversation_without_a_clock_has_no_acts_on_one(pa, cast, tmp_path):
    came(cast, tmp_path, letter(days_ago=0, auto_submitted="auto-replied"))
    with seen(cast):
        page = Conversation.objects.get().get_absolute_url()
    assert pa.get(page).status_code == 200
    assert pa.post(f"{page}holding/").status_code == 404


def test_the_list_shows_what_is_owed_by_what_is_asked_of_it(pa, cast, tmp_path):
    came(cast, tmp_path, from_member("Late one", days_ago=30), letter("Coming one", days_ago=0))
    found = {show: text_of(pa.get(f"{OWED}?show={show}")) for show in ("running", "late", "unacknowledged", "x")}
    assert [("Late one" in page, "Coming one" in page) for page in found.values()] == [
        (True, True),
        (True, False),
        (True, True),
        (True, True),
    ]


def test_the_list_and_the_figures_cost_the_same_for_one_and_for_many(pa, cast, tmp_path, queries_of):
    came(cast, tmp_path, letter(days_ago=0))
    pages = (OWED, FIGURES, "/homicide/")
    pa.get("/homicide/")
    before = [queries_of(pa, page) for page in pages]
    came(cast, tmp_path, *(letter(f"S{n}", sender=f"p{n}@example.org", days_ago=n) for n in range(1, 30)))
    assert [queries_of(pa, page) for page in pages[:2]] == before[:2]
    few = queries_of(pa, pages[2])
    came(cast, tmp_path, *(letter(f"T{n}", sender=f"q{n}@example.org", days_ago=n) for n in range(1, 30)))
    assert queries_of(pa, pages[2]) == few


def test_empty_pages_say_what_comes_next(pa):
    assert "A clock begins with the next letter" in text_of(pa.get(OWED))
    assert "No letters in six months" in text_of(pa.get(FIGURES))
    assert pa.get(f"{FIGURES}workbook/").status_code == 200


def lines_of(book) -> list[list]:
    """The rows of a workbook that was handed out."""
    [sheet] = read(book.content, "letters.xlsx")["sheets"]
    return [row for _, row in sheet["rows"][1:]]


def answered_and_late(cast, tmp_path) -> None:
    """One of a member answered in time, one of the public late, one let go, one restricted."""
    came(cast, tmp_path, from_member("In time", days_ago=20, message_id="a"))
    came(cast, tmp_path, answer("a", sender=OURS, to=MEMBER, days_ago=19))
    came(cast, tmp_path, letter("Late", sender="N. Prest <n.prest@example.org>", days_ago=30))
    came(cast, tmp_path, letter("Let go", sender="I. Crake <i.crake@example.org>", days_ago=2))
    came(cast, tmp_path, letter("OFFICIAL-SENSITIVE: Held", sender="=Secret <held@example.org>", days_ago=3))
    with seen(cast):
        services.set_kind(clock_of(cast, record__correspondent="I. Crake"), kind="none")


def test_the_figures_are_right_by_month_kind_and_correspondent(cast, tmp_path):
    answered_and_late(cast, tmp_path)
    since, until = clock.moment(date(2026, 6, 1)), clock.moment(date(2026, 11, 24))
    with seen(cast):
        months = {name: vars(one) for name, one in figures.by_month(cast.homicide, since, until)}
        kinds = {name: one.received for name, one in figures.by_kind(cast.homicide, since, until)}
        people = {name: one.received for name, one in figures.by_correspondent(cast.homicide, since, until)}
    none = dict.fromkeys(figures.NAMES, 0)
    assert months == {
        "October 2026": none | {"received": 1, "to_acknowledge": 1, "late": 1},
        "November 2026": none
        | {
            "received": 3, "no_reply": 1, "to_acknowledge": 1, "acknowledged_in_time": 1,
            "answered": 1, "answered_in_time": 1,
        },
    }  # fmt: skip
    assert kinds == {"MP or Assembly Member": 1, "Member of the public": 2, "No reply wanted": 1}
    assert people == {"Rosalind Quarrington MP": 1, "N. Prest": 1, "I. Crake": 1, figures.RESTRICTED: 1}


def test_what_is_sensitive_is_counted_without_names_and_what_may_not_be_seen_is_not_counted(pa, cast, tmp_path):
    answered_and_late(cast, tmp_path)
    with seen(cast):
        records.narrow(clock_of(cast, record__correspondent="N. Prest").record, roles=("commander",))
    page, book = text_of(pa.get(FIGURES)), pa.get(f"{FIGURES}workbook/")
    assert (figures.RESTRICTED in page, "N. Prest" in page, "Secret" in page) == (True, False, False)
    assert [row[:4] for row in lines_of(book)] == [
        ["2026-11", "MP or Assembly Member", "Rosalind Quarrington MP", "1"],
        ["2026-11", "No reply wanted", "I. Crake", "1"],
        ["2026-11", "Member of the public", figures.RESTRICTED, "1"],
    ]


def test_a_name_that_looks_like_a_formula_stays_a_text(pa, cast, tmp_path):
    came(cast, tmp_path, letter(sender='"=1+1" <sum@example.org>', days_ago=0))
    assert lines_of(pa.get(f"{FIGURES}workbook/"))[0][2] == "=1+1"


@pytest.mark.parametrize("page", [OWED, FIGURES, f"{FIGURES}workbook/"])
def test_who_may_not_see_the_mail_sees_none_of_it(cast, page):
    for who in (cast.reader, cast.slt_member):
        client = Client()
        client.force_login(who)
        assert client.get(page).status_code in (403, 404)


def test_under_cover_nothing_tells_that_there_is_more(cast, tmp_path):
    answered_and_late(cast, tmp_path)
    cast.cover()
    since, until = clock.moment(date(2026, 6, 1)), clock.moment(date(2026, 11, 24))
    with scope.acting(cast.outsider, office=cast.homicide):
        found = figures.by_correspondent(cast.homicide, since, until)
        assert [name for name, _ in found] == ["I. Crake", "N. Prest", "Rosalind Quarrington MP"]
        assert ReplyClock.objects.count() == 3


def test_a_conversation_that_is_settled_offers_no_reply_but_its_kind(pa, cast, tmp_path):
    came(cast, tmp_path, from_member())
    with seen(cast):
        name = Ask.objects.select_related("record", "message").get()
    pa.post(f"{name.address}disposition/?way=no_action&queue=open")
    shown = text_of(pa.get(clock_of(cast).record.get_absolute_url()))
    assert ("Holding reply" in shown, "kind/" in shown) == (False, True)
