"""One view for each act on a submission: ask the form, perform one verb, go back."""

from collections.abc import Callable
from typing import Any

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from privateoffice.foundations.clock import clock
from privateoffice.foundations.offices.views import does
from privateoffice.foundations.records import services as records
from privateoffice.foundations.records.pages import find
from privateoffice.foundations.ui import toasts
from privateoffice.spine.approvals import forms, policy, services
from privateoffice.spine.approvals.models import Offer, Submission, Unfit, frozen
from privateoffice.spine.approvals.services import NotAScan

REFUSALS = (
    services.ManyInTheOpen,
    services.NotAsSeen,
    services.NotOffered,
    NotAScan,
    Unfit,
    frozen.TooLarge,
    policy.SamePerson,
    records.ChangedMeanwhile,
)


def _act(
    request: HttpRequest,
    form: Form,
    perform: Callable[[], Any],
    *,
    title: str,
    button: str,
    done: str,
    submission: Submission | None = None,
) -> HttpResponse:
    """The page of one act. A refusal stands above what was typed, and nothing of that is lost."""
    refusal = ""
    if form.is_valid():
        try:
            made = perform()
        except REFUSALS as fault:
            refusal = str(fault)
        else:
            toasts.say(request, done)
            return redirect(submission or made)
    shown = {"form": form, "title": title, "button": button, "refusal": refusal, "submission": submission}
    if submission:
        shown |= {"marking": submission.marking, "handling": submission.handling}
    status = 409 if refusal else 422 if form.is_bound and not form.is_valid() else 200
    return render(request, "approvals/act.html", shown, status=status)


def _found(year: int, number: int) -> Submission:
    return find(Submission.objects.all(), year, number)


@does("approvals.offer")
def new(request):
    """A new item for approval."""
    form = forms.OfferForm(request.POST or None, request.FILES or None)
    sender = services.commander_of(request.office)
    return _act(
        request,
        form,
        lambda: services.offer(sender=sender, **form.said),
        title="Offer for approval",
        button="Offer it",
        done="Offered. It waits for the Commander.",
    )


@require_POST
@does("approvals.approve")
def approval(request, year, number):
    """Approve exactly the version whose fingerprint was shown."""
    submission = _found(year, number)
    seen = request.POST.get("seen") or request.GET.get("seen", "")
    try:
        services.approve(submission, fingerprint=seen)
    except (services.NotAsSeen, services.NotOffered) as refusal:
        shown = {"refusal": str(refusal), "submission": submission, "title": "This was not approved"}
        return render(request, "approvals/refused.html", shown | _marked(submission), status=409)
    toasts.say(request, f"Approved: {submission.title}. It goes out within a minute.")
    return redirect("approvals:approvals", office=request.office.slug)


@require_POST
@does("approvals.approve")
def many(request):
    """Approve each that was ticked, with the fingerprint shown beside it; say which were not."""
    decided = services.approve_many(_ticked(request.POST.getlist("item")))
    refused = [each for each in decided if not each.approval]
    if not refused:
        toasts.say(request, f"Approved: {len(decided)}. They go out within a minute.")
        return redirect("approvals:approvals", office=request.office.slug)
    return render(request, "approvals/many.html", {"decided": decided, "refused": refused}, status=409)


def _ticked(values: list[str]) -> list[tuple[Submission, str]]:
    """Each box carries `2026/142/fingerprint`; what is out of scope or no such thing is left out."""
    found = []
    for value in values:
        year, number, seen = [*value.split("/"), "", ""][:3]
        if year.isdecimal() and number.isdecimal():
            submission = Submission.objects.numbered(int(year), int(number)).first()
            found += [(submission, seen)] if submission else []
    return found


@does("approvals.return")
def return_(request, year, number):
    submission = _found(year, number)
    form = forms.NoteForm(request.POST or None, initial={"fingerprint": request.GET.get("seen", "")})
    return _act(
        request,
        form,
        lambda: services.return_with_note(submission, **form.cleaned_data),
        title="Return with a note",
        button="Return it",
        done="Returned with your note.",
        submission=submission,
    )


@does("approvals.amend")
def amendment(request, year, number):
    submission = _found(year, number)
    form = forms.AmendForm(request.POST or None, request.FILES or None, initial=_as_it_was(submission))
    return _act(
        request,
        form,
        lambda: services.amend(submission, **form.said),
        title="Change it and offer it again",
        button="Offer this version",
        done="Offered again. What was approved before no longer counts.",
        submission=submission,
    )


@does("approvals.withdraw")
def withdrawal(request, year, number):
    submission = _found(year, number)
    form = forms.ReasonForm(request.POST or None)
    return _act(
        request,
        form,
        lambda: services.withdraw(submission, **form.cleaned_data),
        title="Withdraw it",
        button="Withdraw",
        done="Withdrawn. It will not go out.",
        submission=submission,
    )


@does("approvals.record_paper")
def paper(request, year, number):
    submission = _found(year, number)
    form = forms.PaperApprovalForm(
        request.POST or None, request.FILES or None, initial={"signed_on": clock.today()}
    )
    return _act(
        request,
        form,
        lambda: services.record_paper_approval(submission, **form.cleaned_data),
        title="Record an approval on paper",
        button="Record it",
        done="Recorded. It goes out as it was signed.",
        submission=submission,
    )


def _as_it_was(submission: Submission) -> dict[str, Any]:
    """The last version, as the form shows it."""
    offer = submission.latest_offer
    return {
        "seen": submission.version,
        "title": submission.title,
        "summary": submission.summary,
        "recommendation": submission.recommendation,
        "due_on": clock.day_of(submission.due_at) if submission.due_at else None,
        "subject": offer.subject,
        "text": offer.text,
        **{kind: _lines(offer, kind) for kind in ("to", "cc", "bcc")},
    }


def _lines(offer: Offer, kind: str) -> str:
    people = [person for person in offer.recipients.all() if person.kind == kind]
    return "\n".join(f"{person.name} <{person.address}>" if person.name else person.address for person in people)


def _marked(submission: Submission) -> dict[str, Any]:
    return {"marking": submission.marking, "handling": submission.handling}
