"""The pages of enquiries: the list, one of them, a new one, and the figures."""

from datetime import timedelta

from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from privateoffice.foundations.clock import clock, words
from privateoffice.foundations.offices import policy
from privateoffice.foundations.offices.views import does
from privateoffice.foundations.records.models import Record
from privateoffice.foundations.records.pages import find, found_by_path, matters_of
from privateoffice.foundations.records.story import story_of
from privateoffice.foundations.ui import toasts
from privateoffice.foundations.ui.clocks import PromiseClock
from privateoffice.foundations.ui.drawings import Chart
from privateoffice.rooms.enquiries import forms, services
from privateoffice.rooms.enquiries.models import Caller, Enquiry, EnquiryKind
from privateoffice.rooms.enquiries.models.figures import Figure, by_kind, by_month, first_of_month
from privateoffice.rooms.enquiries.views import showing

A_PAGE = 50
COUNTED = ("Received", "Acknowledged in time", "Answered", "Answered in time", "Late now")
COLUMNS = ["Month or kind", *({"word": word, "is_number": True} for word in COUNTED)]
SHOWN = {
    "open": ("Open", lambda enquiries: enquiries.open().order_by("due_at", "pk")),
    "late": (
        "Late",
        lambda enquiries: enquiries.in_hand().filter(due_at__lt=clock.now()).order_by("due_at", "pk"),
    ),
    "redirected": ("Re-directed", lambda enquiries: enquiries.redirected().order_by("due_at", "pk")),
    "closed": ("Closed", lambda enquiries: enquiries.closed().order_by("-received_at", "-pk")),
    "all": ("All", lambda enquiries: enquiries.order_by("-received_at", "-pk")),
}


@require_safe
@does("enquiries.view")
def enquiries(request):
    asked = forms.ListForm(request.GET or {"show": "open"})
    asked.is_valid()
    show = asked.cleaned_data.get("show") or "open"
    found = SHOWN[show][1](Enquiry.objects.all())
    if kind := asked.cleaned_data.get("kind"):
        found = found.filter(enquiry_kind=kind)
    page = Paginator(found.for_list(), A_PAGE).get_page(request.GET.get("page"))
    here = reverse("enquiries:enquiries", args=[request.office.slug])
    chips = [
        {"word": word, "url": f"{here}?show={name}", "is_current": name == show}
        for name, (word, _) in SHOWN.items()
    ]
    shown = {"page": page, "rows": [_row(enquiry) for enquiry in page], "chips": chips, "show": show, "kind": kind}
    return render(request, "enquiries/enquiries.html", shown)


def _row(enquiry: Enquiry) -> dict:
    now = clock.now()
    is_late = enquiry.is_late(now)
    tonight = clock.closing(clock.today())
    return {
        "key": enquiry.reference,
        "title": enquiry.title,
        "url": enquiry.get_absolute_url(),
        "why": f"{enquiry.enquiry_kind}{f', {enquiry.caller}' if enquiry.caller else ''}",
        "whose": enquiry.whose,
        "when": words.due(enquiry.due_at, now) if enquiry.due_at else "",
        "standing": "late" if is_late else "soon" if enquiry.due_at and enquiry.due_at <= tonight else "well",
        "reference": enquiry.reference,
        "is_sensitive": enquiry.is_sensitive,
        "acts": showing.in_a_row(enquiry),
    }


@does("enquiries.log")
def new(request):
    source = found_by_path(request.GET["from"]) if request.GET.get("from") else None
    form = forms.EnquiryForm(request.POST or None, initial=_taken_from(source))
    if form.is_valid():
        enquiry = services.log_from(source, **form.said) if source else services.log(**form.said)
        toasts.say(request, f"Logged as {enquiry.reference}. {_what_next(enquiry)}")
        return redirect(enquiry)
    shown = {"form": form, "kinds": EnquiryKind.objects.all(), "chosen": _chosen(form["kind"].value())}
    return render(request, "enquiries/new.html", shown)


def _chosen(kind: object) -> EnquiryKind | None:
    return EnquiryKind.objects.filter(pk=kind).first() if str(kind).isdigit() else None


def _taken_from(source: Record | None) -> dict[str, object]:
    """What the form knows already where an enquiry is made of something that the office holds."""
    if source is None:
        return {}
    whole = source.in_full
    said = {"title": source.title, "channel": Enquiry.Channel.EMAIL}
    said |= {"caller_name": getattr(whole, "correspondent", "")[:120]}
    return said | {"is_sensitive": source.is_sensitive, "handling": source.handling}


def _what_next(enquiry: Enquiry) -> str:
    if enquiry.enquiry_kind.is_wrong_door:
        return "It belongs elsewhere: see what must happen now."
    return f"A reply is promised for {words.short_day(enquiry.due_at)}."


@require_safe
@does("enquiries.log")
def advice(request):
    """What must happen with the kind that has just been chosen."""
    return render(request, "enquiries/_advice.html", {"chosen": _chosen(request.GET.get("kind"))})


@require_safe
@does("enquiries.log")
def callers(request):
    """Those who called before and are like what is being typed, for the form of a new enquiry."""
    typed = {name: request.GET.get(f"caller_{name}", "")[:120] for name in ("name", "phone", "email")}
    known = Caller.objects.seen().like(**typed).order_by("name")[:5]
    return render(request, "enquiries/_callers.html", {"known": known})


@require_safe
@does("enquiries.view")
def enquiry(request, year, number):
    enquiry = find(Enquiry.objects.for_list(), year, number)
    redirection = enquiry.redirections.standing().select_related("unit").first()
    shown = {
        "enquiry": enquiry,
        "marking": enquiry.marking,
        "handling": enquiry.handling,
        "closing": enquiry.closing,
        "redirection": redirection,
        "clock": _clock(enquiry),
        "facts": _facts(enquiry),
        "story": story_of(enquiry),
        "matters": matters_of(enquiry),
        "before": _before(enquiry),
        "acts": showing.at_the_top(enquiry, redirection, is_closed=enquiry.closing is not None),
        "is_late": enquiry.is_late(clock.now()),
        "notice_colour": "red" if enquiry.enquiry_kind.is_wrong_door else "blue",
        "more": showing.more(enquiry),
    }
    return render(request, "enquiries/enquiry.html", shown)


def _before(enquiry: Enquiry) -> list[Enquiry]:
    """What the same caller asked before."""
    if enquiry.caller is None:
        return []
    others = Enquiry.objects.from_caller(enquiry.caller).exclude(pk=enquiry.pk)
    return list(others.order_by("-received_at")[:5])


def _clock(enquiry: Enquiry) -> PromiseClock:
    kind, day = enquiry.enquiry_kind, clock.day_of
    told = enquiry.acknowledgement.acknowledged_at if enquiry.is_acknowledged else None
    closing = enquiry.closing
    return PromiseClock(
        title=f"Clock: {kind.name}.",
        rule=f"Acknowledge by {words.short_day(enquiry.acknowledge_by)},"
        f" reply by {words.short_day(enquiry.due_at)}.",
        received_on=day(enquiry.received_at),
        promised_on=day(enquiry.due_at),
        acknowledged_on=day(told) if told else None,
        acknowledge_by=day(enquiry.acknowledge_by),
        answered_on=day(closing.closed_at) if closing else None,
        last_on=day(enquiry.reply_at_most_by),
        last_words="Statutory date" if enquiry.statutory_on else "Last date",
        change_url=""
        if closing or not policy.allows("enquiries.promise")
        else f"{enquiry.get_absolute_url()}promise/",
    )


def _facts(enquiry: Enquiry) -> list[tuple[str, object]]:
    keep = enquiry.kind_declared.keep
    return [
        ("Owner", enquiry.whose),
        ("Should go to", enquiry.enquiry_kind.goes_to),
        ("Keep", f"{words.counted(keep.years, 'year')} after it is {keep.after}"),
    ]


@require_safe
@does("enquiries.view")
def figures(request):
    today = clock.today()
    since, until = clock.moment(first_of_month(today, 5)), clock.moment(today + timedelta(days=1))
    months, kinds = by_month(since, until), by_kind(since, until)
    chart = Chart(
        title="Answered in time, by month of receipt",
        points=[(figure.name, figure.answered_share or 0) for figure in months],
        unit="%",
        aim=95,
        head="Month",
        column="Answered in time",
    )
    shown = {
        "chart": chart,
        "columns": COLUMNS,
        "months": _lines(months),
        "kinds": _lines(kinds),
        "any": bool(months),
    }
    return render(request, "enquiries/figures.html", shown)


def _lines(figures: list[Figure]) -> list[list[object]]:
    return [
        [f.name, f.received, _percent(f.acknowledged_share), f.answered, _percent(f.answered_share), f.late]
        for f in figures
    ]


def _percent(share: int | None) -> str:
    return "" if share is None else f"{share}%"
