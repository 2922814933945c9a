"""Pages and files of the look itself: the offices' colours, the list of keys, the component sheet."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from privateoffice.foundations.offices.models import Office
from privateoffice.foundations.offices.views import by_itself, does, outside
from privateoffice.foundations.ui import colours
from privateoffice.foundations.ui.frame import Frame
from privateoffice.foundations.ui.sheet import sheet


@require_safe
@login_not_required
@outside("Colours and letters of offices are no secret, and the sign-in page wears them.")
def offices_css(request: HttpRequest) -> HttpResponse:
    css = colours.stylesheet_of(Office.objects.all())
    return HttpResponse(
        css, content_type="text/css; charset=utf-8", headers={"Cache-Control": "public, max-age=300"}
    )


@require_safe
@does("offices.standing.view")
@by_itself
def standing(request: HttpRequest) -> HttpResponse:
    """Nothing to show: a page under cover asks this now and then, and closes when it is no longer answered."""
    return HttpResponse()


@require_safe
@login_not_required
@outside("What to press, and how the pages look to this browser: nothing of any office.")
def preferences(request: HttpRequest) -> HttpResponse:
    return render(request, "ui/preferences.html")


@require_safe
@login_not_required
@outside("Examples for developers, on sample data or in debugging only.")
def components(request: HttpRequest) -> HttpResponse:
    if not (settings.DEBUG or Frame(request).is_sample):
        raise Http404
    return render(request, "ui/components.html", sheet())
