"""Pages of the day pack: those made, one of them, its PDF, and having one made."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from privateoffice.desk.daypack import tasks
from privateoffice.desk.daypack.forms import DayForm
from privateoffice.desk.daypack.models import PLACES, DayPack
from privateoffice.foundations.clock import words
from privateoffice.foundations.jobs import queue
from privateoffice.foundations.offices.views import does
from privateoffice.foundations.records.models import Damaged
from privateoffice.foundations.records.pages import find
from privateoffice.foundations.records.story import story_of
from privateoffice.foundations.ui import toasts


@require_safe
@does("daypack.view")
def packs(request):
    page = Paginator(DayPack.objects.newest_first(), 30).get_page(request.GET.get("page"))
    return render(request, "daypack/packs.html", {"page": page, "form": DayForm()})


@require_POST
@does("daypack.make")
def new(request):
    form = DayForm(request.POST)
    if not form.is_valid():
        page = Paginator(DayPack.objects.newest_first(), 30).get_page(1)
        return render(request, "daypack/packs.html", {"page": page, "form": form})
    day = form.cleaned_data["day"]
    queue.later(tasks.make_for, day.isoformat())
    toasts.say(request, f"The pack for {words.short_day(day)} is being made. It stands here in a moment.")
    return redirect("daypack:packs", office=request.office.slug)


@require_safe
@does("daypack.view")
def pack(request, year, number):
    pack = find(DayPack.objects.all(), year, number)
    places = [
        (word, [line for line in pack.said if line["place"] == place])
        for place, word in PLACES.items()
        if any(line["place"] == place for line in pack.said)
    ]
    shown = {"pack": pack, "places": places, "story": story_of(pack)}
    return render(request, "daypack/pack.html", shown | {"marking": pack.marking, "handling": pack.handling})


@require_safe
@does("daypack.view")
def paper(request, year, number):
    pack = find(DayPack.objects.select_related("paper"), year, number)
    try:
        raw = pack.paper.read()
    except Damaged as fault:
        return render(request, "daypack/damaged.html", {"pack": pack, "fault": fault}, status=500)
    answer = HttpResponse(raw, content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="Day pack {pack.for_on}.pdf"'
    return answer
