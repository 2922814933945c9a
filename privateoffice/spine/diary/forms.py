"""What people may choose and upload of the diary."""

from pathlib import PurePath

from django import forms

from privateoffice.foundations.clock import clock
from privateoffice.foundations.quarantine.limits import MEGABYTE, UPLOAD_BYTES

ENDINGS = (".ics", ".ical", ".ifb", ".vcs")
VIEWS = (("week", "Week"), ("list", "List"))


class WeekForm(forms.Form):
    """Which week is shown, by any of its days, and how. What cannot be read is this week."""

    week = forms.DateField(required=False)
    view = forms.ChoiceField(choices=VIEWS, required=False)

    def clean_week(self):
        day = self.cleaned_data["week"] or clock.today()
        if not 1950 <= day.year <= 2150:
            raise forms.ValidationError("The year must be between 1950 and 2150")
        return day


class UploadForm(forms.Form):
    """A calendar saved from a calendar program."""

    file = forms.FileField(
        label="Calendar saved as a file",
        help_text=f"A calendar (.ics), up to {UPLOAD_BYTES // MEGABYTE} MB.",
        widget=forms.FileInput(attrs={"accept": ",".join(ENDINGS)}),
        error_messages={
            "empty": "The file is empty. Choose another.",
            "missing": "Choose: calendar saved as a file",
        },
        max_length=500,
    )
    calendar = forms.CharField(
        label="Name of the calendar",
        required=False,
        max_length=200,
        help_text="Only where the file's own name is not right. The same name again brings it up to date.",
    )

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > UPLOAD_BYTES:
            raise forms.ValidationError(
                f"The file is larger than {UPLOAD_BYTES // MEGABYTE} MB. Have it imported from its folder."
            )
        if PurePath(file.name).suffix.lower() not in ENDINGS:
            raise forms.ValidationError("The file must end in .ics. Save it so and choose it again.")
        return file
