"""The week, one engagement, and its original."""

from datetime import date, datetime

from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from privateoffice.foundations.clock import clock, words
from privateoffice.foundations.offices import policy
from privateoffice.foundations.offices.views import does
from privateoffice.foundations.records.pages import find, matters_of
from privateoffice.foundations.records.story import story_of
from privateoffice.spine.diary.forms import VIEWS, WeekForm
from privateoffice.spine.diary.models import Engagement, ImportItem, ImportRun
from privateoffice.spine.diary.showing import FIRST_HOUR, SLOTS, now_in, times_of, week_of
from privateoffice.spine.diary.views.files import calendar_file

AHEAD = 20
PEOPLE = 100
ANSWERS = {
    "ACCEPTED": "Accepted",
    "DECLINED": "Declined",
    "TENTATIVE": "Perhaps",
    "DELEGATED": "Sends somebody else",
}


@require_safe
@does("diary.view")
def week(request):
    form = WeekForm(request.GET)
    form.is_valid()
    shown = week_of(form.cleaned_data.get("week") or clock.today())
    view = form.cleaned_data.get("view") or "week"
    here = reverse("diary:week", args=[request.office.slug])
    chips = [
        {"word": word, "url": f"{here}?week={shown.monday}&view={name}", "is_current": name == view}
        for name, word in VIEWS
    ]
    turns = [("Earlier", shown.earlier, "h"), ("This week", clock.today(), "n"), ("Later", shown.later, "l")]
    said = {
        "week": shown,
        "view": view,
        "chips": chips,
        "turns": [(word, f"{here}?week={day}&view={view}", key) for word, day, key in turns],
        "hours": _hours(),
        "now_at": now_in(shown),
        "now_said": f"{clock.london(clock.now()):%H:%M}",
        "may_import": policy.allows("diary.take_in"),
        "to_look_at": ImportRun.objects.to_look_at().count(),
    }
    return render(request, "diary/week.html", said)


def _hours() -> list[dict]:
    named = [(slot, FIRST_HOUR + slot // 4) for slot in range(0, SLOTS, 4)]
    return [
        {"at": slot, "word": "Noon" if hour == 12 else f"{hour % 12 or 12}{'am' if hour < 12 else 'pm'}"}
        for slot, hour in named
    ]


@require_safe
@does("diary.view")
def engagement(request, year, number):
    one = find(Engagement.objects.select_related("original"), year, number)
    coming = one.occurrences.filter(ends_at__gte=clock.now()).order_by("starts_at")
    times = list(coming[: AHEAD + 1]) or list(one.occurrences.order_by("-starts_at")[:1])
    said = {
        "engagement": one,
        "marking": one.marking,
        "handling": one.handling,
        "facts": _facts(one),
        "faults": one.faults,
        "people": [_person(person) for person in one.people[:PEOPLE]],
        "people_left": max(0, len(one.people) - PEOPLE),
        "addresses": _addresses(one),
        "times": [(words.weekday(at.starts_at), times_of(at, clock.day_of(at.starts_at))) for at in times[:AHEAD]],
        "times_left": len(times) > AHEAD,
        "repeats_very_often": any(at.repeats_very_often for at in times),
        "imports": _imports(one),
        "story": story_of(one),
        "matters": matters_of(one),
        "week_url": _week_url(request, one),
    }
    return render(request, "diary/engagement.html", said)


def _facts(one: Engagement) -> list[tuple[str, object]]:
    keep = one.kind_declared.keep
    return [
        ("When", _when(one)),
        ("Place", one.place),
        ("Organiser", one.organiser),
        ("Standing", one.get_status_display()),
        ("Shown as", "" if one.is_busy else "Free"),
        ("Calendar", one.calendar),
        ("Version", f"{one.sequence}, sent {words.moment(at)}" if (at := _stamp(one)) else ""),
        ("Keep", f"{words.counted(keep.years, 'year')} after it is {keep.after}"),
    ]


def _when(one: Engagement) -> str:
    if one.starts_at is None:
        return "No time that could be read"
    first, last = clock.day_of(one.starts_at), clock.day_of(one.ends_at or one.starts_at)
    if one.is_all_day:
        return _days(one, first)
    ends = one.ends_at if one.ends_at and one.ends_at > one.starts_at else None
    said = f"{words.weekday(first)}, {words.hour(one.starts_at)}"
    if ends is None:
        return said
    return (
        f"{said} to {words.hour(ends)}"
        if first == last
        else f"{said} to {words.weekday(last)}, {words.hour(ends)}"
    )


def _days(one: Engagement, first: date) -> str:
    last = one.read.get("last_day") or first.isoformat()
    until = date.fromisoformat(last)
    return words.weekday(first) + (f" to {words.weekday(until)}" if until > first else "") + ", all day"


def _stamp(one: Engagement) -> datetime | None:
    try:
        return datetime.fromisoformat(one.stamped) if one.stamped else None
    except ValueError:
        return None


def _person(person: dict) -> dict:
    return {
        "name": person.get("name") or person.get("address") or "Somebody",
        "address": person.get("address", ""),
        "answer": ANSWERS.get(person.get("answer", ""), "No answer yet"),
    }


def _addresses(one: Engagement) -> list[dict]:
    """Addresses that came with it. They are shown as text: nothing here opens or fetches them."""
    found = [*one.read.get("attachments", []), *one.read.get("links", [])]
    url = one.read.get("url", "")
    return [*found, *([{"address": url, "name": "", "inside": False, "safe": False}] if url else [])]


def _imports(one: Engagement) -> list[ImportItem]:
    items = ImportItem.objects.filter(reference=one.reference).select_related("run__office")
    return list(items.order_by("-pk")[:5]) if policy.allows("diary.take_in") else []


def _week_url(request, one: Engagement) -> str:
    here = reverse("diary:week", args=[request.office.slug])
    return f"{here}?week={clock.day_of(one.starts_at)}" if one.starts_at else here


@require_safe
@does("diary.view")
def original(request, year, number):
    """The engagement as it came, byte for byte, as a file; of a private one for the Commander alone."""
    one = find(Engagement.objects.select_related("original"), year, number)
    if not one.original_may_be_seen:
        raise Http404
    return calendar_file(one.original, one.reference.replace("/", "-"))
