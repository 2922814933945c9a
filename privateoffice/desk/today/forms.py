"""Until when a line of Today is put off."""

from datetime import datetime, timedelta

from django import forms

from privateoffice.foundations.clock import clock, working_days
from privateoffice.foundations.ui.forms import DayInput

LATER = {"later": "Later today, in two hours", "tomorrow": "Tomorrow, 8:00am", "week": "In a week, 8:00am"}


class PutOffForm(forms.Form):
    """A line, and when it comes back."""

    need = forms.CharField(max_length=120, widget=forms.HiddenInput)
    title = forms.CharField(max_length=200, widget=forms.HiddenInput)
    back = forms.ChoiceField(
        label="When should it come back?", choices=[*LATER.items(), ("on", "On a day")], widget=forms.RadioSelect
    )
    on = forms.DateField(label="The day", required=False, widget=DayInput())

    def clean(self):
        said = super().clean()
        if said.get("back") == "on" and not said.get("on"):
            self.add_error("on", "Enter the day on which it should come back")
        if said.get("back") == "on" and said.get("on") and said["on"] <= clock.today():
            self.add_error("on", "The day must be after today")
        return said

    @property
    def until(self) -> datetime:
        today, said = clock.today(), self.cleaned_data
        days = {"tomorrow": working_days.next(today), "week": today + timedelta(days=7), "on": said["on"]}
        if said["back"] == "later":
            return clock.now() + timedelta(hours=2)
        return clock.moment(days[said["back"]], "08:00")
