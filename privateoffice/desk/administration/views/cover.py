"""Cover: who covers now and next, granting it, ending it; in an office, and over the house."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from privateoffice.desk.administration.forms.cover import CoverForm
from privateoffice.desk.administration.forms.fields import ForbiddingForm
from privateoffice.desk.administration.views.acting import act, posted
from privateoffice.foundations.clock import clock, words
from privateoffice.foundations.offices import policy, scope, services
from privateoffice.foundations.offices.models import Cover, Office
from privateoffice.foundations.offices.views import asks_again, does

LATELY = 10


@require_safe
@does("offices.cover.view")
def cover(request: HttpRequest) -> HttpResponse:
    """Who covers this office now, who will, and who did lately; and whom its own people cover."""
    office, now = request.office, clock.now()  # type: ignore[attr-defined]
    covers = office.covers.select_related("coverer__office", "covered")
    shown = {
        "now_covering": covers.standing(now).order_by("ends_at"),
        "next": covers.ahead(now).filter(starts_at__gt=now).order_by("starts_at"),
        "past": covers.over(now).order_by("-ends_at")[:LATELY],
        "ours": Cover.objects.ahead(now)
        .filter(coverer__office=office)
        .exclude(office=office)
        .select_related("office", "coverer")
        .order_by("starts_at"),
        "may_grant": policy.allows("offices.grant_cover") and not scope.current().is_cover,
    }
    return render(request, "administration/cover.html", shown)


@does("offices.grant_cover")
@asks_again
def grant(request: HttpRequest) -> HttpResponse:
    office = request.office  # type: ignore[attr-defined]
    return _grant(request, office, reverse("administration:cover", args=[office.slug]))


@does("offices.grant_cover")
@asks_again
def house_grant(request: HttpRequest, slug: str) -> HttpResponse:
    office = get_object_or_404(Office, slug=slug)
    return _grant(request, office, reverse("administration:office", args=[slug]))


def _grant(request: HttpRequest, office: Office, back: str) -> HttpResponse:
    sought = request.GET.get("q", "")[:100]
    form = CoverForm(office, sought, posted(request))
    return act(
        request,
        form,
        lambda: services.grant_cover(office=office, **form.grant),
        back=back,
        done="Cover is granted. It opens and closes by itself.",
        template="grant",
        one=office,
        words=sought,
    )


@does("offices.end_cover")
def end(request: HttpRequest, granted: int) -> HttpResponse:
    office = request.office  # type: ignore[attr-defined]
    one = get_object_or_404(office.covers.ahead(clock.now()), pk=granted)
    return _end(request, one, reverse("administration:cover", args=[office.slug]))


@does("offices.end_cover")
def house_end(request: HttpRequest, granted: int) -> HttpResponse:
    one = get_object_or_404(Cover.objects.ahead(clock.now()), pk=granted)
    return _end(request, one, reverse("administration:standing_cover"))


def _end(request: HttpRequest, one: Cover, back: str) -> HttpResponse:
    form = ForbiddingForm(posted(request))
    shown: dict[str, Any] = {"one": one, "has_begun": one.starts_at <= clock.now()}
    done = f"{one.coverer.name} no longer covers."
    return act(request, form, lambda: services.end_cover(one), back=back, done=done, template="end_cover", **shown)


@require_safe
@does("offices.administer")
def standing(request: HttpRequest) -> HttpResponse:
    """Every grant of cover that stands or will, over all offices."""
    now = clock.now()
    covers = Cover.objects.ahead(now).select_related("office", "coverer__office", "covered").order_by("starts_at")
    shown = {"covers": covers, "now": now, "today": words.day(now)}
    return render(request, "administration/standing_cover.html", shown)
