"""The pages of approvals: what is wanted, one submission, and the files that go with it."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from privateoffice.foundations.offices import policy as offices
from privateoffice.foundations.offices import scope
from privateoffice.foundations.offices.roles import Role
from privateoffice.foundations.offices.views import does
from privateoffice.foundations.records.pages import find
from privateoffice.foundations.records.story import story_of
from privateoffice.spine.approvals.models import Attachment, Submission, frozen
from privateoffice.spine.approvals.services import standing_approval
from privateoffice.spine.approvals.views import showing
from privateoffice.spine.approvals.views.changes import changes_of

MOST = 200
"""Of one list: more than this at once is not decided on one page."""


@require_safe
@does("approvals.view")
def approvals(request):
    """Decisions wanted for whoever decides; what is where for whoever drafts."""
    asked = Submission.objects.for_list()
    awaiting = list(asked.awaiting()[:MOST])
    mine = [each for each in awaiting if showing.may_decide(each, showing.standing(each))]
    theirs = [each for each in awaiting if each not in mine]
    return render(
        request,
        "approvals/approvals.html",
        {
            "decisions": [showing.decision(each) for each in mine],
            "decides": Role.COMMANDER in scope.current().roles or bool(mine),
            "returned": [showing.returned_row(each) for each in asked.returned()[:MOST]],
            "awaiting": [showing.awaiting_row(each) for each in theirs],
            "approved": [showing.approved_row(each) for each in asked.approved()[:MOST]],
            "may_offer": offices.allows("approvals.offer"),
            "marking": max((each.marking for each in mine), default=1),
            "handling": "; ".join(dict.fromkeys(each.handling for each in mine if each.handling)),
        },
    )


@require_safe
@does("approvals.view")
def submission(request, year, number):
    """One submission: the text as it will go, and the frame around everything that is bound."""
    found = find(Submission.objects.select_related("drafter"), year, number)
    offer = found.latest_offer
    approval = standing_approval(found)
    stands = offer.ending_id is None and found.is_open
    since, changes = changes_of(offer)
    return render(
        request,
        "approvals/submission.html",
        {
            "submission": found,
            "offer": offer,
            "since": since,
            "changes": changes,
            "files": list(offer.attachments.all()),
            "facts": showing.bound_facts(found, offer),
            "approval": approval,
            "approval_words": showing.approval_words(approval) if approval else "",
            "is_untouched": offer.is_untouched,
            "closing": found.closing,
            "stands": stands,
            "may_decide": stands and approval is None and showing.may_decide(found, offer),
            "may_offer": found.is_open and offices.allows("approvals.amend"),
            "may_record": stands and approval is None and offices.allows("approvals.record_paper"),
            "acts": showing.acts(found, offer),
            "due_standing": showing.standing_of(found),
            "earlier": list(found.offers.exclude(pk=offer.pk).select_related("ending", "offered_by")),
            "story": story_of(found),
            "marking": found.marking,
            "handling": found.handling,
        },
    )


@require_safe
@does("approvals.view")
def attachment(request, year, number, version, position):
    """One file that would go with a version, as it was frozen; never opened inside our own pages."""
    found = find(Submission.objects.all(), year, number)
    file = get_object_or_404(Attachment, submission=found, offer__number=version, position=position)
    try:
        data = file.data
    except frozen.Altered:
        raise Http404("The file is missing, or is no longer what it was") from None
    answer = HttpResponse(data, content_type="application/octet-stream")
    answer.headers["Content-Disposition"] = f'attachment; filename="{frozen.plain_name(file.digest, file.name)}"'
    answer.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return answer
