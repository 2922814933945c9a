"""Who else may approve, from when until when."""

from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from privateoffice.foundations.clock import clock
from privateoffice.foundations.offices.views import does
from privateoffice.foundations.ui import toasts
from privateoffice.spine.approvals import forms, services
from privateoffice.spine.approvals.models import Delegation
from privateoffice.spine.approvals.services import NotDelegable


@does("approvals.delegate")
def delegations(request):
    """What was delegated and still counts or will count, and the form for another."""
    form = forms.DelegationForm(request.POST or None, initial={"starts_on": clock.today()})
    if form.is_valid():
        try:
            services.delegate(form.cleaned_data["to_person"], **form.said)
        except NotDelegable as refusal:
            form.add_error(None, str(refusal))
        else:
            toasts.say(request, "Delegated. You can take it back at any time.")
            return redirect("approvals:delegations", office=request.office.slug)
    given = Delegation.objects.not_over(clock.now()).select_related("delegate", "given_by")
    return render(request, "approvals/delegations.html", {"form": form, "given": given})


@require_POST
@does("approvals.revoke")
def revocation(request, delegation):
    services.revoke_delegation(get_object_or_404(Delegation, pk=delegation))
    toasts.say(request, "Taken back.")
    return redirect("approvals:delegations", office=request.office.slug)
