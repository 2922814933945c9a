"""One view for each act on an enquiry: find it, ask the form, perform one verb, go back to it."""

from functools import partial

from django.views.decorators.http import require_POST

from privateoffice.foundations.clock import clock
from privateoffice.foundations.offices.views import does
from privateoffice.foundations.records import services as records
from privateoffice.foundations.records.pages import find
from privateoffice.foundations.ui.acts import Manner, act_at_once, act_page
from privateoffice.rooms.enquiries import forms, services
from privateoffice.rooms.enquiries.models import Enquiry

MANNER = Manner(
    template="enquiries/act.html",
    refusals=(
        records.AlreadyClosed,
        records.NotClosed,
        services.AlreadyAcknowledged,
        services.AlreadyRedirected,
        services.IsClosed,
        services.NotRedirected,
        services.TooLate,
    ),
    names={"title": "Title", "asked": "What they ask"},
)
_act = partial(act_page, manner=MANNER)


def _found(year: int, number: int) -> Enquiry:
    return find(Enquiry.objects.for_list(), year, number)


@does("enquiries.acknowledge")
def acknowledgement(request, year, number):
    enquiry = _found(year, number)
    form = forms.AcknowledgementForm(request.POST or None, initial={"how": enquiry.channel})
    return _act(
        request,
        enquiry,
        form,
        lambda said: services.acknowledge(enquiry, **said),
        heading="Tell the caller that we have it",
        button="They were told",
        said="Acknowledged.",
    )


@does("enquiries.resolve")
def resolution(request, year, number):
    enquiry = _found(year, number)
    return _act(
        request,
        enquiry,
        forms.ResolutionForm(request.POST or None),
        lambda said: services.resolve(enquiry, **said),
        heading="Resolve with an answer",
        button="Resolve",
        said="Resolved. The answer is on the record.",
    )


@does("enquiries.redirect")
def redirection(request, year, number):
    enquiry = _found(year, number)
    form = forms.RedirectionForm(request.POST or None)
    return _act(
        request,
        enquiry,
        form,
        lambda said: services.redirect(enquiry, unit=form.unit_chosen(), note=said["note"]),
        heading="Re-direct to another unit",
        button="Re-direct",
        said="Re-directed. It stays open here until they accept.",
    )


@does("enquiries.accept")
def acceptance(request, year, number):
    enquiry = _found(year, number)
    return _act(
        request,
        enquiry,
        forms.AcceptanceForm(request.POST or None),
        lambda said: services.accept(enquiry, **said),
        heading="The unit has accepted it",
        button="They have it",
        said="Accepted there, and closed here.",
    )


@does("enquiries.recall")
def recall(request, year, number):
    enquiry = _found(year, number)
    return _act(
        request,
        enquiry,
        forms.ReasonForm(request.POST or None),
        lambda said: services.recall(enquiry, **said),
        heading="Take it back",
        button="Take it back",
        said="Back with us.",
    )


@require_POST
@does("enquiries.chase")
def chaser(request, year, number):
    enquiry = _found(year, number)
    said = "The unit was chased. The next chaser is planned."
    return act_at_once(request, enquiry, lambda: services.chase(enquiry), manner=MANNER, said=said)


@does("enquiries.reopen")
def reopening(request, year, number):
    enquiry = _found(year, number)
    return _act(
        request,
        enquiry,
        forms.ReasonForm(request.POST or None),
        lambda said: services.reopen(enquiry, **said),
        heading="Open it again",
        button="Open again",
        said="Open again.",
    )


@does("enquiries.promise")
def promise(request, year, number):
    enquiry = _found(year, number)
    return _act(
        request,
        enquiry,
        forms.PromiseForm(request.POST or None),
        lambda said: services.promise(
            enquiry, due_at=clock.moment(said["due_on"], "17:30"), reason=said["reason"]
        ),
        heading="Change the reply date",
        button="Change the date",
        said="The reply date is changed; the old one is kept.",
    )


@does("enquiries.reclassify")
def kind(request, year, number):
    enquiry = _found(year, number)
    return _act(
        request,
        enquiry,
        forms.KindForm(request.POST or None, initial={"kind": enquiry.enquiry_kind}),
        lambda said: services.reclassify(enquiry, **said),
        heading="Change the kind",
        button="Change the kind",
        said="The kind is changed, and its clocks count from receipt.",
    )


@does("enquiries.pass_on")
def owner(request, year, number):
    enquiry = _found(year, number)
    return _act(
        request,
        enquiry,
        forms.OwnerForm(request.POST or None, initial={"role": enquiry.owner_role, "person": enquiry.owner}),
        lambda said: services.pass_on(enquiry, **said),
        heading="Pass it on",
        button="Pass on",
        said="Passed on.",
    )


@does("enquiries.note")
def note(request, year, number):
    enquiry = _found(year, number)
    return _act(
        request,
        enquiry,
        forms.NoteForm(request.POST or None),
        lambda said: services.note(enquiry, **said),
        heading="Add a note",
        button="Add the note",
        said="Noted.",
    )


@does("enquiries.split")
def split(request, year, number):
    enquiry = _found(year, number)
    form = forms.SplitForm(request.POST or None, initial={"kind": enquiry.enquiry_kind})
    return _act(
        request,
        enquiry,
        form,
        lambda said: services.split(enquiry, **said),
        heading="Split off a second question",
        button="Split",
        said="Split. Both are open, and linked.",
    )


@does("enquiries.correct")
def correction(request, year, number):
    enquiry = _found(year, number)
    initial = {"seen": enquiry.version, "title": enquiry.title, "asked": enquiry.asked}
    return _act(
        request,
        enquiry,
        forms.CorrectionForm(request.POST or None, initial=initial),
        lambda said: services.correct(enquiry, **said),
        heading="Correct what was typed",
        button="Save",
        said="Corrected. The earlier text is kept.",
    )
