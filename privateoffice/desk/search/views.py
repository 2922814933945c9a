"""Search: everything that the person acting may see, by its words or its reference."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from privateoffice.desk.search.models import Finding, pieces_of, typed_ahead
from privateoffice.foundations.clock import clock
from privateoffice.foundations.offices.views import does
from privateoffice.foundations.records.finding import RANKED
from privateoffice.foundations.records.models import Record
from privateoffice.foundations.records.pages import standing_of
from privateoffice.foundations.registry import house
from privateoffice.foundations.registry.declarations import Kind

LONGEST_SHOWN = 200


@require_safe
@does("search.view")
def search(request: HttpRequest) -> HttpResponse:
    text = request.GET.get("q", "")
    finding = Finding(
        text,
        request.office,  # type: ignore[attr-defined]
        kind=request.GET.get("kind", ""),
        is_by_fit=request.GET.get("order") == "fit",
    )
    if finding.is_one_record:
        return redirect(finding.referred[0])
    page = finding.page(request.GET.get("page"))
    shown = {
        "query": text[:LONGEST_SHOWN],
        "finding": finding,
        "page": page,
        "hits": [_hit(record) for record in page],
        "is_cut": len(finding.of_the_chosen_kind) == RANKED,
        "referred": [_hit(record) for record in finding.referred],
        "chips": _chips(finding),
        "orders": _orders(finding),
    }
    return render(request, "search/search.html", shown)


@require_safe
@does("search.view")
def hits(request: HttpRequest) -> HttpResponse:
    """What is meant so far, under the search box."""
    text = request.GET.get("q", "")
    found = [_hit(record) for record in typed_ahead(text, request.office)]  # type: ignore[attr-defined]
    return render(request, "search/_hits.html", {"hits": found, "text": text[:LONGEST_SHOWN]})


def _hit(record: Record) -> dict[str, Any]:
    """One line. Words of a sensitive record are not quoted: who reads them opens it, and that is on record."""
    kind = house.kind_of(record.kind)
    return {
        "title": record.title,
        "url": record.get_absolute_url(),
        "icon": kind.icon,
        "kind": kind.word.capitalize(),
        "reference": record.reference,
        "made_at": record.made_at,
        "is_sensitive": record.is_sensitive,
        "standing": standing_of(record, clock.now()) if hasattr(record, "has_ended") else None,
        "pieces": [] if record.is_sensitive else pieces_of(getattr(record, "excerpt", "")),
    }


def _chips(finding: Finding) -> list[dict[str, Any]]:
    """All, and each kind that has hits, or may have older ones, or was chosen."""
    return [_chip(finding, "All", None, len(finding.newest))] + [
        _chip(finding, kind.words.capitalize(), kind, finding.counts[label])
        for label, kind in finding.kinds.items()
        if finding.counts[label] or finding.is_cut or kind == finding.chosen
    ]


def _chip(finding: Finding, word: str, kind: Kind | None, count: int) -> dict[str, Any]:
    """A way to the hits of one kind. A number of which older hits are not part is no number to show, unless
    it is that of all kinds."""
    told: int | str = count
    if finding.is_cut:
        told = "" if kind else f"{count:,}+"
    return {
        "word": word,
        "url": _address(finding, kind, finding.is_by_fit),
        "count": told,
        "is_current": kind == finding.chosen,
    }


def _orders(finding: Finding) -> list[dict[str, Any]]:
    return [
        {
            "word": word,
            "url": _address(finding, finding.chosen, is_by_fit),
            "is_current": is_by_fit == finding.is_by_fit,
        }
        for word, is_by_fit in (("Newest first", False), ("Best first", True))
    ]


def _address(finding: Finding, kind: Kind | None, is_by_fit: bool) -> str:
    said = {"q": finding.text[:LONGEST_SHOWN], "kind": kind and kind.path, "order": "fit" if is_by_fit else ""}
    return "?" + urlencode({name: value for name, value in said.items() if value})
