"""A holding reply: one press drafts it, it goes as any draft, and only when it was sent does it count."""

from datetime import date

import pytest
from django.test import Client

from privateoffice.foundations.clock import clock
from privateoffice.foundations.offices import scope
from privateoffice.rooms.following import services
from privateoffice.rooms.following.models import HoldingReply, Promise
from privateoffice.rooms.following.tests.scenes import (
    MONDAY,
    accept_all,
    at,
    came,
    clock_of,
    days_of,
    from_member,
    out,
    seen,
    sent,
)
from privateoffice.spine.approvals import services as approvals
from privateoffice.spine.approvals.models import Submission
from privateoffice.spine.correspondence.models import Ask
from privateoffice.spine.correspondence.tests.letters import OURS, letter
from privateoffice.spine.letters import services as letters
from privateoffice.spine.letters.models import Draft, Template

PUBLIC = "N. Prest <n.prest@example.org>"
LATER = date(2026, 12, 2)


@pytest.fixture
def public(cast, tmp_path):
    """A letter of the public, of which the reply is due tomorrow."""
    with at(date(2026, 11, 10)):
        came(cast, tmp_path, letter("The pilot", "What became of it?", sender=PUBLIC, days_ago=0, message_id="q"))
    with at(MONDAY):
        yield


def held(cast, **said) -> tuple[HoldingReply, Draft]:
    with seen(cast):
        made = services.hold(clock_of(cast), **said)
        return made, Draft.objects.get(reference=made.draft)


def test_it_is_drafted_with_reference_and_a_new_day_and_settles_nothing(cast, public):
    made, draft = held(cast)
    assert (made.promised_on, draft.subject, draft.answers) == (date(2026, 12, 8), "Re: The pilot", [])
    assert draft.to == [["N. Prest", "n.prest@example.org"]]
    assert draft.text.splitlines()[2:5:2] == [
        f"Thank you for your letter of 10 November 2026. Our reference is {clock_of(cast).record.reference}; "
        "please quote it if you write again.",
        "It is being looked into, and you will have a reply by 8 December 2026. If that day cannot be kept, "
        "we shall write to you before then.",
    ]
    assert held(cast)[0] == made, "a second press opens the same draft"


def test_while_the_day_is_well_ahead_it_promises_that_day_and_only_acknowledges(cast, public, tmp_path):
    came(cast, tmp_path, from_member())
    with seen(cast):
        one = clock_of(cast, kind="mp")
        assert services.day_proposed(one) == clock.day_of(one.reply_by) == date(2026, 12, 7)


def test_once_sent_it_acknowledges_and_the_new_day_is_kept_with_the_reason(cast, public):
    made, draft = held(cast, promised_on=LATER, reason="The unit is at court")
    assert (days_of(clock_of(cast))[1], clock_of(cast).acknowledged_at) == (date(2026, 11, 24), None)
    delivery = sent(cast, draft)
    services.follow_record(delivery)
    one = clock_of(cast)
    with seen(cast):
        [kept] = Promise.objects.all()
        made.refresh_from_db()
        assert (kept.reason, kept.holding, made.delivery) == ("The unit is at court", made, delivery.reference)
        assert (days_of(one), one.is_running) == ((date(2026, 11, 12), LATER, None), True)
        assert (one.acknowledged_at, Ask.objects.get().is_open) == (made.sent_at, True)
    services.follow_record(delivery)
    assert services.follow_all(cast.homicide) == 0
    with seen(cast):
        assert Promise.objects.count() == 1


def test_what_the_announcement_missed_is_found_by_the_job(cast, public):
    _, draft = held(cast, promised_on=LATER)
    sent(cast, draft)
    assert services.follow_all(cast.homicide) == 1
    assert days_of(clock_of(cast))[1] == LATER


def test_its_copy_in_sent_items_is_no_reply(cast, public, tmp_path):
    _, draft = held(cast, promised_on=LATER)
    delivery = sent(cast, draft)
    services.follow_record(delivery)
    key = delivery.message_id.strip("<>")
    raw = letter(
        "Re: The pilot", draft.text, sender=OURS, to=PUBLIC, days_ago=0, in_reply_to="<q@northmere.example.org>"
    )
    head, _, rest = raw.partition(b"Message-ID: <")
    came(cast, tmp_path, head + b"Message-ID: <" + key.encode() + b">" + rest[rest.index(b">") + 1 :])
    assert (clock_of(cast).is_running, days_of(clock_of(cast))[1]) == (True, LATER)


def test_to_a_member_it_waits_for_the_commander_like_any_letter(cast, tmp_path):
    with at(MONDAY):
        came(cast, tmp_path, from_member())
        _, draft = held(cast, promised_on=date(2026, 12, 9))
        with seen(cast):
            accept_all(draft)
            draft.refresh_from_db()
            gone = letters.dispatch(draft, seen=draft.version)
            assert gone.submission
        assert clock_of(cast).acknowledged_at is None
        with scope.acting(cast.commander, office=cast.homicide):
            submission = Submission.objects.get(reference=gone.submission)
            approvals.approve(submission, fingerprint=submission.offer.fingerprint)
        services.follow_record(out(cast, gone.delivery))
        assert days_of(clock_of(cast))[1] == date(2026, 12, 9)


def test_the_day_is_changed_in_the_text_too_until_it_goes(cast, public):
    made, draft = held(cast, promised_on=LATER)
    with seen(cast):
        services.change_holding(made, promised_on=date(2026, 12, 4), reason="Two days more")
        draft.refresh_from_db()
        assert ("4 December 2026" in draft.text, "2 December 2026" in draft.text) == (True, False)
        with pytest.raises(services.TooLate):
            services.change_holding(made, promised_on=date(2027, 1, 29), reason="x")
    sent(cast, draft)
    with seen(cast), pytest.raises(services.AlreadySent):
        services.change_holding(made, promised_on=LATER, reason="x")


def test_where_its_text_names_another_day_nothing_is_guessed(cast, public):
    made, draft = held(cast, promised_on=LATER)
    with seen(cast):
        letters.write(draft, seen=draft.version, text="Dear N. Prest\n\nBy 3 December 2026, I hope.")
    services.follow_record(sent(cast, draft))
    one = clock_of(cast)
    with seen(cast):
        made.refresh_from_db()
        assert (made.is_kept_to, Promise.objects.count()) == (False, 0)
    assert (days_of(one)[1], one.acknowledged_at is None) == (date(2026, 11, 24), False)
    client = Client()
    client.force_login(cast.pa)
    assert "Which day was promised?" in client.get(one.record.get_absolute_url()).content.decode()


def test_the_offices_own_template_is_used_with_its_fields(cast, public):
    with seen(cast):
        letters.keep_template(
            name="Holding reply",
            subject="Your letter",
            text="Ref {reference}, by {promised}.",
            sender_as="own",
            form="mail",
        )
        assert Template.objects.count() == 1
    _, draft = held(cast, promised_on=LATER)
    assert (draft.subject, draft.text) == (
        "Your letter",
        f"Ref {clock_of(cast).record.reference}, by 2 December 2026.",
    )


def test_a_draft_that_is_given_up_promises_nothing_and_another_can_be_begun(cast, public):
    made, draft = held(cast)
    with seen(cast):
        letters.give_up(draft)
    again, _ = held(cast)
    assert again.draft != made.draft
    assert clock_of(cast).acknowledged_at is None


def test_what_has_been_answered_is_not_held(cast, public):
    with seen(cast):
        services.set_kind(clock_of(cast), kind="none")
        with pytest.raises(services.NotRunning):
            services.hold(clock_of(cast))
