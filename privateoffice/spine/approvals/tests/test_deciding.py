"""Deciding on what was offered."""

from datetime import timedelta

import pytest

from privateoffice.foundations.audit.models import Entry
from privateoffice.foundations.clock import clock
from privateoffice.foundations.offices import scope
from privateoffice.foundations.offices.policy import Refused
from privateoffice.spine.approvals import policy, services
from privateoffice.spine.approvals.models import Approval, Submission, in_groups
from privateoffice.spine.approvals.services import deciding
from privateoffice.spine.approvals.tests.samples import offered


@pytest.fixture
def letter(cast):
    with scope.acting(cast.pa, office=cast.homicide):
        return offered()


def acting(user, cast):
    return scope.acting(user, office=cast.homicide)


def standing(submission, cast):
    with acting(cast.pa, cast):
        return services.standing_approval(submission)


def approve(submission):
    return services.approve(submission, fingerprint=submission.offer.fingerprint)


def states(cast):
    with acting(cast.pa, cast):
        asked = Submission.objects
        return {
            name: [each.title for each in getattr(asked, name)()] for name in ("awaiting", "returned", "approved")
        }


def test_an_approval_stands_for_exactly_what_was_seen(letter, cast):
    assert standing(letter, cast) is None
    with acting(cast.commander, cast):
        approval = approve(letter)
    assert standing(letter, cast) == approval
    assert (approval.approver, approval.role) == (cast.commander.person, "commander")
    assert states(cast) == {"awaiting": [], "returned": [], "approved": [letter.title]}


def test_approving_twice_is_once(letter, cast):
    with acting(cast.commander, cast):
        assert approve(letter) == approve(letter)
        assert Approval.objects.count() == 1
        assert Entry.objects.filter(verb="approvals.approve").count() == 1


def test_another_fingerprint_than_the_stored_one_is_refused(letter, cast):
    with acting(cast.commander, cast), pytest.raises(services.NotAsSeen):
        services.approve(letter, fingerprint="0" * 64)
    assert standing(letter, cast) is None


def test_many_are_approved_and_the_bad_one_is_named(cast):
    with acting(cast.pa, cast):
        first, second, third = (offered(title=f"Letter {number}") for number in (1, 2, 3))
    with acting(cast.commander, cast):
        seen = [(each, each.offer.fingerprint) for each in (first, second, third)]
        services.return_with_note(second, note="Wrong name")
        decided = services.approve_many(seen)
    assert [(each.submission, bool(each.approval), each.refusal) for each in decided] == [
        (first, True, ""),
        (second, False, "It was returned, withdrawn or sent meanwhile."),
        (third, True, ""),
    ]


def test_a_return_carries_its_note_and_a_new_version_goes_up_again(letter, cast):
    with acting(cast.commander, cast):
        services.return_with_note(letter, note="Say when we met them")
        with pytest.raises(services.NotOffered):
            services.approve(letter, fingerprint=letter.latest_offer.fingerprint)
    assert states(cast) == {"awaiting": [], "returned": [letter.title], "approved": []}
    with acting(cast.pa, cast):
        assert letter.latest_offer.ending.note == "Say when we met them"
        services.amend(letter, seen=letter.version, text="Dear Ms Prestwood\n\nWe met them on 12 November.")
        offer = letter.offer
        assert (offer.number, offer.recipients.count(), offer.attachments.get().name) == (2, 2, "annex.pdf")
    assert states(cast) == {"awaiting": [letter.title], "returned": [], "approved": []}


def test_any_change_after_approval_voids_it(letter, cast):
    with acting(cast.commander, cast):
        approval = approve(letter)
    with acting(cast.pa, cast):
        services.amend(letter, seen=letter.version, text="Dear Ms Prestwood")
        approval.refresh_from_db()
        assert str(approval.void) == "It was changed after approval"
    assert standing(letter, cast) is None
    assert states(cast)["awaiting"] == [letter.title]


def test_a_withdrawn_item_is_closed_and_its_approval_falls(letter, cast):
    with acting(cast.commander, cast):
        approve(letter)
    with acting(cast.pa, cast):
        services.withdraw(letter, reason="They telephoned instead")
        assert letter.closing.outcome == "withdrawn"
        with pytest.raises(services.NotOffered):
            services.amend(letter, seen=letter.version, text="Again")
    assert standing(letter, cast) is None
    assert states(cast) == {"awaiting": [], "returned": [], "approved": []}


@pytest.mark.hostile("F07")
def test_whoever_drafted_a_letter_may_not_approve_it(cast):
    with acting(cast.commander, cast):
        own_letter, own_mail = offered(), offered(item_class="mail")
        with pytest.raises(policy.SamePerson):
            approve(own_letter)
        assert approve(own_mail).approver == cast.commander.person


def test_a_pa_and_whoever_stands_in_may_not_approve(letter, cast):
    with acting(cast.pa, cast), pytest.raises(Refused):
        approve(letter)
    cover = cast.cover()
    cover.role = "commander"
    cover.save()
    with acting(cast.outsider, cast), pytest.raises(policy.MayNotApprove):
        approve(letter)
    with scope.acting_as_system("robot", office=cast.homicide), pytest.raises(policy.MayNotApprove):
        approve(letter)


def test_an_approval_on_paper_is_recorded_by_somebody_who_did_not_draft_it(letter, cast):
    with acting(cast.pa, cast):
        printed = in_groups(letter.offer.fingerprint).upper()
    words = {
        "fingerprint": printed,
        "approver": cast.commander.person,
        "scan": b"%PDF-1.4 signed",
        "signed_on": clock.today(),
    }
    with acting(cast.pa, cast), pytest.raises(policy.SamePerson):
        services.record_paper_approval(letter, **words)
    with acting(cast.staff_officer, cast):
        with pytest.raises(deciding.NotAScan):
            services.record_paper_approval(letter, **{**words, "scan": b"MZ"})
        with pytest.raises(policy.MayNotApprove):
            services.record_paper_approval(letter, **{**words, "approver": cast.reader.person})
        with pytest.raises(services.NotAsSeen):
            services.record_paper_approval(letter, **{**words, "fingerprint": "9f2c 41ab"})
        approval = services.record_paper_approval(letter, **words)
        with pytest.raises(services.NotOffered, match="approved already"):
            services.record_paper_approval(letter, **words)
    assert (approval.is_on_paper, approval.recorder, approval.approver) == (
        True,
        cast.staff_officer.person,
        cast.commander.person,
    )
    assert standing(letter, cast) == approval


def test_a_delegation_lets_the_staff_officer_approve_within_its_dates(letter, cast):
    now = clock.now()
    with acting(cast.staff_officer, cast), pytest.raises(policy.MayNotApprove):
        approve(letter)
    with acting(cast.commander, cast):
        services.delegate(
            cast.staff_officer.person,
            item_classes=["letter"],
            starts_at=now - timedelta(days=9),
            ends_at=now - timedelta(seconds=1),
        )
    with acting(cast.staff_officer, cast), pytest.raises(policy.MayNotApprove):
        approve(letter)
    with acting(cast.commander, cast):
        given = services.delegate(
            cast.staff_officer.person, item_classes=["letter"], starts_at=now, ends_at=now + timedelta(days=7)
        )
    with acting(cast.staff_officer, cast):
        approval = approve(letter)
    assert (approval.delegation, approval.role) == (given, "staff_officer")
    with acting(cast.pa, cast):
        other = offered(title="Another")
    with acting(cast.commander, cast):
        services.revoke_delegation(given)
    with acting(cast.staff_officer, cast), pytest.raises(policy.MayNotApprove):
        approve(other)
    assert standing(letter, cast) == approval


def test_another_office_sees_none_of_it(letter, cast):
    with scope.acting(cast.outsider, office=cast.proactive):
        assert list(Submission.objects.all()) == []
        with pytest.raises(Refused):
            services.withdraw(letter)
