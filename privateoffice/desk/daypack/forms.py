"""For which day a pack is made."""

from datetime import timedelta

from django import forms

from privateoffice.foundations.clock import clock, working_days
from privateoffice.foundations.ui.forms import DayInput


class DayForm(forms.Form):
    """A day, from today to a fortnight ahead."""

    day = forms.DateField(label="For which day?", widget=DayInput())

    def __init__(self, *args, **kwargs):
        super().__init__(*args, initial={"day": working_days.next(clock.today())}, **kwargs)

    def clean_day(self):
        day = self.cleaned_data["day"]
        if not clock.today() <= day <= clock.today() + timedelta(days=14):
            raise forms.ValidationError("Choose a day from today to a fortnight ahead")
        return day
