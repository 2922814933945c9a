"""The pages of drafts: the list, one as it is written, what goes with it, and letting it go."""

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from privateoffice.foundations.clock import clock, words
from privateoffice.foundations.offices import policy
from privateoffice.foundations.offices.views import does
from privateoffice.foundations.printing import NotPrinted
from privateoffice.foundations.quarantine.reader import Unreadable
from privateoffice.foundations.records import services as records
from privateoffice.foundations.records.pages import find, matters_of
from privateoffice.foundations.records.story import story_of
from privateoffice.foundations.ui import toasts
from privateoffice.foundations.ui.acts import Manner, act_page, sentence_of
from privateoffice.spine.approvals.models import Unfit, frozen
from privateoffice.spine.correspondence.models import Ask, Conversation
from privateoffice.spine.letters import forms, services
from privateoffice.spine.letters.models import Draft, Form, StandardLine, Template

A_PAGE = 50
MANNER = Manner(
    template="letters/draft.html",
    refusals=(services.OnTheWay,),
    names={"to": "To", "cc": "Copy", "text": "Text", "subject": "Subject"},
)
NOT_WORDED = (services.NoLetterhead, Unreadable, frozen.Altered)
REFUSALS = (
    services.NotYetFit,
    services.MayNotGo,
    services.OnTheWay,
    Unfit,
    frozen.TooLarge,
    NotPrinted,
    *NOT_WORDED,
)


@require_safe
@does("letters.view")
def drafts(request):
    """What is written on, and what is on its way."""
    open_ones = Draft.objects.open().prefetch_related("dispatches").order_by("-made_at", "-pk")
    page = Paginator(open_ones, A_PAGE).get_page(request.GET.get("page"))
    shown = {
        "page": page,
        "rows": [_row(draft) for draft in page],
        "templates": Template.objects.filter(withdrawn_at=None),
        "may_keep": policy.allows("letters.keep_line"),
        "marking": 1,
    }
    return render(request, "letters/drafts.html", shown)


def _row(draft: Draft) -> dict[str, Any]:
    gone = next((one for one in draft.dispatches.all() if one.ended_at is None), None)
    back = next((one for one in draft.dispatches.all() if one.ended_at), None)
    word = "On its way" if gone else "Came back" if back else "Being written"
    to = ", ".join(name or address for name, address in draft.to[:2])
    return {
        "key": draft.reference,
        "title": draft.title,
        "url": draft.get_absolute_url(),
        "why": f"{word}. {back.why_ended if back and not gone else ''} To {to or 'nobody yet'}".replace(
            ".  ", ". "
        ),
        "word": word,
        "standing": "waiting" if gone else "soon" if back else "well",
        "when": words.near(draft.made_at),
        "whose": draft.get_sender_as_display(),
        "reference": draft.reference,
        "is_sensitive": draft.is_sensitive,
        "acts": [],
    }


@require_POST
@does("letters.begin")
def begin(request):
    """A new draft: empty, from a template, or an answer to what a mail asks."""
    template = None
    if asked := request.POST.get("template") or request.GET.get("template", ""):
        template = get_object_or_404(Template, pk=asked if asked.isdecimal() else 0, withdrawn_at=None)
    if name := request.GET.get("ask"):
        ask = Ask.objects.called(name).select_related("record__office", "message__record__office").first()
        if ask is None:
            raise Http404
        how = request.GET.get("how", "reply")
        return redirect(services.answer(ask, how=how if how in ("all", "forward") else "reply", template=template))
    return redirect(services.begin(template=template))


@does("letters.write")
def draft(request, year, number):
    """One draft. Whoever saves second is shown both, and neither is lost."""
    one = found(year, number)
    services.follow(one)
    one = Draft.objects.get(pk=one.pk)
    form = forms.DraftForm(request.POST or None, initial=forms.initial_of(one))
    if request.method == "POST":
        said = "Saved."
        return act_page(
            request,
            one,
            form,
            lambda typed: services.write(one, **form.said),
            manner=MANNER,
            heading=one.title,
            button="Save",
            said=said,
        )
    shown = {"form": form, "people": services.people_to_suggest()}
    return render(request, "letters/draft.html", _shown(one) | shown)


def found(year: int, number: int) -> Draft:
    """The draft that an address names."""
    return find(Draft.objects.select_related("drafter"), year, number)


def _shown(one: Draft) -> dict[str, Any]:
    """What the page of a draft shows beside its form."""
    asked = _what_is_answered(one)
    lines = StandardLine.objects.standing(clock.today())
    findings = services.findings_on(one)
    return {
        "draft": one,
        "record": one,
        "gone": one.dispatch,
        "back": one.dispatches.filter(ended_at__isnull=False).first(),
        "is_closed": not one.is_open,
        "marking": one.marking,
        "handling": one.handling,
        "findings": findings,
        "stopped": sum(finding.stops for finding in findings),
        "ruling": services.ruling_on(one.office, one.recipients, one.sender_as) if one.recipients else None,
        "files": list(one.files.all()),
        "files_form": forms.FilesForm(),
        "kept": services.kept_with(one),
        "fitting": services.fitting(lines, f"{asked} {one.subject} {one.text}"),
        "asked": asked,
        "conversation": Conversation.objects.filter(reference=one.answered_in).first()
        if one.answered_in
        else None,
        "story": story_of(one)[:12],
        "matters": matters_of(one),
        "button": "Save",
        "heading": one.title,
    }


def _what_is_answered(one: Draft) -> str:
    asks = [Ask.objects.called(name).select_related("message").first() for name in one.answers[:5]]
    return "\n\n".join(ask.text[:10_000] for ask in asks if ask)


@require_safe
@does("letters.view")
def letter(request, year, number):
    """The draft as the letter that it would be."""
    one = found(year, number)
    name = one.reference.replace("/", "-")
    try:
        if one.form == Form.WORD:
            return download(services.in_word(one), f"{name}.docx")
        return download(services.printed(one), f"{name}.pdf")
    except (NotPrinted, *NOT_WORDED) as fault:
        toasts.say(request, sentence_of(fault))
        return redirect(one)


def download(data: bytes, name: str) -> HttpResponse:
    """Bytes as a file to save, never to be opened inside our own pages."""
    answer = HttpResponse(data, content_type="application/octet-stream")
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    answer.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return answer


@require_POST
@does("letters.write")
def line(request, year, number, line):
    """Put an agreed line in."""
    one = found(year, number)
    standing = get_object_or_404(StandardLine.objects.standing(clock.today()), pk=line)
    services.put_in(one, standing)
    toasts.say(request, f"Put in: {standing.title}. It can be changed like the rest.")
    return redirect(one)


@require_POST
@does("letters.accept")
def acceptance(request, year, number):
    """Let something go in spite of a check, with the reason."""
    one = found(year, number)
    form = forms.ReasonForm(request.POST)
    about = [each for each in services.findings_on(one) if each.digest == request.POST.get("about")]
    if form.is_valid() and about:
        try:
            services.accept(one, finding=about[0], reason=form.cleaned_data["reason"])
        except services.MayNotBeAccepted as fault:
            toasts.say(request, sentence_of(fault))
    else:
        toasts.say(request, "Say why it may go.")
    return redirect("letters:going", office=request.office.slug, year=year, number=number)


@does("letters.dispatch")
def going(request, year, number):
    """What the checks found, who decides, and letting exactly this version go."""
    one = found(year, number)
    form = forms.DispatchForm(request.POST or None, initial={"seen": one.version})
    refusal = ""
    if form.is_valid():
        try:
            gone = services.dispatch(one, **form.cleaned_data)
        except (*REFUSALS, records.ChangedMeanwhile) as fault:
            refusal = sentence_of(fault)
        else:
            return _told(request, one, gone)
    shown = _shown(one) | {"form": form, "refusal": refusal, "sender": services.sender_of(one)}
    return render(request, "letters/going.html", shown, status=409 if refusal else 200)


def _told(request: HttpRequest, one: Draft, gone: Any) -> HttpResponse:
    if gone.submission:
        toasts.say(request, "It waits for the Commander. What it answers is pending until it is sent.")
    else:
        toasts.say(request, "It goes out in 20 seconds.", undo=f"{one.get_absolute_url()}recall/")
    return redirect("letters:drafts", office=request.office.slug)  # type: ignore[attr-defined]


@require_POST
@does("letters.dispatch")
def recall(request, year, number):
    """Call it back before it leaves."""
    one = found(year, number)
    try:
        services.recall(one)
    except services.TooLate as fault:
        toasts.say(request, sentence_of(fault))
    else:
        toasts.say(request, "Called back. You can write on it again.")
    return redirect(one)


@require_POST
@does("letters.give_up")
def end(request, year, number):
    one = found(year, number)
    try:
        services.give_up(one)
    except services.OnTheWay as fault:
        toasts.say(request, sentence_of(fault))
        return redirect(one)
    toasts.say(request, f"Given up: {one.title}")
    return redirect("letters:drafts", office=request.office.slug)
