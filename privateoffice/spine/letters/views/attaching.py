"""What goes with a draft: files that are chosen, and papers that the office holds already."""

from urllib.parse import urlencode

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from privateoffice.foundations.offices.views import does
from privateoffice.foundations.quarantine.reader import Unreadable
from privateoffice.foundations.records.pages import found_by_path, path_of
from privateoffice.foundations.scanning.services import Withheld
from privateoffice.foundations.ui import toasts
from privateoffice.foundations.ui.acts import sentence_of
from privateoffice.spine.approvals.models import frozen
from privateoffice.spine.letters import forms, services
from privateoffice.spine.letters.models import File
from privateoffice.spine.letters.views.drafts import download, found

NOT_ATTACHED = (services.OnTheWay, services.MarkedHigher, frozen.TooLarge, frozen.Altered, Unreadable, Withheld)


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


@require_safe
@does("letters.attach")
def papers(request, year, number):
    """Finding a paper that the office holds, to let it go with the draft."""
    one = found(year, number)
    form = forms.PapersForm(request.GET)
    text = form.cleaned_data["q"] if form.is_valid() else ""
    shown = {
        "draft": one,
        "marking": one.marking,
        "handling": one.handling,
        "text": text,
        "held": [(each, path_of(each.record)) for each in services.papers_held(one, text)],
    }
    return render(request, "letters/papers.html", shown)


@require_POST
@does("letters.attach")
def held_paper(request, year, number, place, held_year, held_number, key):
    """Let one of them go with the draft: as it is, with the draft marked like it, or with a reason."""
    one = found(year, number)
    record = found_by_path(f"{place}/{held_year}/{held_number}")
    form = forms.HeldPaperForm(request.POST)
    said = form.cleaned_data if form.is_valid() else {"is_raised": False, "reason": ""}
    try:
        services.attach_held(one, record=record, key=key, **said)
    except LookupError:
        raise Http404("There is no such paper") from None
    except NOT_ATTACHED as fault:
        toasts.say(request, sentence_of(fault))
        return redirect(f"{one.get_absolute_url()}papers/?{urlencode({'q': request.POST.get('q', '')[:200]})}")
    toasts.say(request, "Attached.")
    return redirect(one)


@require_POST
@does("letters.attach")
def kept_paper(request, year, number, message, place):
    """Let something that came with the mail go with the draft."""
    one = found(year, number)
    try:
        services.attach_kept(one, message=message, place=place)
    except LookupError:
        raise Http404("There is no such paper") from None
    except NOT_ATTACHED as fault:
        toasts.say(request, sentence_of(fault))
    else:
        toasts.say(request, "Attached.")
    return redirect(one)
