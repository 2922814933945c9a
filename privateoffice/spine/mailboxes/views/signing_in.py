"""A person's own sign-in to Microsoft 365: theirs goes with what they send, and nobody else's."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from privateoffice.connectors.ports.mailbox import Trouble
from privateoffice.foundations.offices import scope
from privateoffice.foundations.offices.views import does
from privateoffice.foundations.ui import toasts
from privateoffice.spine.mailboxes import services
from privateoffice.spine.mailboxes.models import Mailbox, SignedIn
from privateoffice.spine.mailboxes.models.secrets import Locked
from privateoffice.spine.mailboxes.views.tenant import back_to

HELD = "microsoft_365"
"""Where the session holds sign-ins that were begun: the verifier of each never leaves the server."""


@require_safe
@does("mailboxes.sign_in")
def own_sign_ins(request: HttpRequest) -> HttpResponse:
    """The mailboxes from which this person sends, and whether they are signed in for each."""
    mailboxes = [one for one in _of_the_office() if one.sends_by_person]
    mine = SignedIn.objects.filter(mailbox__in=mailboxes, actor=scope.current().actor)
    signed = {row.mailbox_id: row for row in mine}
    lines, held = [], {}
    for one in mailboxes:
        flow, trouble = (None, "") if one.pk in signed else _begun(request, one)
        if flow:
            held[flow["state"]] = {"slug": one.slug, "flow": flow}
        lines.append(
            {"one": one, "mine": signed.get(one.pk), "url": (flow or {}).get("auth_uri"), "trouble": trouble}
        )
    request.session[HELD] = held
    return render(request, "mailboxes/signing_in.html", {"lines": lines})


@require_safe
@does("mailboxes.sign_in")
def signed_in(request: HttpRequest) -> HttpResponse:
    """Where Microsoft sends people back to. What was begun is used once, whatever comes of it."""
    begun = request.session.get(HELD, {}).pop(request.GET.get("state", ""), None)
    request.session.modified = True
    if begun is None:
        toasts.say(request, "This sign-in was not begun here, or is over. Begin again.")
        return redirect(_back())
    mailbox = get_object_or_404(_of_the_office(), slug=begun["slug"])
    try:
        account = services.sign_in(mailbox, flow=begun["flow"], answer=request.GET.dict())
        toasts.say(request, f"Signed in as {account}. What you send from {mailbox.address} goes out in your name.")
    except (Trouble, Locked, services.NotOfThisKind) as fault:
        toasts.say(request, str(fault))
    return redirect(_back())


@require_POST
@does("mailboxes.forget_sign_in")
def end_sign_in(request: HttpRequest, slug: str) -> HttpResponse:
    try:
        services.forget_sign_in(get_object_or_404(_of_the_office(), slug=slug))
        toasts.say(request, "Your sign-in is forgotten here.")
    except services.NothingToForget as refusal:
        toasts.say(request, str(refusal))
    return redirect(_back())


def _of_the_office() -> Any:
    office = scope.current().office
    return Mailbox.objects.filter(office=office, kind=Mailbox.Kind.GRAPH).select_related("office")


def _back() -> str:
    return f"/{scope.current().office.slug}/microsoft-365/"


def _begun(request: HttpRequest, one: Mailbox) -> tuple[dict[str, Any] | None, str]:
    address = request.build_absolute_uri(back_to(one))
    try:
        return services.begin_sign_in(one, back_to=address, hint=request.user.email), ""
    except (Trouble, Locked) as fault:
        return None, str(fault)
