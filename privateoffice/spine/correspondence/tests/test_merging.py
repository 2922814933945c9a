"""Merging and splitting: what is owed goes along, later mail follows, nobody sees more, and it is undone."""

from datetime import timedelta

import pytest
from django.db.models import F
from django.test import Client

from privateoffice.foundations.audit.models import Entry
from privateoffice.foundations.clock import clock
from privateoffice.foundations.offices import scope
from privateoffice.foundations.offices.policy import Refused
from privateoffice.foundations.offices.roles import Role
from privateoffice.foundations.offices.verbs import performing
from privateoffice.foundations.records import services as records
from privateoffice.foundations.records.markings import Marking
from privateoffice.foundations.records.models import Hold, MatterEntry
from privateoffice.spine.correspondence import services
from privateoffice.spine.correspondence.models import Ask, Conversation, Disposition, Message, Rehoming, Way
from privateoffice.spine.correspondence.services.rehoming import hanging_on, parts_of_a_conversation
from privateoffice.spine.correspondence.tests.letters import OURS, THEIRS, answer, lay, letter, take

SENSITIVE = "OFFICIAL-SENSITIVE: The badge"


@pytest.fixture
def office(cast):
    with scope.acting(cast.pa, office=cast.homicide):
        yield


@pytest.fixture
def pa(cast):
    client = Client()
    client.force_login(cast.pa)
    return client


@pytest.fixture
def comes(cast, tmp_path):
    """comes(raw, ...) takes in mail, in order."""
    folders = iter(range(100))

    def come(*raws: bytes):
        take(cast, lay(tmp_path / f"m{next(folders)}", *raws))

    return come


@pytest.fixture
def two(comes, office):
    """Two conversations: of one mail, and of two."""
    comes(
        letter("The badge", message_id=1, days_ago=9),
        letter("Our logo", message_id=2, days_ago=8),
        answer(2, "Re: Our logo", message_id=3, days_ago=7),
    )
    return named("The badge"), named("Our logo")


def named(title: str) -> Conversation:
    return Conversation.objects.select_related("office").get(title=title)


def fresh(conversation: Conversation) -> Conversation:
    return Conversation.objects.select_related("office").get(pk=conversation.pk)


def ids(conversation: Conversation) -> list[str]:
    found = Message.objects.filter(record=conversation).order_by("number").values_list("message_id", flat=True)
    return [one.strip("<>").partition("@")[0] for one in found]


def nothing_is_left_behind() -> bool:
    """Whether each mail of others has its ask, and every part lies where its message lies."""
    asks = Ask.objects.exclude(record=F("message__record")).count()
    dispositions = Disposition.objects.exclude(record=F("ask__message__record")).count()
    return not Message.objects.without_ask().exists() and (asks, dispositions) == (0, 0)


def test_merging_takes_the_mail_and_what_is_asked_along(two):
    badge, logo = two
    services.merge(logo, into=badge)
    badge, logo = fresh(badge), fresh(logo)
    assert (ids(badge), ids(logo)) == (["1", "2", "3"], [])
    assert (badge.message_count, logo.message_count, logo.waiting_since) == (3, 0, None)
    assert Ask.objects.open().filter(record=badge).count() == 3
    assert (badge.last_number, logo.went_to) == (3, badge.reference)
    assert nothing_is_left_behind()


def test_both_trails_say_it(two, cast):
    badge, logo = two
    services.merge(logo, into=badge)
    lines = Entry.objects.filter(verb__contains="merge").values_list("verb", "reference", "facts", "actor")
    assert list(lines.order_by("number")) == [
        ("correspondence.merge", badge.reference, {"other": logo.reference}, "Delphine Hartsough"),
        ("correspondence.merged_away", logo.reference, {"other": badge.reference}, "Delphine Hartsough"),
    ]


def test_later_mail_follows_the_new_home(two, comes):
    badge, logo = two
    services.merge(logo, into=badge)
    comes(answer(3, "Re: Our logo", message_id=4), letter("RE: Our logo", message_id=5, days_ago=0))
    assert ids(fresh(badge)) == ["1", "2", "3", "4", "5"]
    assert Conversation.objects.with_messages().count() == 1
    assert nothing_is_left_behind()


def test_taken_back_everything_lies_where_it_lay_and_what_came_since_stays(two, comes):
    badge, logo = two
    done = services.merge(logo, into=badge)
    comes(answer(3, "Re: Our logo", message_id=4))
    services.put_back(done)
    badge, logo = fresh(badge), fresh(logo)
    assert (ids(badge), ids(logo), logo.went_to) == (["1", "4"], ["2", "3"], "")
    assert [one.number for one in Message.objects.filter(record=logo).order_by("number")] == [1, 2]
    assert (badge.message_count, logo.message_count) == (2, 2)
    comes(answer(2, "Re: Our logo", message_id=5), answer(1, "Re: The badge", message_id=6))
    assert (ids(fresh(badge)), ids(fresh(logo))) == (["1", "4", "6"], ["2", "3", "5"])
    with pytest.raises(services.MovedOn):
        services.put_back(Rehoming.objects.get())
    assert nothing_is_left_behind()


def test_what_became_of_an_ask_goes_with_it_and_comes_back_with_it(two):
    badge, logo = two
    ask = Ask.objects.filter(record=logo).select_related("record", "message").order_by("at")[0]
    services.dispose(ask, way=Way.NO_ACTION)
    done = services.merge(logo, into=badge)
    assert Ask.objects.get(pk=ask.pk).what_became_of_it.record_id == badge.pk
    moved = Ask.objects.select_related("record", "message").get(pk=ask.pk)
    services.undo(moved)
    services.put_back(done)
    assert Ask.objects.get(pk=ask.pk).record_id == logo.pk
    assert Ask.objects.get(pk=ask.pk).is_open


def test_an_ask_answers_to_its_old_name(two):
    badge, logo = two
    ask = Ask.objects.filter(record=logo).select_related("record", "message").order_by("at")[0]
    old = ask.name
    services.merge(logo, into=badge)
    assert [one.pk for one in Ask.objects.called(old)] == [ask.pk]
    assert [
        one.pk for one in Ask.objects.called(Ask.objects.select_related("record", "message").get(pk=ask.pk).name)
    ]


def test_what_waits_is_not_answered_by_older_mail_that_is_put_beside_it(two):
    badge, logo = two
    ask = Ask.objects.filter(record=badge).select_related("record", "message").get()
    services.dispose(ask, way=Way.WAITING, until_at=clock.now() + timedelta(days=1))
    services.merge(logo, into=badge)
    assert list(Ask.objects.waiting()) == [ask]
    with clock.stopped_at(clock.now() + timedelta(days=2)):
        assert services.bring_back(badge.office) == 1
    assert Ask.objects.get(pk=ask.pk).is_open


def test_what_waits_and_is_moved_is_answered_by_what_comes_after(two, comes):
    badge, logo = two
    ask = Ask.objects.filter(record=logo).select_related("record", "message").order_by("-at")[0]
    services.dispose(ask, way=Way.WAITING, until_at=clock.now() + timedelta(days=1))
    services.merge(logo, into=badge)
    assert list(Ask.objects.waiting()) == [ask]
    comes(answer(3, "Re: Our logo", message_id=4, days_ago=0))
    assert list(Ask.objects.waiting()) == []


def test_our_earlier_answer_settles_nothing_that_is_put_beside_it(comes, office):
    comes(
        letter("The badge", message_id=1, days_ago=9),
        answer(1, "Re: The badge", sender=OURS, to=THEIRS, message_id=2, days_ago=1),
        letter("Our logo", message_id=3, days_ago=8),
    )
    badge, logo = named("The badge"), named("Our logo")
    services.merge(logo, into=badge)
    comes(answer(1, "Re: The badge", message_id=4, days_ago=0))
    assert Ask.objects.open().filter(message__message_id__startswith="<3@").exists()
    comes(answer(3, "Re: Our logo", sender=OURS, to=THEIRS, message_id=5, days_ago=-0.5))
    assert not Ask.objects.open().filter(message__message_id__startswith="<3@").exists()


@pytest.mark.parametrize("into_sensitive", [True, False])
def test_the_higher_marking_holds(comes, office, into_sensitive):
    comes(letter(SENSITIVE, message_id=1), letter("Our logo", message_id=2))
    badge, logo = Conversation.objects.get(marking=Marking.OFFICIAL_SENSITIVE), named("Our logo")
    one, into = (logo, badge) if into_sensitive else (badge, logo)
    services.merge(one, into=into)
    assert fresh(into).marking == Marking.OFFICIAL_SENSITIVE
    assert fresh(into).handling


def test_matters_and_holds_go_along(two):
    badge, logo = two
    with performing("records.open_matter"):
        matter = records.open_matter(title="The new badge")
    records.put_on(matter, logo)
    with scope.acting_as_system("trial", office=logo.office), performing("records.hold"):
        records.hold(logo, reason="Inquiry")
    services.merge(logo, into=badge)
    assert MatterEntry.objects.filter(record_id=badge.pk).count() == 1
    assert list(Hold.objects.filter(record_id=badge.pk).values_list("reason", flat=True)) == ["Inquiry"]


@pytest.mark.parametrize("restricted", [0, 1])
def test_conversations_with_other_readers_are_never_merged(two, restricted):
    with performing("records.narrow"):
        records.narrow(two[restricted], roles=(Role.PA,))
    for one, into in (two, two[::-1]):
        with pytest.raises(services.OtherReaders):
            services.merge(one, into=into)
    assert [len(ids(one)) for one in two] == [1, 2]


def test_conversations_with_the_same_readers_are_merged(two):
    with performing("records.narrow"):
        for one in two:
            records.narrow(one, roles=(Role.PA,))
    services.merge(two[1], into=two[0])
    assert ids(fresh(two[0])) == ["1", "2", "3"]


def test_a_person_barred_from_one_of_them_keeps_them_apart(two, cast):
    with scope.acting_as_system("trial", office=two[0].office), performing("records.bar"):
        records.bar(two[0], person=cast.slt_member.person, reason="A complaint about them")
    with pytest.raises(services.OtherReaders):
        services.merge(two[1], into=two[0])


def test_it_is_not_taken_back_where_the_readers_are_others_meanwhile(two):
    badge, logo = two
    done = services.merge(logo, into=badge)
    with performing("records.narrow"):
        records.narrow(fresh(badge), roles=(Role.PA,))
    with pytest.raises(services.OtherReaders):
        services.put_back(done)


def test_senseless_merges_are_refused_by_name(two):
    badge, logo = two
    with pytest.raises(services.SameConversation):
        services.merge(badge, into=badge)
    services.merge(logo, into=badge)
    with pytest.raises(services.NothingInIt):
        services.merge(fresh(logo), into=badge)
    with pytest.raises(services.NothingInIt):
        services.merge(badge, into=fresh(logo))


def test_what_was_merged_on_is_taken_back_in_order(two, comes):
    badge, logo = two
    comes(letter("A third", message_id=7))
    first = services.merge(logo, into=badge)
    second = services.merge(fresh(badge), into=named("A third"))
    with pytest.raises(services.MovedOn):
        services.put_back(first)
    comes(letter("Re: Our logo", message_id=8, days_ago=0))
    assert ids(named("A third")) == ["7", "1", "2", "3", "8"]
    services.put_back(second)
    services.put_back(first)
    assert (ids(fresh(badge)), ids(fresh(logo)), ids(named("A third"))) == (["1"], ["2", "3"], ["7", "8"])
    assert nothing_is_left_behind()


@pytest.fixture
def four(comes, office):
    """One conversation of four mails, each the answer to the one before."""
    chain = [answer(n - 1, f"Re: Plan {n}", message_id=n, references=refs(n), days_ago=9 - n) for n in range(2, 5)]
    comes(letter("Plan 1", message_id=1, days_ago=8), *chain)
    return Conversation.objects.select_related("office").get()


def refs(number: int) -> str:
    return " ".join(f"<{n}@northmere.example.org>" for n in range(1, number))


def message(name: int) -> Message:
    rows = Message.objects.select_related("record__office", "original")
    return rows.get(message_id=f"<{name}@northmere.example.org>")


def test_splitting_off_makes_a_conversation_of_it_and_what_came_after(four):
    services.split_off(message(3), with_later=True)
    made = message(3).record
    assert (ids(fresh(four)), ids(made)) == (["1", "2"], ["3", "4"])
    assert (made.title, made.message_count, made.correspondent) == ("Re: Plan 3", 2, "Amabel Vellacott")
    assert Ask.objects.open().filter(record=made).count() == 2
    assert nothing_is_left_behind()


@pytest.mark.parametrize("with_later", [True, False])
def test_answers_follow_the_mail_that_they_answer(four, comes, with_later):
    services.split_off(message(3), with_later=with_later)
    comes(
        answer(2, "Re: Plan 2", message_id=20, references=refs(3), days_ago=0),
        answer(3, "Re: Plan 3", message_id=30, references=refs(4), days_ago=0),
        answer(4, "Re: Plan 4", message_id=40, references=refs(5), days_ago=0),
    )
    comes(answer(30, "Re: Plan 3", message_id=31, references=f"{refs(4)} <30@northmere.example.org>", days_ago=0))
    comes(answer(40, "Re: Plan 4", message_id=41, references=f"{refs(5)} <40@northmere.example.org>", days_ago=0))
    old, new = ids(fresh(four)), ids(message(3).record)
    expected = (["1", "2", "20"], ["3", "4", "30", "40", "31", "41"])
    alone = (["1", "2", "4", "20", "40", "41"], ["3", "30", "31"])
    assert (old, new) == (expected if with_later else alone)


def test_a_number_is_never_given_twice(four, comes):
    services.split_off(message(4), with_later=True)
    comes(answer(2, "Re: Plan 2", message_id=20, references=refs(3), days_ago=0))
    assert message(20).number == 5
    assert ids(fresh(four)) == ["1", "2", "3", "20"]


def test_a_split_is_taken_back(four, comes):
    done = services.split_off(message(3), with_later=True)
    made = message(3).record
    comes(answer(4, "Re: Plan 4", message_id=40, references=refs(5), days_ago=0))
    services.put_back(done)
    assert (ids(fresh(four)), ids(fresh(made))) == (["1", "2", "3", "4"], ["40"])
    assert [one.number for one in Message.objects.filter(record=four).order_by("number")] == [1, 2, 3, 4]


def test_a_split_that_left_nothing_behind_leads_back(four, pa):
    done = services.split_off(message(3), with_later=True)
    made = message(3).record
    services.put_back(done)
    assert pa.get(made.get_absolute_url())["Location"] == four.get_absolute_url()


def test_the_first_mail_with_all_after_it_is_the_conversation_itself(four):
    with pytest.raises(services.NothingLeft):
        services.split_off(message(1), with_later=True)


def test_what_is_split_off_has_the_same_readers_marking_and_holds(comes, office, cast):
    comes(letter(SENSITIVE, message_id=1, days_ago=2), answer(1, "Re: The badge", message_id=2))
    source = message(2).record
    with performing("records.narrow"):
        records.narrow(source, roles=(Role.PA,))
    services.split_off(message(2), with_later=False)
    made = message(2).record
    assert made.marking == Marking.OFFICIAL_SENSITIVE
    with scope.acting(cast.staff_officer, office=cast.homicide):
        assert not Conversation.objects.exists()


def test_only_whoever_sorts_the_mail_merges_it(two, cast):
    with scope.acting(cast.commander, office=cast.homicide), pytest.raises(Refused):
        services.merge(two[1], into=two[0])


def test_every_part_of_a_conversation_hangs_on_a_message_or_is_its_own(two):
    """A kind of part that is added must say here that it belongs to the whole, or go where its message goes."""
    whole = {"Strand", "Rehoming", "Contribution", "Receipt"}
    reached = {"Message"}
    every = {one.__name__ for one in parts_of_a_conversation()}
    models = {one.__name__: one for one in parts_of_a_conversation()}
    while grown := {
        name for name, one in models.items() if name not in reached | whole and _touches(one, reached)
    }:
        reached |= grown
    reached |= {"Undoing", "Sending"}  # named by the disposition that they end or carry out
    assert every - whole - reached == set()
    assert hanging_on([]) == {}


def _touches(model, reached) -> bool:
    keys = [field for field in model._meta.concrete_fields if field.is_relation and field.name != "record"]
    return any(field.related_model.__name__ in reached for field in keys)


def test_the_page_finds_the_other_conversation_and_merges(two, pa):
    badge, logo = two
    page = pa.get(badge.get_absolute_url()).content.decode()
    assert f'href="{badge.get_absolute_url()}merging/"' in page
    place = f"{logo.get_absolute_url()}merging/"
    assert "With the same correspondent" in pa.get(place).content.decode()
    for words in ("badge", badge.reference, "cor 1", "vellacott"):
        assert f'value="{badge.reference}"' in pa.get(place, {"q": words}).content.decode()
    assert "No other conversation has “zebra”" in pa.get(place, {"q": "zebra"}).content.decode()
    answer = pa.post(place, {"into": badge.reference})
    assert answer["Location"] == badge.get_absolute_url()
    page = pa.get(answer["Location"]).content.decode()
    assert "Later mail follows it." in page
    assert "It took in all mail of" in page
    assert pa.get(logo.get_absolute_url())["Location"] == badge.get_absolute_url()
    assert logo.title not in pa.get("/homicide/mail/?show=all").content.decode().replace("Re: Our logo", "")
    rehoming = Rehoming.objects.get()
    answer = pa.post(f"{badge.get_absolute_url()}putting-back/{rehoming.act}/")
    assert answer["Location"] == logo.get_absolute_url()
    assert pa.post(f"{badge.get_absolute_url()}putting-back/{rehoming.act}/").status_code == 404


@pytest.mark.parametrize("into", ["", "999", "nonsense", "HOM/COR/1990/0001"])
def test_a_conversation_that_is_not_there_is_a_fault_of_the_form(two, pa, into):
    answer = pa.post(f"{two[0].get_absolute_url()}merging/", {"into": into})
    assert (answer.status_code, b"govuk-error-summary" in answer.content) == (422, True)


def test_a_refusal_is_said_on_the_page(two, pa):
    with performing("records.narrow"):
        records.narrow(two[0], roles=(Role.PA,))
    answer = pa.post(f"{two[1].get_absolute_url()}merging/", {"into": two[0].reference})
    assert answer.status_code == 409
    assert "They do not have the same readers" in answer.content.decode()


def test_the_page_splits_off(four, pa):
    one = message(3)
    place = f"{one.address}splitting/"
    assert f'href="{place}"' in pa.get(four.get_absolute_url()).content.decode()
    assert "all that came after it" in pa.get(place).content.decode()
    assert pa.post(place, {"which": "none"}).status_code == 422
    answer = pa.post(place, {"which": "one"})
    assert answer["Location"] == message(3).record.get_absolute_url()
    assert "It was split off from" in pa.get(answer["Location"]).content.decode()
    assert "A part of it was split off to" in pa.get(four.get_absolute_url()).content.decode()
