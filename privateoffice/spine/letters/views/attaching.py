"""What goes with a draft: files that are chosen, and papers that the office holds already."""

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST, require_safe

from privateoffice.foundations.offices.views import does
from privateoffice.foundations.quarantine.reader import Unreadable
from privateoffice.foundations.ui import toasts
from privateoffice.foundations.ui.acts import sentence_of
from privateoffice.spine.approvals.models import frozen
from privateoffice.spine.correspondence.models import Message
from privateoffice.spine.letters import forms, services
from privateoffice.spine.letters.models import File
from privateoffice.spine.letters.views.drafts import download, found

NOT_ATTACHED = (services.OnTheWay, services.MarkedHigher, frozen.TooLarge, frozen.Altered, Unreadable)


@require_POST
@does("letters.attach")
def files(request, year, number):
    one = found(year, number)
    form = forms.FilesForm(request.POST, request.FILES)
    if form.is_valid() and form.cleaned_data["papers"]:
        try:
            for paper in form.cleaned_data["papers"]:
                services.attach(one, paper)
        except (services.OnTheWay, frozen.TooLarge) as fault:
            toasts.say(request, sentence_of(fault))
        else:
            toasts.say(request, "Attached.")
    else:
        toasts.say(request, "Nothing was attached: choose up to 20 files of up to 25 MB each.")
    return redirect(one)


@require_POST
@does("letters.attach")
def file_removal(request, year, number, digest):
    one = found(year, number)
    services.take_off(one, get_object_or_404(File, draft=one, digest=digest))
    toasts.say(request, "It no longer goes with the draft.")
    return redirect(one)


@require_safe
@does("letters.view")
def file(request, year, number, digest):
    """One file as it was attached; never opened inside our own pages."""
    one = get_object_or_404(File, draft=found(year, number), digest=digest)
    try:
        return download(one.data, frozen.plain_name(one.digest, one.name))
    except frozen.Altered:
        raise Http404("The file is missing, or is no longer what it was") from None


@require_POST
@does("letters.attach")
def kept_paper(request, year, number, message, place):
    """Let something that came with the mail go with the draft."""
    one = found(year, number)
    try:
        services.attach_kept(one, message=message, place=place)
    except (Message.DoesNotExist, IndexError):
        raise Http404("There is no such paper") from None
    except NOT_ATTACHED as fault:
        toasts.say(request, sentence_of(fault))
    else:
        toasts.say(request, "Attached.")
    return redirect(one)
