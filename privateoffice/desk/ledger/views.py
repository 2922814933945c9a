"""Pages of the ledger: the proof for a day, its lines by name, and what is adrift."""

from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from privateoffice.desk.ledger.board import Desk
from privateoffice.desk.ledger.board import board as board_at
from privateoffice.desk.ledger.forms import UNDEALT, DayForm, LinesForm
from privateoffice.desk.ledger.models import Check, Proof, Source, proof_of, sources
from privateoffice.desk.ledger.models import adrift as adrift_now
from privateoffice.foundations.clock import clock, words
from privateoffice.foundations.offices.views import does
from privateoffice.foundations.registry import house
from privateoffice.foundations.registry.declarations import DISPOSITIONS, LedgerLine

MOST = 50
CHECKS = 8


@require_safe
@does("ledger.view")
def day(request):
    form = DayForm(request.GET or None)
    proof, slug = proof_of(form.chosen), request.office.slug
    shown = {
        "form": DayForm(initial={"day": proof.day}),
        "proof": proof,
        "day_words": words.weekday(proof.day),
        "figures": _figures(proof),
        "columns": _columns(proof),
        "rows": [_row(source, proof, slug) for source in proof.sources if source.came] + [_total(proof)],
        "undealt": [_shown(s, UNDEALT, slug, proof.day) for s in proof.sources if s.undealt],
        "before_url": _day_url(slug, proof.day - timedelta(days=1)),
        "after_url": _day_url(slug, proof.day + timedelta(days=1)) if proof.day < clock.today() else "",
        "checks": Check.objects.filter(office=request.office).newest_first()[:CHECKS],
    }
    return render(request, "ledger/day.html", shown)


@require_safe
@does("ledger.view")
def lines(request):
    """Lines of one side by name: of a day or of every day, dealt with one way or not at all."""
    form = LinesForm(request.GET)
    said = form.cleaned_data if form.is_valid() else {}
    became, on = said.get("became") or UNDEALT, said.get("day")
    every = proof_of(on).sources if on else sources()
    source = next((each for each in every if each.inbound.slug == said.get("source")), every[0])
    page = Paginator(source.asks(_code(became)), MOST).get_page(request.GET.get("page"))
    shown = {
        "page": page,
        "rows": [_line(source.line(row)) for row in page],
        "became": _became_words(became),
        "source": source.inbound,
        "counted": words.counted(page.paginator.count, source.inbound.word, source.inbound.words),
        "on": words.weekday(on) if on else "",
        "choices": [_choice(each, source, became, on, request.office.slug) for each in every],
    }
    return render(request, "ledger/lines.html", shown)


@require_safe
@does("ledger.view")
def adrift(request):
    """What stands open and is nobody's, or never comes up again: by name, each kind by itself."""
    now = clock.now()
    groups = [_group(each) for each in adrift_now(now)]
    shown = {"groups": [group for group in groups if group["count"]], "now": now}
    return render(request, "ledger/adrift.html", shown | {"count": sum(group["count"] for group in groups)})


@require_safe
@does("board.view")
def board(request):
    """The offices side by side: what has waited longest in each, and who sits there, now and next."""
    now = clock.now()
    desks = [_desk(each, now) for each in board_at(now)]
    return render(request, "ledger/board.html", {"desks": desks, "now": now})


def _desk(each: Desk, now: datetime) -> dict[str, Any]:
    """One office as the board shows it."""
    waits = each.oldest_at is not None
    is_late = waits and each.oldest_at < clock.moment(clock.day_of(now))
    return {
        "desk": each,
        "standing": "late" if is_late else "soon" if waits else "well",
        "oldest": f"Since {words.near(each.oldest_at, now)}" if waits else "Nothing waits",
        "counts": [
            ("Not dealt with", words.counted(each.undealt, "thing")),
            ("Without owner or date", words.counted(each.adrift, "record")),
        ],
    }


def _group(each) -> dict[str, Any]:
    found = list(each.lines(MOST))
    count = len(found) if len(found) < MOST else each.rows().count()
    name = house.kind_of(each.of.model._meta.label_lower).words
    return {"name": name.capitalize(), "rows": [_line(line) for line in found], "count": count}


def _figures(proof: Proof) -> list[dict[str, Any]]:
    return [
        {"word": "Came in", "number": proof.came},
        {"word": "Dealt with", "number": proof.dealt},
        {
            "word": "Not dealt with",
            "number": proof.undealt,
            "standing": ("late" if proof.day < clock.today() else "soon") if proof.undealt else "",
            "words": "Each by name below",
        },
    ]


def _columns(proof: Proof) -> list[Any]:
    heads = ["Came in", *(DISPOSITIONS[code] for code in proof.became), "Not dealt with"]
    return ["What", *({"word": head, "is_number": True} for head in heads)]


def _row(source: Source, proof: Proof, slug: str) -> list[Any]:
    cells = [
        {"words": source.counts.get(code, 0), "url": _url(slug, source, code, proof.day, source.counts.get(code))}
        for code in proof.became
    ]
    undealt = {"words": source.undealt, "url": _url(slug, source, UNDEALT, proof.day, source.undealt)}
    return [source.inbound.words.capitalize(), source.came, *cells, undealt]


def _total(proof: Proof) -> list[Any]:
    became = [sum(source.counts.get(code, 0) for source in proof.sources) for code in proof.became]
    return ["All", proof.came, *became, proof.undealt]


def _shown(source: Source, became: str, slug: str, on: date) -> dict[str, Any]:
    """The first lines of one side by name, and where all of them are."""
    return {
        "word": source.inbound.words.capitalize(),
        "count": source.undealt,
        "rows": [_line(source.line(row)) for row in source.asks(_code(became))[:MOST]],
        "more": max(source.undealt - MOST, 0),
        "url": _url(slug, source, became, on, 1),
    }


def _choice(each: Source, here: Source, became: str, on: date | None, slug: str) -> dict[str, Any]:
    return {
        "word": each.inbound.words.capitalize(),
        "url": _url(slug, each, became, on, 1),
        "count": each.asks(_code(became)).count(),
        "is_current": each.inbound is here.inbound,
    }


def _line(line: LedgerLine) -> dict[str, Any]:
    """A line of the ledger as a row of a list."""
    came = f"Came {words.near(line.came_at)}" if line.came_at else ""
    return {
        "title": line.title,
        "url": line.url,
        "why": ". ".join(filter(None, [line.detail, came])),
        "whose": line.whose or "Nobody",
        "when": words.near(line.next_at) if line.next_at else "",
        "reference": line.reference,
        "is_sensitive": line.is_sensitive,
        "standing": "closed" if line.disposition else "soon",
    }


def _code(became: str) -> str:
    return "" if became == UNDEALT else became


def _became_words(became: str) -> str:
    return DISPOSITIONS.get(became, "Not dealt with")


def _url(slug: str, source: Source, became: str, on: date | None, count: int | None) -> str:
    """Where the lines behind a number are; nothing where it is nought."""
    said = {"source": source.inbound.slug, "became": became} | ({"day": on.isoformat()} if on else {})
    return f"{reverse('ledger:lines', args=[slug])}?{urlencode(said)}" if count else ""


def _day_url(slug: str, on: date) -> str:
    return f"{reverse('ledger:day', args=[slug])}?day={on.isoformat()}"
