"""Days and hours as the browser asks for them, and the moments that they make."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from privateoffice.foundations.records.markings import AboveOurCeiling, refuse_above_ceiling


def day_field(label: str, **said: Any) -> forms.DateField:
    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    return forms.DateField(label=label, widget=widget, **said)


def hour_field(label: str, **said: Any) -> forms.TimeField:
    widget = forms.TimeInput(format="%H:%M", attrs={"type": "time"})
    return forms.TimeField(label=label, widget=widget, **said)


class ForbiddingForm(forms.Form):
    """A form that shows what a verb refused, and takes no text that is marked above our ceiling."""

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        for name, value in list(said.items()):
            if isinstance(value, str):
                try:
                    refuse_above_ceiling(value)
                except AboveOurCeiling as refusal:
                    self.add_error(name, str(refusal))
        return said

    def show(self, refusal: Exception) -> None:
        """Put a refusal where the person sees it: by its field where it names one."""
        if not isinstance(refusal, ValidationError):
            self.add_error(None, (refusal.__doc__ or "").strip())
        elif hasattr(refusal, "error_dict"):
            self._show_by_field(refusal.message_dict)
        else:
            self.add_error(None, refusal)

    def _show_by_field(self, said: Mapping[str, list[str]]) -> None:
        for name, messages in said.items():
            self.add_error(name if name in self.fields else None, messages)
