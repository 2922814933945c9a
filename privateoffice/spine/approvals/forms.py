"""What people may type about what goes out in the Commander's name."""

import re

from django import forms

from privateoffice.foundations.clock import clock
from privateoffice.foundations.offices import scope
from privateoffice.foundations.offices.models import Holding, Person
from privateoffice.foundations.records.markings import AboveOurCeiling, Marking, refuse_above_ceiling
from privateoffice.foundations.ui.forms import DayInput
from privateoffice.spine.approvals.models import CLASSES, Addressee, Unfit, frozen
from privateoffice.spine.approvals.models.content import refuse_unfit_address
from privateoffice.spine.approvals.services import Paper

_NAMED = re.compile(r"(?P<name>[^<>]*?)\s*<(?P<address>[^<>]+)>")
MOST_FILES = 20


class Addresses(forms.CharField):
    """Recipients, one on each line: a name and an address in angle brackets, or an address alone."""

    def __init__(self, kind: str, label: str, **said):
        self.kind = kind
        super().__init__(label=label, widget=forms.Textarea(attrs={"rows": 2}), **said)

    def clean(self, value):
        lines = [line.strip() for line in super().clean(value).splitlines() if line.strip()]
        found = [_addressee(self.kind, line) for line in lines]
        for addressee in found:
            try:
                refuse_unfit_address(addressee)
            except Unfit as refusal:
                raise forms.ValidationError(str(refusal)) from None
        return found


def _addressee(kind: str, line: str) -> Addressee:
    named = _NAMED.fullmatch(line)
    return (
        Addressee(kind, named["name"].strip(' "'), named["address"].strip())
        if named
        else Addressee(kind, "", line)
    )


class ManyFiles(forms.ClearableFileInput):
    allow_multiple_selected = True


class Files(forms.FileField):
    """Any number of files, each within what other people's mail systems take."""

    def __init__(self, **said):
        super().__init__(widget=ManyFiles(attrs={"multiple": True}), **said)

    def clean(self, data, initial=None):
        files = [super(Files, self).clean(file) for file in data or []]
        if len(files) > MOST_FILES or any(file.size > frozen.LARGEST for file in files):
            raise forms.ValidationError(f"Choose up to {MOST_FILES} files of up to 25 MB each")
        return [Paper(file.name, file.content_type or "application/octet-stream", file.read()) for file in files]


class UnmarkedForm(forms.Form):
    """A form whose texts are refused when they are marked above our ceiling. What was typed stays in it."""

    def clean(self):
        said = super().clean() or self.cleaned_data
        for name, value in list(said.items()):
            try:
                refuse_above_ceiling(value if isinstance(value, str) else "")
            except AboveOurCeiling as refusal:
                self.add_error(name, str(refusal))
        return said


class ContentForm(UnmarkedForm):
    """The item as it would go out."""

    to = Addresses("to", "To", help_text="One on each line, such as Nadia Prestwood MP <office@prestwood.example>")
    cc = Addresses("cc", "Copy", required=False)
    bcc = Addresses("bcc", "Blind copy", required=False)
    subject = forms.CharField(label="Subject", max_length=200)
    text = forms.CharField(
        label="Text, as it will go", max_length=100_000, widget=forms.Textarea(attrs={"rows": 14})
    )
    papers = Files(label="With these files", required=False)
    many_may_see = forms.BooleanField(label="All of them may see each other's addresses", required=False)
    summary = forms.CharField(label="What it says, in one sentence", max_length=300, required=False)
    recommendation = forms.CharField(label="What you recommend, and why", max_length=300, required=False)
    due_on = forms.DateField(label="Wanted by", required=False, widget=DayInput())

    @property
    def recipients(self) -> list[Addressee]:
        said = self.cleaned_data
        return [*said["to"], *said["cc"], *said["bcc"]]

    @property
    def words(self) -> dict:
        """The fields that are plain words, and the moment by which it is wanted."""
        said = {name: self.cleaned_data[name] for name in ("subject", "text", "summary", "recommendation")}
        due_on = self.cleaned_data["due_on"]
        return {
            **said,
            "recipients": self.recipients,
            "many_may_see": self.cleaned_data["many_may_see"],
            "due_at": clock.closing(due_on, "17:00") if due_on else None,
        }


class OfferForm(ContentForm):
    """A new item for approval."""

    item_class = forms.ChoiceField(
        label="What is it?",
        choices=[(item.code, item.word.capitalize()) for item in CLASSES.values()],
        initial="letter",
        widget=forms.RadioSelect,
    )
    title = forms.CharField(label="Title, for lists", max_length=200, help_text="Written to be OFFICIAL.")
    is_sensitive = forms.BooleanField(label="OFFICIAL-SENSITIVE", required=False)
    handling = forms.CharField(label="Handling instruction", max_length=200, required=False)

    field_order = ("item_class", "title")

    def clean(self):
        said = super().clean()
        if said.get("is_sensitive") and not said.get("handling"):
            self.add_error("handling", "Enter how it is to be handled, for example PERSONAL DATA")
        return said

    @property
    def said(self) -> dict:
        """What the verb takes."""
        said, is_sensitive = self.cleaned_data, self.cleaned_data["is_sensitive"]
        return {
            **self.words,
            "item_class": said["item_class"],
            "title": said["title"],
            "papers": said["papers"],
            "marking": Marking.OFFICIAL_SENSITIVE if is_sensitive else Marking.OFFICIAL,
            "handling": said["handling"] if is_sensitive else "",
        }


class AmendForm(ContentForm):
    """A changed version. Without files, those of the version before stay."""

    seen = forms.IntegerField(widget=forms.HiddenInput)
    title = forms.CharField(label="Title, for lists", max_length=200)

    field_order = ("title",)

    @property
    def said(self) -> dict:
        """What the verb takes."""
        said = {**self.words, "title": self.cleaned_data["title"], "seen": self.cleaned_data["seen"]}
        return {**said, "papers": self.cleaned_data["papers"] or None}


class NoteForm(UnmarkedForm):
    """What is wanted before it can go out."""

    note = forms.CharField(
        label="What should change?", max_length=4000, widget=forms.Textarea(attrs={"rows": 4, "autofocus": True})
    )
    fingerprint = forms.CharField(required=False, widget=forms.HiddenInput)


class ReasonForm(UnmarkedForm):
    """Why it will not go out."""

    reason = forms.CharField(label="Why?", max_length=200)


class PaperApprovalForm(forms.Form):
    """What was signed on paper."""

    fingerprint = forms.CharField(
        label="Fingerprint printed on it", max_length=120, help_text="64 letters and digits in groups of four."
    )
    approver = forms.ModelChoiceField(Person.everyone.none(), label="Who signed it?")
    signed_on = forms.DateField(label="Signed on", widget=DayInput())
    scan = forms.FileField(label="Scan of the signed paper (PDF, JPEG or PNG)")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["approver"].queryset = _holders("commander", "staff_officer")  # type: ignore[attr-defined]

    def clean_signed_on(self):
        if self.cleaned_data["signed_on"] > clock.today():
            raise forms.ValidationError("The day must be today or before")
        return self.cleaned_data["signed_on"]

    def clean_scan(self):
        if self.cleaned_data["scan"].size > frozen.LARGEST:
            raise forms.ValidationError("Choose a file of up to 25 MB")
        return self.cleaned_data["scan"].read()


class DelegationForm(forms.Form):
    """Who may approve what, from when until when."""

    to_person = forms.ModelChoiceField(Person.everyone.none(), label="Who may approve?")
    item_classes = forms.MultipleChoiceField(
        label="Which items?",
        choices=[(item.code, item.words.capitalize()) for item in CLASSES.values() if item.delegates],
        widget=forms.CheckboxSelectMultiple,
    )
    starts_on = forms.DateField(label="From", widget=DayInput())
    ends_on = forms.DateField(label="To the end of", widget=DayInput())

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["to_person"].queryset = _holders("staff_officer")  # type: ignore[attr-defined]

    def clean(self):
        said = super().clean() or self.cleaned_data
        if said.get("starts_on") and said.get("ends_on") and said["ends_on"] < said["starts_on"]:
            self.add_error("ends_on", "The last day must not be before the first")
        return said

    @property
    def said(self) -> dict:
        said = self.cleaned_data
        return {
            "item_classes": said["item_classes"],
            "starts_at": clock.moment(said["starts_on"]),
            "ends_at": clock.closing(said["ends_on"]),
        }


def _holders(*roles: str):
    """Those who hold one of the roles in the office at hand now."""
    held = Holding.objects.standing(clock.now()).filter(office=scope.current().office, role__in=roles)
    return Person.everyone.filter(pk__in=held.values("person"))
