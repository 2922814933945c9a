"""Every try to sign in to the house, for the administrator: whose, how it ended, by what, from where."""

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from privateoffice.foundations.offices.models import SigningIn
from privateoffice.foundations.offices.views import does

A_PAGE = 100
LISTS = {
    "all": ("All", {}),
    "in": ("Signed in", {"outcome": SigningIn.Outcome.IN}),
    "failed": ("Failed", {"outcome__in": [one for one in SigningIn.Outcome if one != SigningIn.Outcome.IN]}),
    "unknown": ("Names that nobody has", {"user": None}),
}


@require_safe
@does("offices.administer")
def signings_in(request: HttpRequest) -> HttpResponse:
    show, words = request.GET.get("show", "all"), request.GET.get("q", "")[:100]
    show = show if show in LISTS else "all"
    found = SigningIn.objects.filter(**LISTS[show][1]).naming(words).newest_first()
    page = Paginator(found.select_related("user__person__office"), A_PAGE).get_page(request.GET.get("page"))
    here = reverse("administration:signings_in")
    chips = [
        {"word": word, "url": f"{here}?show={name}", "is_current": name == show}
        for name, (word, _) in LISTS.items()
    ]
    shown = {"page": page, "chips": chips, "show": show, "words": words, "days": settings.SIGN_INS_KEPT_DAYS}
    return render(request, "administration/signings_in.html", shown)
