"""What people may choose and upload of mail."""

from pathlib import PurePath

from django import forms

from privateoffice.foundations.quarantine.limits import MEGABYTE, UPLOAD_BYTES

ENDINGS = (".eml", ".mbox", ".mbx", ".msg")
SHOWN = (
    ("all", "All"),
    ("unanswered", "Unanswered"),
    ("look", "Needs a look"),
    ("sensitive", "OFFICIAL-SENSITIVE"),
)


class ListForm(forms.Form):
    """Which conversations are shown."""

    show = forms.ChoiceField(choices=SHOWN, required=False)


class UploadForm(forms.Form):
    """Mail saved from a mail program."""

    file = forms.FileField(
        label="Mail saved as a file",
        help_text=f"A message (.eml, .msg) or a whole mailbox (.mbox), up to {UPLOAD_BYTES // MEGABYTE} MB.",
        widget=forms.FileInput(attrs={"accept": ",".join(ENDINGS)}),
        error_messages={
            "empty": "The file is empty. Choose another.",
            "missing": "Choose: mail saved as a file",
        },
        allow_empty_file=False,
        max_length=500,
    )

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > UPLOAD_BYTES:
            raise forms.ValidationError(
                f"The file is larger than {UPLOAD_BYTES // MEGABYTE} MB. Have it imported from its folder."
            )
        if PurePath(file.name).suffix.lower() not in ENDINGS:
            raise forms.ValidationError(
                "The file must end in .eml, .msg or .mbox. Save it so and choose it again."
            )
        return file
