"""The register of retention: what the rules propose, what is held, what was decided, and deciding."""

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from privateoffice.desk.retention import forms, services
from privateoffice.desk.retention import models as retention
from privateoffice.foundations.clock import clock, words
from privateoffice.foundations.offices import policy
from privateoffice.foundations.offices.views import does
from privateoffice.foundations.records import services as records
from privateoffice.foundations.records.models import Disposal, Hold, Record
from privateoffice.foundations.registry import house
from privateoffice.foundations.ui import toasts

A_PAGE = 50
MOST_AT_ONCE = 100
DONE = {"destroy": "destroyed", "keep": "kept longer", "archive": "passed to the archive"}
PLACES = {"register": "Rules", "held": "Held", "decided": "Decided"}


@require_safe
@does("retention.view")
def register(request: HttpRequest) -> HttpResponse:
    rules = retention.register(clock.today())
    shown = {"rules": rules, "due": sum(rule.due for rule in rules), "held": sum(rule.held for rule in rules)}
    return render(request, "retention/register.html", shown | _chips(request, "register"))


def _chips(request: HttpRequest, here: str) -> dict[str, Any]:
    return {
        "chips": [
            {
                "word": word,
                "url": reverse(f"retention:{name}", args=[request.office.slug]),  # type: ignore[attr-defined]
                "is_current": name == here,
            }
            for name, word in PLACES.items()
        ]
    }


@require_safe
@does("retention.view")
def kind(request: HttpRequest, kind: str) -> HttpResponse:
    """The records of one kind whose time is over, the longest over first."""
    declared = next((one for one in house.kinds() if one.path == kind), None)
    if declared is None:
        raise Http404
    found = retention.due(clock.today(), [declared]).order_by("kept_since", "pk")
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    shown = {
        "kind": declared,
        "rule": retention.rule_words(declared.keep),
        "page": page,
        "may_decide": policy.allows("retention.decide"),
    }
    return render(request, "retention/kind.html", shown)


@require_safe
@does("retention.view")
def held(request: HttpRequest) -> HttpResponse:
    holds = Hold.objects.filter(lifted_at=None).select_related("record__office").order_by("-placed_at", "-pk")
    page = Paginator(holds, A_PAGE).get_page(request.GET.get("page"))
    return render(request, "retention/held.html", {"page": page} | _chips(request, "held"))


@require_safe
@does("retention.view")
def decided(request: HttpRequest) -> HttpResponse:
    made = Disposal.objects.order_by("-decided_at", "-pk")
    page = Paginator(made, A_PAGE).get_page(request.GET.get("page"))
    return render(request, "retention/decided.html", {"page": page} | _chips(request, "decided"))


@does("retention.decide")
def decision(request: HttpRequest) -> HttpResponse:
    """One decision on the records that were chosen, with what will happen, before it does."""
    chosen = _chosen(request.POST if request.method == "POST" else request.GET)
    proposal = chosen[0].kind_declared.keep.then
    initial = {"decision": proposal} if proposal in DONE else {}
    form = forms.DecisionForm(request.POST or None, initial=initial)
    refusal = ""
    if form.is_valid():
        try:
            made = services.decide(chosen, **form.said)
            toasts.say(request, f"{words.counted(len(made), 'record')} {DONE[form.said['decision']]}.")
            return redirect("retention:decided", office=request.office.slug)  # type: ignore[attr-defined]
        except (services.NotProposed, records.Held) as fault:
            refusal = str(fault) or fault.__doc__ or ""
    marking = {"marking": max(record.marking for record in chosen)}
    shown = {"chosen": chosen, "form": form, "refusal": refusal} | marking
    return render(request, "retention/decision.html", shown, status=409 if refusal else 200)


def _chosen(said: QueryDict) -> list[Record]:
    """The records that were ticked and are in scope; without any there is nothing to decide on."""
    references = said.getlist("record")[:MOST_AT_ONCE]
    found = list(Record.objects.filter(reference__in=references).order_by("made_at", "pk"))
    if not found:
        raise Http404
    return found
