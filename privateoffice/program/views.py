"""Pages that belong to no office."""

from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from privateoffice.foundations.clock import clock
from privateoffice.foundations.jobs.beats import silent_parts
from privateoffice.foundations.offices import services
from privateoffice.foundations.offices.models import User
from privateoffice.foundations.offices.views import outside
from privateoffice.program.forms import PasswordForm


@outside("tells whoever watches over the machines whether the office is up")
@never_cache
@login_not_required
def health(request: HttpRequest) -> HttpResponse:
    """`ok`, or 503 and a word for what is not well: the database, the worker or the scheduler."""
    ill = _what_is_ill()
    return HttpResponse(ill or "ok", status=503 if ill else 200, content_type="text/plain")


def _what_is_ill() -> str:
    try:
        connection.ensure_connection()
        silent = silent_parts()
    except DatabaseError:
        return "the database does not answer"
    return " and ".join(f"the {part} is silent" for part in silent)


@outside("sends whoever is signed in to their own office")
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The Today of the first office where the person holds a role or covers; else the administration, or words."""
    person = request.user.person
    if person is None:
        return render(request, "program/no_role.html", status=403)
    now = clock.now()
    held = person.holdings.standing(now).select_related("office").order_by("starts_at")
    offices = [holding.office for holding in held if holding.office]
    offices += [cover.office for cover in person.covers_given.standing(now).select_related("office")]
    if offices:
        return redirect("today:today", office=offices[0].slug)
    if held:
        return redirect("administration:administration")
    return render(request, "program/no_role.html", status=403)


@outside("whoever holds an invitation acts for nobody yet; the link itself is the proof")
@never_cache
@login_not_required
def setup(request: HttpRequest, secret: str) -> HttpResponse:
    """Set a password by an invitation, once."""
    try:
        person = services.invitation_of(secret).person
    except services.LinkNotGood:
        return render(request, "program/link_not_good.html", status=410)
    account = User.objects.filter(person=person).first() or User(email=person.email.lower(), person=person)
    form = PasswordForm(account, request.POST or None)
    if form.is_valid():
        services.redeem(secret, email=form.cleaned_data["email"], password=form.cleaned_data["password"])
        return redirect("account_login")
    return render(request, "program/setup.html", {"form": form, "person": person})
