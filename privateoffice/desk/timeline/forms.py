"""What people may type about matters, and about the marking and keeping of a record of any kind."""

from typing import Any

from django import forms

from privateoffice.foundations.offices import scope
from privateoffice.foundations.offices.roles import OFFICE_ROLES
from privateoffice.foundations.records.markings import Marking
from privateoffice.foundations.records.models import Hold, Link, Matter, Record
from privateoffice.foundations.records.typed import PeopleField, PersonField, RecordField, UnmarkedForm

LONGEST = 10_000


def words(label: str, **said: Any) -> forms.CharField:
    """A box for a few sentences."""
    return forms.CharField(label=label, max_length=LONGEST, widget=forms.Textarea({"rows": 4}), **said)


class ListForm(forms.Form):
    """What the list of matters shows. Anything not offered is ignored."""

    show = forms.ChoiceField(choices=[(name, name) for name in ("open", "closed", "all")], required=False)
    words = forms.CharField(max_length=200, required=False)


class MarkingForm(UnmarkedForm):
    """A marking within the clearance of who chooses it; OFFICIAL-SENSITIVE says how it is handled."""

    seen = forms.IntegerField(widget=forms.HiddenInput)
    marking = forms.TypedChoiceField(label="Marking", coerce=int, widget=forms.RadioSelect)
    handling = forms.CharField(
        label="Handling instruction",
        max_length=200,
        required=False,
        help_text="For OFFICIAL-SENSITIVE: for example PERSONAL DATA, or RECIPIENTS ONLY and who they are",
    )

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        most = scope.current().clearance
        self.fields["marking"].choices = [choice for choice in Marking.choices if choice[0] <= most]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        is_sensitive = said.get("marking") == Marking.OFFICIAL_SENSITIVE
        if is_sensitive and not said.get("handling", "").strip():
            self.add_error("handling", "Enter how it is to be handled, for example PERSONAL DATA")
        if not is_sensitive:
            said["handling"] = ""
        return said


class MatterForm(UnmarkedForm):
    """A new matter."""

    title = forms.CharField(label="Title", max_length=200, help_text="For lists. Written to be OFFICIAL.")
    summary = words("What it is about", required=False)
    is_sensitive = forms.BooleanField(label="OFFICIAL-SENSITIVE", required=False)
    handling = forms.CharField(label="Handling instruction", max_length=200, required=False)

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        if said.get("is_sensitive") and scope.current().clearance < Marking.OFFICIAL_SENSITIVE:
            self.add_error("is_sensitive", "Your clearance here is OFFICIAL")
        if said.get("is_sensitive") and not said.get("handling", "").strip():
            self.add_error("handling", "Enter how it is to be handled, for example PERSONAL DATA")
        return said

    @property
    def said(self) -> dict[str, Any]:
        """What the verb takes."""
        said = self.cleaned_data
        marks = (
            {"marking": Marking.OFFICIAL_SENSITIVE, "handling": said["handling"]} if said["is_sensitive"] else {}
        )
        return {"title": said["title"], "summary": said["summary"], **marks}


class CorrectionForm(UnmarkedForm):
    """What a matter is called and about, with the version that was read."""

    seen = forms.IntegerField(widget=forms.HiddenInput)
    title = forms.CharField(label="Title", max_length=200)
    summary = words("What it is about", required=False)


class ClosingForm(UnmarkedForm):
    """How a matter ended."""

    words = words("How did it end?")


class ReasonForm(UnmarkedForm):
    """Why."""

    reason = forms.CharField(label="Why?", max_length=200)


class PutOnForm(forms.Form):
    """A record that belongs to the matter."""

    record = RecordField(label="Put a record on this matter")


class PlaceForm(UnmarkedForm):
    """The matter that a record is put on: one that is open, or a new one."""

    matter = RecordField(
        Matter.objects.all, label="Which matter?", required=False, help_text="Its number or reference"
    )
    title = forms.CharField(label="Or the title of a new matter", max_length=200, required=False)

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        if not self.errors and bool(said.get("matter")) == bool(said.get("title")):
            self.add_error("matter", "Enter a matter, or the title of a new one")
        return said


class ReadersForm(forms.Form):
    """The roles and people that a record is for, from now on."""

    roles = forms.MultipleChoiceField(
        label="Roles",
        choices=[(role.value, role.label) for role in OFFICE_ROLES],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    people = PeopleField(label="People", required=False)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if not self.errors and not said.get("roles") and not said.get("people"):
            self.add_error("roles", "Choose a role, or enter a person")
        return said


class ConflictForm(UnmarkedForm):
    """Whom a record concerns, so that they do not see it."""

    person = PersonField(label="Whom does it concern?")
    reason = forms.CharField(label="Why?", max_length=200)


class LiftingForm(forms.Form):
    """Which hold is lifted."""

    hold = forms.ModelChoiceField(
        Hold.objects.none(), to_field_name="reason", widget=forms.RadioSelect, empty_label=None
    )

    def __init__(self, *args: Any, record: Record, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["hold"].queryset = Hold.objects.filter(record_id=record.pk, lifted_at=None)  # type: ignore[attr-defined]


class LinkForm(forms.Form):
    """How one record bears on another."""

    kind = forms.ChoiceField(label="This record", choices=Link.Kind.choices, widget=forms.RadioSelect)
    record = RecordField(label="Which record?")

    def __init__(self, *args: Any, record: Record, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.here = record

    def clean_record(self) -> Record:
        if self.cleaned_data["record"].pk == self.here.pk:
            raise forms.ValidationError("A record is not linked to itself")
        return self.cleaned_data["record"]
