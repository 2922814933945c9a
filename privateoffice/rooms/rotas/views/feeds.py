"""The calendars of a rota that people's own programs read."""

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from privateoffice.foundations.offices.views import does
from privateoffice.foundations.ui import toasts
from privateoffice.rooms.rotas import forms, services
from privateoffice.rooms.rotas.models import Feed
from privateoffice.rooms.rotas.services.links import feed_link_of
from privateoffice.rooms.rotas.views.filling_in import A_PAGE
from privateoffice.rooms.rotas.views.finding import duty_type_of, rota_of


@does("rotas.make_feed")
def feeds(request: HttpRequest, rota: str) -> HttpResponse:
    """The calendars that people's own programs read. A link is shown once, when it is made."""
    one = rota_of(rota)
    form = forms.FeedForm(one, request.POST or None)
    made = ""
    if form.is_valid():
        said = form.cleaned_data
        duty = None if said["shows"] in {"mine", "all"} else duty_type_of(one, said["shows"])
        person = said["reader"] if said["shows"] == "mine" else None
        _, secret = services.make_feed(one, reader=said["reader"], person=person, duty_type=duty)
        made, form = feed_link_of(secret), forms.FeedForm(one)
    rows = Feed.objects.filter(rota=one).select_related("reader", "person", "duty_type", "rota")
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    shown = {"rota": one, "form": form, "made": made, "page": page}
    return render(request, "rotas/feeds.html", shown, status=422 if form.errors else 200)


@require_POST
@does("rotas.revoke_feed")
def revoking(request: HttpRequest, rota: str, feed: int) -> HttpResponse:
    one = rota_of(rota)
    held = get_object_or_404(Feed.objects.filter(rota=one).select_related("reader", "rota"), pk=feed)
    if held.revoked_at:
        raise Http404
    services.revoke_feed(held)
    toasts.say(request, "Taken back. Its link shows nothing from now on.")
    return redirect(f"{one.get_absolute_url()}feeds/")
