"""Which day, and which of its lines."""

from datetime import date
from typing import Any

from django import forms

from privateoffice.foundations.clock import clock
from privateoffice.foundations.registry.declarations import DISPOSITIONS
from privateoffice.foundations.ui.forms import DayInput

UNDEALT = "not-dealt-with"
FIRST = date(1990, 1, 1)


class PastDay(forms.DateField):
    """A day up to today of which there can be a ledger."""

    def clean(self, value: Any) -> date | None:
        day = super().clean(value)
        if day and not FIRST <= day <= clock.today():
            raise forms.ValidationError("Choose a day up to today")
        return day


class DayForm(forms.Form):
    """The day to be proved."""

    day = PastDay(label="Day", widget=DayInput())

    @property
    def chosen(self) -> date:
        """The day that was asked for; today where none was, or none that there is."""
        return (self.is_valid() and self.cleaned_data["day"]) or clock.today()


class LinesForm(forms.Form):
    """Lines of one side: of a day or of all days, and of what became of them."""

    day = PastDay(required=False)
    source = forms.CharField(required=False)
    became = forms.ChoiceField(required=False, choices=[(UNDEALT, "Not dealt with"), *DISPOSITIONS.items()])
