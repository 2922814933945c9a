"""Sorting rules: they propose and never act alone unless told, are tried first, and say so in each act."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from privateoffice.foundations.audit.models import Entry
from privateoffice.foundations.clock import clock
from privateoffice.foundations.offices import scope
from privateoffice.foundations.records.story import story_of
from privateoffice.spine.actions.models import Action
from privateoffice.spine.correspondence import services
from privateoffice.spine.correspondence.models import Ask, Conversation, Disposition, SortingRule, Way
from privateoffice.spine.correspondence.services.fitting import Seen, fits
from privateoffice.spine.correspondence.services.following import act_alone
from privateoffice.spine.correspondence.tests.letters import answer, lay, letter, take

RULES = "/homicide/mail/rules/"
TYPED = {"name": "Bulletins", "sender": "northmere.example.org", "way": "no_action", "days": "5"}


@pytest.fixture
def pa(cast):
    with scope.acting(cast.pa, office=cast.homicide):
        yield cast


@pytest.fixture
def client(cast):
    client = Client()
    client.force_login(cast.pa)
    return client


def kept(**said) -> SortingRule:
    given = {"name": "Bulletins", "sender": "northmere.example.org", "way": Way.NO_ACTION}
    return services.keep_rule(**{**given, **said})


def proposing(**said) -> SortingRule:
    rule = services.try_rule(kept(**said))
    services.switch_on(rule)
    return rule


def the_ask(title: str = "A question") -> Ask:
    return Ask.objects.select_related("message", "record__office").get(record__title=title)


MAIL = Seen(
    "a.vellacott@northmere.example.org", "<news.northmere.example.org>", 1, "Crime Bulletin 12", "Cold cases"
)


@pytest.mark.parametrize(
    ("said", "does_fit"),
    [
        ({"sender": "A.Vellacott@northmere.example.org"}, True),
        ({"sender": "northmere.example.org"}, True),
        ({"sender": "example.org"}, True),
        ({"sender": "mere.example.org"}, False),
        ({"sender": "vellacott@northmere.example.org"}, False),
        ({"words": "weekly, crime bulletin"}, True),
        ({"words": "bullet"}, False),
        ({"words": "cold cases"}, False),
        ({"words": "cold cases", "looks_in_text": True}, True),
        ({"words": ".*", "looks_in_text": True}, False),
        ({"list_id": "NEWS.northmere"}, True),
        ({"list_id": "other"}, False),
        ({"marked": 1}, True),
        ({"marked": 2}, False),
        ({"sender": "northmere.example.org", "words": "holiday"}, False),
    ],
)
def test_a_rule_fits_where_everything_is_there_that_it_looks_for(said, does_fit):
    assert fits(SortingRule(**said), MAIL) is does_fit


def test_a_rule_that_names_a_sender_passes_over_mail_that_may_not_be_from_them_a05():
    doubtful = Seen(MAIL.sender, "", 1, MAIL.subject, "", is_doubtful=True)
    assert not fits(SortingRule(sender="northmere.example.org"), doubtful)
    assert fits(SortingRule(words="bulletin"), doubtful)


def test_a_rule_is_tried_on_past_mail_before_it_can_be_switched_on(pa, tmp_path):
    other = letter("Elsewhere", sender="x@other.example.com")
    take(pa, lay(tmp_path / "m", letter("One"), letter("Two"), other, answer(1, sender="x@other.example.com")))
    rule = kept()
    with pytest.raises(services.NotTried):
        services.switch_on(rule)
    services.try_rule(rule)
    assert (rule.tried_on, rule.fitted, len(rule.fitting), rule.was_cut_short) == (4, 2, 2, False)
    services.switch_on(rule)
    assert SortingRule.objects.proposing().get() == rule
    with pytest.raises(IntegrityError), transaction.atomic():
        SortingRule.objects.filter(pk=rule.pk).update(tried_at=None)


def test_a_trial_ends_when_its_time_is_up_and_says_so(pa, tmp_path):
    take(pa, lay(tmp_path / "m", letter("One"), letter("Two")))
    rule = services.try_rule(kept(), seconds=-1)
    assert (rule.tried_on, rule.was_cut_short) == (0, True)


def test_a_rule_proposes_and_does_nothing_until_somebody_takes_it(pa, tmp_path):
    rule = proposing(way=Way.FILED, filed_as="complaint")
    take(pa, lay(tmp_path / "m", letter()))
    assert (services.proposal_for(the_ask()), Disposition.objects.count()) == (rule, 0)
    services.take_proposal(the_ask(), rule)
    made = Disposition.objects.get()
    assert (made.way, made.filed_as, made.by_rule) == ("filed", "complaint", "Bulletins")
    told = story_of(the_ask().record)[0].words
    assert told == "settled what this conversation asks: filed by the rule “Bulletins”"
    services.undo(the_ask())
    assert the_ask().is_open


def test_an_action_and_an_enquiry_are_made_as_proposed(pa, tmp_path):
    take(pa, lay(tmp_path / "m", letter("To do"), letter("To ask", sender="x@other.example.com")))
    acts = proposing(name="Returns", way=Way.ACTION, owner_role="staff_officer", days=3)
    asks = proposing(name="Questions", sender="other.example.com", way=Way.ENQUIRY, enquiry_kind="general")
    services.take_proposal(the_ask("To do"), acts)
    services.take_proposal(the_ask("To ask"), asks)
    assert Action.objects.get().owner_role == "staff_officer"
    assert sorted(Disposition.objects.values_list("way", "by_rule")) == [
        ("action", "Returns"),
        ("enquiry", "Questions"),
    ]
    with pytest.raises(services.MayNotActAlone):
        services.let_act_alone(acts)


def test_what_is_no_longer_proposed_cannot_be_taken(pa, tmp_path):
    rule = proposing()
    take(pa, lay(tmp_path / "m", letter()))
    services.switch_off(rule)
    with pytest.raises(services.NotProposed):
        services.take_proposal(the_ask(), rule)
    with pytest.raises(services.MayNotActAlone):
        services.let_act_alone(rule)


def test_a_rule_acts_alone_only_when_told_and_on_what_comes_from_then_on(pa, tmp_path):
    rule = proposing()
    take(pa, lay(tmp_path / "before", letter("Before", days_ago=0)))
    services.let_act_alone(rule)
    later = clock.now() + timedelta(hours=1)
    with clock.stopped_at(later):
        mails = [
            letter("After", days_ago=0),
            letter("Old", days_ago=3),
            letter("Other", sender="x@o.example", days_ago=0),
        ]
        take(pa, lay(tmp_path / "after", *mails))
    settled = dict(
        Ask.objects.filter(settled_at__isnull=False).values_list("record__title", "dispositions__by_rule")
    )
    assert settled == {"After": "Bulletins"}
    line = Entry.objects.filter(verb="correspondence.dispose").get()
    assert line.facts["other"] == "by the rule “Bulletins”"
    services.undo(the_ask("After"))
    assert the_ask("After").is_open


def test_a_rule_leaves_alone_what_is_kept_for_some_of_the_office_f03(pa, tmp_path):
    rule = proposing()
    services.let_act_alone(rule)
    with clock.stopped_at(clock.now() + timedelta(hours=1)):
        take(pa, lay(tmp_path / "m", letter(message_id="private", days_ago=0)))
        services.undo(the_ask())
        with scope.acting(pa.commander, office=pa.homicide):
            services.keep_private(Conversation.objects.get())
            assert act_alone([the_ask()]) == 0


def test_a_changed_rule_is_a_new_one_and_starts_untried(pa):
    first = proposing()
    second = kept(rule=first, words="weekly")
    first.refresh_from_db()
    assert (first.state, second.state, second.follows) == ("Ended", "Not tried", first)
    with pytest.raises(services.HasEnded):
        services.switch_on(first)
    with pytest.raises(services.NameIsTaken):
        kept(name="Bulletins")
    services.end_rule(second)
    assert not SortingRule.objects.kept().exists()
    assert [
        entry.verb.partition(".")[2] for entry in Entry.objects.filter(verb__contains="rule").order_by("number")
    ] == [
        *("keep_rule", "try_rule", "keep_rule", "end_rule"),
    ]


def test_an_office_keeps_a_hundred_rules(pa):
    for at in range(100):
        kept(name=f"Rule {at}")
    with pytest.raises(services.TooManyRules):
        kept(name="One more")


def test_from_the_form_to_the_key(cast, client, tmp_path):
    take(cast, lay(tmp_path / "m", letter()))
    page = client.post(f"{RULES}new/", TYPED, follow=True)
    place = page.redirect_chain[-1][0]
    assert "Not tried" in page.content.decode()
    assert "Try it on past mail first" in client.post(f"{place}proposing/", follow=True).content.decode()
    page = client.post(f"{place}trial/", follow=True).content.decode()
    assert "<b>1 mail</b> of the last 1" in page
    assert 'data-key="y"' not in client.get("/homicide/mail/").content.decode()
    client.post(f"{place}proposing/")
    page = client.get("/homicide/mail/")
    act = page.context["proposal"]["act"]
    assert (act.key, "by the rule" in page.content.decode()) == ("y", True)
    page = client.post(act.url, follow=True).content.decode()
    assert "No action, as “Bulletins” proposed: A question" in page
    for step in ("acting/", "rest/", "end/"):
        assert client.post(f"{place}{step}").status_code == 302
    assert [client.get(address).status_code for address in (RULES, place, f"{place}change/")] == [200] * 3


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"sender": ""}, "sender"),
        ({"sender": "not an address"}, "sender"),
        ({"sender": "", "words": "..."}, "words"),
        ({"way": "filed"}, "filed_as"),
        ({"way": "for_commander"}, "said"),
        ({"way": "action"}, "owner_role"),
        ({"way": "enquiry"}, "enquiry_kind"),
        ({"way": "re-directed"}, "way"),
        ({"name": "SECRET\nBulletins"}, "name"),
    ],
)
def test_what_a_rule_lacks_is_said_at_its_field(client, typed, field):
    page = client.post(f"{RULES}new/", {**TYPED, **typed})
    assert (page.status_code, list(page.context["form"].errors)) == (422, [field])


def test_another_office_has_rules_of_its_own(cast, client):
    with scope.acting(cast.pa, office=cast.homicide):
        rule = kept()
    other = Client()
    other.force_login(cast.outsider)
    assert other.get(f"{RULES}{rule.pk}/").status_code == 404
    assert client.get(f"{RULES}{rule.pk + 1}/").status_code == 404


def test_rules_cost_the_same_queries_however_many_there_are(pa, client, tmp_path):
    def cost(do) -> int:
        with CaptureQueriesContext(connection) as queries:
            do()
        return len(queries)

    take(pa, lay(tmp_path / "m", letter("Zero")))
    first = proposing(name="First")
    services.let_act_alone(first)
    pages = ("/homicide/mail/", RULES, f"{RULES}{first.pk}/")
    [client.get(page) for page in pages]

    def costs(folder: str, count: int) -> list[int]:
        """Of mail of which one is acted on: each act has its own line of the trail, as by hand."""
        with clock.stopped_at(clock.now() + timedelta(hours=1)):
            others = [letter(f"{folder} {at}", sender="x@o.example", days_ago=0) for at in range(count)]
            mails = [letter(folder, days_ago=0), *others]
            came = cost(lambda: take(pa, lay(tmp_path / folder, *mails)))
        return [came, cost(lambda: services.try_rule(first)), *(cost(lambda p=p: client.get(p)) for p in pages)]

    before = costs("one", 1)
    for at in range(5):
        services.let_act_alone(proposing(name=f"More {at}", words="nothing"))
    after = costs("three", 3)
    assert after == before
