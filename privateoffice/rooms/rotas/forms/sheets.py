"""A spreadsheet that is handed in."""

from django import forms

MOST_BYTES = 20 * 1024 * 1024


class SheetForm(forms.Form):
    """A spreadsheet that holds a rota."""

    file = forms.FileField(label="The spreadsheet", help_text="An Excel workbook, or a CSV file")

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise forms.ValidationError("The file is larger than 20 MB. Save only the sheet that holds the rota")
        return file
