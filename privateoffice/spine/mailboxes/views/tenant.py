"""What has to be done in the tenant for a mailbox of Microsoft 365, and the probe that it was done."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from privateoffice.foundations.offices.views import does, takes_long
from privateoffice.foundations.ui import toasts
from privateoffice.spine.mailboxes import forms, services
from privateoffice.spine.mailboxes.models import Mailbox
from privateoffice.spine.mailboxes.views.pages import found

SCOPE = "Private Office"
MARK = "PrivateOffice"


@require_safe
@does("mailboxes.view")
def tenant(request: HttpRequest, whose: str, slug: str) -> HttpResponse:
    """The commands for the tenant's administrator, with this mailbox's own names in them, and the probe."""
    return _shown(request, _of_microsoft(whose, slug), forms.ProbeForm())


@takes_long
@require_POST
@does("mailboxes.probe")
def probe(request: HttpRequest, whose: str, slug: str) -> HttpResponse:
    one = _of_microsoft(whose, slug)
    form = forms.ProbeForm(request.POST)
    if not form.is_valid():
        return _shown(request, one, form, status=422)
    toasts.say(request, services.probe(one, **form.cleaned_data))
    return redirect("mailboxes:tenant", whose, slug)


def _of_microsoft(whose: str, slug: str) -> Mailbox:
    one = found(whose, slug)
    if one.kind != Mailbox.Kind.GRAPH:
        raise Http404
    return one


def _shown(request: HttpRequest, one: Mailbox, form: forms.ProbeForm, status: int = 200) -> HttpResponse:
    together = [each for each in Mailbox.objects.filter(kind=Mailbox.Kind.GRAPH) if _is_one_application(each, one)]
    back = {each.office.slug: request.build_absolute_uri(back_to(each)) for each in together}
    told = {"one": one, "form": form, "steps": commands(one, together), "back": sorted(back.values())}
    return render(request, "mailboxes/tenant.html", told, status=status)


def _is_one_application(one: Mailbox, other: Mailbox) -> bool:
    return all(one.place.get(name) == other.place.get(name) for name in ("tenant", "client"))


def back_to(mailbox: Mailbox) -> str:
    return reverse("mailboxes:signed_in", args=[mailbox.office.slug])


def commands(one: Mailbox, together: list[Mailbox]) -> list[tuple[str, list[str]]]:
    """What is typed into Exchange Online PowerShell, under a heading for each step."""
    client, scope = _quoted(one.place["client"]), _quoted(SCOPE)
    names = sorted({_quoted(each.place.get("user") or each.address) for each in together})
    roles = ["Application Mail.ReadWrite", *(["Application Mail.Send"] if any(e.sends for e in together) else [])]
    known = f"New-ServicePrincipal -AppId {client} -ObjectId OBJECT-ID -DisplayName {scope}"
    marks = [f"Set-Mailbox -Identity {name} -CustomAttribute15 '{MARK}'" for name in names]
    within = f"\"CustomAttribute15 -eq '{MARK}'\""
    scoped = f"New-ManagementScope -Name {scope} -RecipientRestrictionFilter {within}"
    given = f"New-ManagementRoleAssignment -App {client} -CustomResourceScope {scope}"
    return [
        ("Make the application known to Exchange", [known]),
        ("Mark the mailboxes, and make a scope of them", [*marks, scoped]),
        ("Give it its rights within the scope, and nowhere else", [f"{given} -Role {_quoted(r)}" for r in roles]),
        ("See what Exchange makes of it", [
            f"Test-ServicePrincipalAuthorization -Identity {client} -Resource {name}" for name in names
        ]),
    ]  # fmt: skip


def _quoted(word: str) -> str:
    """A word as PowerShell takes it without reading anything into it."""
    return "'" + str(word).replace("'", "''") + "'"
