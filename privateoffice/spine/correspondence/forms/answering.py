"""What an answer to a chaser comes to, where it was not plain."""

from datetime import date

from django import forms

from privateoffice.foundations.clock import clock, working_days
from privateoffice.foundations.ui.forms import DayInput
from privateoffice.spine.correspondence.models import Answer

CHOICES = (
    (Answer.Said.DONE, "Done: it goes to whoever set it, for acceptance"),
    (Answer.Said.NEW_DATE, "A new date"),
    (Answer.Said.UNSURE, "Nothing to do: it says nothing of the action"),
)


class AnswerForm(forms.Form):
    """One choice, and the day where it is a new date."""

    said = forms.ChoiceField(label="What does it say?", choices=CHOICES, widget=forms.RadioSelect)
    due_on = forms.DateField(label="The new date, if it names one", required=False, widget=DayInput())

    def clean_due_on(self) -> date | None:
        day = self.cleaned_data["due_on"]
        if day and day < clock.today():
            raise forms.ValidationError("The date has passed; choose today or later")
        if day and not working_days.is_working(day):
            raise forms.ValidationError("This is not a working day; choose one that is")
        return day

    def clean(self):
        said, day = self.cleaned_data.get("said"), self.cleaned_data.get("due_on")
        if said == Answer.Said.NEW_DATE and not day and "due_on" not in self.errors:
            self.add_error("due_on", "Enter the new date")
        if said != Answer.Said.NEW_DATE and day:
            self.cleaned_data["due_on"] = None
        return self.cleaned_data
