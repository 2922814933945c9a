"""What is decided on records whose time is over."""

from typing import Any

from django import forms

from privateoffice.foundations.clock import clock
from privateoffice.foundations.records.models import Disposal
from privateoffice.foundations.records.typed import UnmarkedForm

DECISIONS = [
    (Disposal.Decision.DESTROY, "Destroy"),
    (Disposal.Decision.KEEP, "Keep until a day"),
    (Disposal.Decision.ARCHIVE, "Pass to the archive"),
]


class DecisionForm(UnmarkedForm):
    """One decision with its reason; to destroy, a tick that it is meant."""

    decision = forms.ChoiceField(label="Decision", choices=DECISIONS, widget=forms.RadioSelect)
    keep_until = forms.DateField(
        label="Keep until", required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    reason = forms.CharField(label="Why?", max_length=2_000, widget=forms.Textarea({"rows": 3}))
    is_meant = forms.BooleanField(label="I know that what is destroyed cannot be brought back", required=False)

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        keep_until = said.get("keep_until")
        if said.get("decision") == Disposal.Decision.KEEP and not (keep_until and keep_until > clock.today()):
            self.add_error("keep_until", "Enter a day after today")
        if said.get("decision") == Disposal.Decision.DESTROY and not said.get("is_meant"):
            self.add_error("is_meant", "Tick this to destroy")
        return said

    @property
    def said(self) -> dict[str, Any]:
        """What the verb takes."""
        said = self.cleaned_data
        is_kept = said["decision"] == Disposal.Decision.KEEP
        return {
            "decision": said["decision"],
            "reason": said["reason"],
            "keep_until": said["keep_until"] if is_kept else None,
        }
