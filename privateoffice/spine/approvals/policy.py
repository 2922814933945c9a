"""Which roles may do what with submissions, and by what authority somebody approves one."""

from dataclasses import dataclass

from privateoffice.foundations.clock import clock
from privateoffice.foundations.offices import scope
from privateoffice.foundations.offices.policy import Refused
from privateoffice.foundations.offices.roles import Role
from privateoffice.spine.approvals.models import Delegation, Offer, Submission

OFFICE = (Role.PA, Role.STAFF_OFFICER, Role.COMMANDER)

ROLES = {
    "approvals.view": OFFICE,
    "approvals.offer": OFFICE,
    "approvals.amend": OFFICE,
    "approvals.withdraw": OFFICE,
    "approvals.approve": (Role.COMMANDER, Role.STAFF_OFFICER),
    "approvals.return": (Role.COMMANDER, Role.STAFF_OFFICER),
    "approvals.record_paper": (Role.PA, Role.STAFF_OFFICER),
    "approvals.delegate": (Role.COMMANDER,),
    "approvals.revoke": (Role.COMMANDER,),
    "approvals.discharge": OFFICE,
}

PHRASES = {
    "approvals.offer": "offered {record}, version {number}",
    "approvals.amend": "offered {record} again, version {number}",
    "approvals.withdraw": "withdrew {record}",
    "approvals.approve": "approved {record}, version {number}, fingerprint {fingerprint}",
    "approvals.return": "returned {record} with a note",
    "approvals.record_paper": "recorded that {approver} approved {record} on paper, version {number}",
    "approvals.void": "voided the approval of {record}: {reason}",
    "approvals.delegate": "let {person} approve {classes} from {starts} to {ends}",
    "approvals.revoke": "took back {person}'s leave to approve {classes}",
    "approvals.discharge": "recorded that {record} went out",
}


class MayNotApprove(Refused):
    """The person acting holds neither the role nor a delegation that stands for this class of item."""


class SamePerson(Refused):
    """Whoever drafted an item of this class may not approve it."""


@dataclass(frozen=True)
class Authority:
    """By what right somebody approves: a role of their own, or a delegation to them."""

    person_id: int
    role: str
    delegation: Delegation | None = None


def authority(submission: Submission, offer: Offer, acting: scope.Scope) -> Authority:
    """By what right the person acting may approve a version. Raises a refusal where there is none."""
    item = submission.declared_class
    if acting.person_id is None or acting.system:
        raise MayNotApprove("approvals.approve", "Only a person can approve.")
    if item.needs_two_people and acting.person_id in {submission.drafter_id, offer.offered_by_id}:
        raise SamePerson("approvals.approve", f"A {item.word} is approved by somebody who did not draft it.")
    own = set(acting.roles) & set(item.approvers)
    if own and not acting.is_cover:  # whoever stands in approves only where a delegation names them
        return Authority(acting.person_id, own.pop())
    delegation = _delegation(submission, acting)
    if delegation is None:
        raise MayNotApprove("approvals.approve", f"Approving a {item.word} is for the Commander.")
    return Authority(acting.person_id, (set(acting.roles) & set(item.delegates)).pop(), delegation)


def authority_to_return(submission: Submission, offer: Offer, acting: scope.Scope) -> None:
    """Refuse unless the person acting could approve the item, or drafted it."""
    try:
        authority(submission, offer, acting)
    except SamePerson:
        return


def may_decide(submission: Submission, offer: Offer | None) -> bool:
    """Whether the person acting could approve a version, for showing them the button."""
    try:
        return offer is not None and bool(authority(submission, offer, scope.current()))
    except Refused:
        return False


def _delegation(submission: Submission, acting: scope.Scope) -> Delegation | None:
    """The delegation that lets the person acting approve, if its giver could still approve themselves."""
    item, now = submission.declared_class, clock.now()
    if not set(acting.roles) & set(item.delegates):
        return None
    standing = Delegation.objects.standing(now).filter(office=submission.office_id, delegate=acting.person_id)
    for delegation in standing.select_related("given_by"):
        given_by = delegation.given_by.holdings.standing(now).filter(office=submission.office_id)
        if item.code in delegation.item_classes and given_by.filter(role__in=item.approvers).exists():
            return delegation
    return None
