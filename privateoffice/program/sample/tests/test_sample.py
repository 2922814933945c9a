"""The sample office: the same twice, nobody real in it, whole, and alive."""

import hashlib
import re
from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import models, transaction

from privateoffice.desk.today.models import board
from privateoffice.foundations.audit import services as audit
from privateoffice.foundations.audit.models import Entry
from privateoffice.foundations.clock import clock
from privateoffice.foundations.offices import scope
from privateoffice.foundations.offices.models import Cover, Holding, Office, Person, User
from privateoffice.foundations.offices.roles import Role
from privateoffice.foundations.offices.services import add_office, sample_log_ins
from privateoffice.foundations.records.models import Record
from privateoffice.program.sample import load
from privateoffice.program.sample.loading import SEED
from privateoffice.program.sample.tests.office import MONDAY, SMALL
from privateoffice.rooms.enquiries.models import Enquiry
from privateoffice.rooms.following.models import Contribution, HoldingReply, Promise, ReplyClock
from privateoffice.spine.actions.models import Action
from privateoffice.spine.approvals.models import Submission
from privateoffice.spine.correspondence.models import Conversation, SortingRule
from privateoffice.spine.deliveries.models import Delivery
from privateoffice.spine.diary.models import ImportItem, Occurrence
from privateoffice.spine.letters.models import Draft, StandardLine, Template

LEAP_DAY = datetime(2028, 2, 29, 9, 0, tzinfo=UTC)
ADDRESS = re.compile(r"[\w.!#$%&*+/=?^`{|}~’'-]+@([\w.-]+\w)")
PHONE = re.compile(r"(?<![\w/.-])(?:\+44|0)\d{2,5}[ -]?\d{3,6}(?:[ -]?\d{3,4})?(?![\w/-])")
DRAMA = re.compile(r"020 ?7946 ?0\d{3}|01632 ?960\d{3}|07700 ?900\d{3}")
EXAMPLE = re.compile(r"(.+\.)?example(\.com|\.org|\.net)?|(.+\.)?invalid")


@pytest.mark.django_db
class TestLoading:
    @pytest.mark.slow
    def test_the_same_seed_gives_the_same_sample_and_all_are_needed_even_on_a_leap_day(self):
        first = _loaded_with(SEED, LEAP_DAY)
        with clock.stopped_at(LEAP_DAY):
            load(SEED, SMALL)
            _assert_everybody_is_needed()
        assert _digest() == first
        assert not list(audit.verify())

    @pytest.mark.slow
    def test_another_seed_gives_another_sample(self):
        assert _loaded_with(1) != _loaded_with(2)

    def test_it_is_never_loaded_where_an_office_is(self):
        with scope.acting_as_system("test"):
            add_office(slug="real", code="REA", name="A real office")
        with pytest.raises(CommandError, match="There is an office here already"):
            call_command("sample", verbosity=0)
        assert [office.slug for office in Office.objects.all()] == ["real"]

    @pytest.mark.slow
    @pytest.mark.parametrize(
        "moment",
        [
            datetime(2026, 11, 22, 0, 5, tzinfo=UTC),  # a Sunday, just after midnight
            datetime(2026, 12, 25, 23, 50, tzinfo=UTC),  # Christmas Day, late
            datetime(2027, 3, 28, 12, 0, tzinfo=UTC),  # the clocks went forward, and it is Easter
        ],
    )
    def test_it_is_alive_on_any_day(self, moment):
        with clock.stopped_at(moment):
            load(scale=SMALL)
            _assert_everybody_is_needed()
        assert not list(audit.verify())


def _loaded_with(seed: int, at: datetime = MONDAY) -> str:
    """The digest of a sample that is taken away again."""
    with transaction.atomic(), clock.stopped_at(at):
        load(seed=seed, scale=SMALL)
        digest = _digest()
        transaction.set_rollback(True)
    return digest


def _digest() -> str:
    """What the sample says: names, references, titles and moments."""
    with scope.acting_as_system("test"):
        people = Person.objects.order_by("pay_number").values_list("pay_number", "forenames", "surname", "rank")
        titles = Record.objects.order_by("reference").values_list("reference", "title", "made_at", "due_at")
        return hashlib.sha256(repr([list(people), list(titles)]).encode()).hexdigest()


def _assert_everybody_is_needed():
    for office in Office.objects.all():
        for role in (Role.PA, Role.COMMANDER):
            held = Holding.objects.get(office=office, role=role)
            with scope.acting(held.person, office=office):
                today = board()
                assert (office.slug, role, bool(today.now or today.today)) == (office.slug, role, True)


@pytest.mark.slow
@pytest.mark.django_db
class TestTheSample:
    def test_every_pa_and_commander_is_needed(self, sample_office):
        _assert_everybody_is_needed()

    def test_every_office_says_that_it_is_a_sample(self, sample_office):
        assert set(Office.objects.values_list("slug", "code", "is_sample")) == {
            ("homicide", "HOM", True),
            ("proactive", "PRO", True),
            ("complex", "CCE", True),
            ("support", "SOS", True),
        }

    def test_white_letters_stand_on_every_colour(self, sample_office):
        assert all(_contrast_with_white(office.colour) >= 7 for office in sample_office.values())

    def test_no_chain_of_the_trail_is_broken(self, sample_office):
        assert list(audit.verify()) == []
        assert Entry.objects.exclude(office_id=0).count() > 1000

    def test_no_moment_lies_ahead(self, sample_office):
        assert not Entry.objects.filter(at__gt=MONDAY).exists()
        with scope.acting_as_system("test"):
            assert not Record.objects.filter(made_at__gt=MONDAY).exists()

    def test_nobody_and_nothing_in_it_can_be_reached(self, sample_office):
        addresses, phones = set(), set()
        for text in _every_text():
            addresses |= {domain.lower() for domain in ADDRESS.findall(text)}
            phones |= set(PHONE.findall(text))
            assert "police.uk" not in text.lower()
        assert [domain for domain in addresses if not EXAMPLE.fullmatch(domain)] == []
        assert [phone for phone in phones if not DRAMA.fullmatch(phone)] == []
        assert len(phones) > 100

    def test_log_ins_are_those_of_the_role_holders(self, sample_office):
        log_ins = sample_log_ins()
        assert len(log_ins) == 29
        assert {address.partition("@")[2] for address, _, _ in log_ins} == {"specialist-crime.example"}
        assert User.objects.get(email="delphine.hartsough@specialist-crime.example").check_password(log_ins[0][1])

    def test_every_office_keeps_words_and_rules_and_has_begun_a_reply(self, sample_office):
        with scope.acting_as_system("test"):
            for office in sample_office.values():
                kept = [
                    StandardLine.objects.filter(office=office).count(),
                    Template.objects.filter(office=office).count(),
                    SortingRule.objects.proposing().filter(office=office).count(),
                    Draft.objects.in_hand().filter(office=office).count(),
                ]
                assert (office.slug, kept) == (office.slug, [6, 3, 2, 1])

    def test_letters_are_followed_up(self, sample_office):
        for office in sample_office.values():
            with scope.acting_as_system("test", office=office):
                assert ReplyClock.objects.running().count() > 3
                assert {one.sent_at is None for one in HoldingReply.objects.all()} == {False}
                assert Promise.objects.filter(holding__isnull=False).count() == 2
                received = {one.action: one.receipts.count() for one in Contribution.objects.all()}
                assert sorted(received.values()) == [0, 1, 1, 1]
                closed = Action.objects.closed().filter(reference__in=received)
                assert closed.count() == 1

    def test_cover_stands_today(self, sample_office):
        cover = Cover.objects.standing(MONDAY).get()
        assert (cover.coverer.name, cover.covered.name) == ("Delphine Hartsough", "Jonah Pemberlaw")
        assert Entry.objects.filter(actor="Delphine Hartsough", for_whom="Jonah Pemberlaw").exists()

    def test_three_quarters_are_officers(self, sample_office):
        staff = Person.everyone.exclude(office=None)
        assert 0.65 < staff.exclude(warrant_number="").count() / staff.count() < 0.85

    def test_the_awkward_are_there(self, sample_office):
        names = Counter(Person.everyone.values_list("forenames", "surname"))
        assert names["Rosalind", "Merrithwaite"] == 2
        assert names["Saoirse", "O’Dunleavy"] >= 1
        assert Person.everyone.filter(joined_on="2024-02-29").exists()
        assert Person.everyone.filter(post__contains="part-time").exists()

    @pytest.mark.parametrize("slug", ["homicide", "proactive", "complex", "support"])
    def test_every_office_has_everything(self, sample_office, slug):
        with scope.acting_as_system("test", office=sample_office[slug]):
            counts = Action.objects.counts(MONDAY)
            assert 0.1 < counts["red"] / counts["open"] < 0.4
            assert Action.objects.open().filter(owner__left_on__isnull=False).exists()
            assert Action.objects.open().slipped(3).exists()
            assert Enquiry.objects.overdue(MONDAY).exists()
            assert Enquiry.objects.redirected().exists()
            assert Enquiry.objects.open().filter(reopenings__isnull=False).exists()
            assert Enquiry.objects.filter(marking=2).exclude(handling="").exists()
            assert Submission.objects.awaiting().exists()
            assert Submission.objects.returned().exists()
            assert Delivery.objects.sent_between(MONDAY - timedelta(days=90), MONDAY).exists()
            assert Conversation.objects.unanswered().exists()
            assert Occurrence.objects.on_day(clock.day_of(MONDAY)).exists()
            assert Occurrence.objects.on_day(clock.day_of(MONDAY) + timedelta(days=1)).count() > 1
            assert ImportItem.objects.count() == 0


def _every_text():
    """Every text of every row that the house keeps."""
    with scope.acting_as_system("test"):
        for model in apps.get_models():
            if not model.__module__.startswith("privateoffice."):
                continue
            kinds = (models.CharField, models.TextField, models.JSONField)
            fields = [field.attname for field in model._meta.concrete_fields if isinstance(field, kinds)]
            for row in model._default_manager.values_list(*fields) if fields else ():
                yield " \n ".join(map(str, row))


def _contrast_with_white(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05)


@pytest.mark.slow
@pytest.mark.django_db
def test_all_of_it_loads_and_says_how_long_each_part_took(capsys):
    seconds = load()
    with capsys.disabled():
        print({part: round(took, 1) for part, took in seconds.items()}, "in all", round(seconds.total(), 1))  # noqa: T201
    with scope.acting_as_system("test"):
        assert 850 <= Person.objects.count() <= 950
        assert Enquiry.objects.count() >= 3000
    assert not list(audit.verify())
