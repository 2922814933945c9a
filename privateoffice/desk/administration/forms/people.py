"""What is typed about somebody in the staff directory."""

from datetime import date
from typing import Any

from django import forms

from privateoffice.desk.administration.forms.fields import ForbiddingForm, day_field
from privateoffice.foundations.clock import clock
from privateoffice.foundations.offices.models import Office, Person, Unit
from privateoffice.foundations.quarantine.limits import MEGABYTE, UPLOAD_BYTES

NUMBER = {"max_length": 10, "min_length": 3, "required": False}
SHOWN = {"serving": "Serving", "leavers": "Leavers", "all": "All"}


class SearchForm(forms.Form):
    """What the directory shows. Anything not offered is ignored."""

    q = forms.CharField(max_length=100, required=False)
    show = forms.ChoiceField(choices=list(SHOWN.items()))
    unit = forms.ModelChoiceField(Unit.objects.none(), required=False, to_field_name="name")

    def __init__(self, *args: Any, office: Office, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.units = Unit.objects.filter(office=office)
        self.fields["unit"].queryset = self.units  # type: ignore[attr-defined]


class PersonForm(ForbiddingForm):
    """Somebody, as the directory keeps them."""

    forenames = forms.CharField(label="Forenames", max_length=100, required=False)
    surname = forms.CharField(label="Surname", max_length=100)
    rank = forms.CharField(label="Rank or band", max_length=40, required=False)
    post = forms.CharField(label="Post", max_length=120, required=False)
    warrant_number = forms.CharField(label="Warrant number", **NUMBER)  # type: ignore[arg-type]
    pay_number = forms.CharField(label="Pay number", **NUMBER)  # type: ignore[arg-type]
    unit_name = forms.CharField(label="Unit", max_length=120, required=False)
    line_manager = forms.CharField(
        label="Line manager", max_length=200, required=False, help_text="Name, warrant or pay number"
    )
    email = forms.EmailField(label="Email", required=False)
    phone = forms.CharField(label="Telephone", max_length=40, required=False)
    joined_on = day_field("Joined", required=False)

    def clean_line_manager(self) -> Person | None:
        said = self.cleaned_data["line_manager"].strip()
        if not said:
            return None
        found = list(Person.objects.serving(clock.today()).named(said)[:3])
        if len(found) != 1:
            many = "Nobody serving fits" if not found else "Several people fit; give a number"
            raise forms.ValidationError(f"{many}: {said}")
        return found[0]

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        if not self.errors and not (said["warrant_number"] or said["pay_number"] or said["email"]):
            self.add_error("pay_number", "Give a warrant number, a pay number or an email address")
        return said


class CorrectionForm(PersonForm):
    """What the directory says of somebody, put right."""

    has_not_left = forms.BooleanField(
        label="They have not left",
        required=False,
        help_text="Takes the leaving date away. Roles and the account are given again by the administrator.",
    )

    def __init__(self, person: Person, *args: Any, **kwargs: Any):
        super().__init__(*args, initial=_said_of(person), **kwargs)
        self.person = person
        if person.left_on is None:
            del self.fields["has_not_left"]

    def clean_line_manager(self) -> Person | None:
        now = self.person.line_manager
        if now and self.cleaned_data["line_manager"].strip() == now.mark:
            return now
        found = super().clean_line_manager()
        if found == self.person:
            raise forms.ValidationError("Nobody manages themselves")
        return found

    @property
    def changes(self) -> dict[str, Any]:
        """What differs from the directory, as the verb takes it."""
        said = dict(self.cleaned_data)
        comes_back = said.pop("has_not_left", False)
        before = _said_of(self.person) | {"line_manager": self.person.line_manager}
        changes = {name: value for name, value in said.items() if value != before[name]}
        return changes | ({"left_on": None} if comes_back else {})


def _said_of(person: Person) -> dict[str, Any]:
    plain = ("forenames", "surname", "rank", "post", "warrant_number", "pay_number", "email", "phone", "joined_on")
    said = {name: getattr(person, name) for name in plain}
    unit, manager = person.unit, person.line_manager
    return said | {"unit_name": unit.name if unit else "", "line_manager": manager.mark if manager else ""}


class LeavingForm(ForbiddingForm):
    """The day from which somebody is gone."""

    left_on = day_field(
        "First day without access",
        help_text="From its first minute on. Today means: at once.",
        initial=clock.today,
    )

    def clean_left_on(self) -> date:
        left_on = self.cleaned_data["left_on"]
        if left_on.year < 1950:
            raise forms.ValidationError("Enter the year in full")
        return left_on


class MoveForm(forms.Form):
    """The office to which somebody moves."""

    office = forms.ModelChoiceField(
        Office.objects.none(), label="To which office?", to_field_name="slug", empty_label="Choose an office"
    )

    def __init__(self, person: Person, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["office"].queryset = Office.objects.exclude(pk=person.office_id)  # type: ignore[attr-defined]


class StaffListForm(forms.Form):
    """A staff list to look at."""

    file = forms.FileField(label="Staff list", help_text="An Excel workbook (.xlsx) or text (.csv), up to 25 MB")

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > UPLOAD_BYTES:
            raise forms.ValidationError(f"The file is larger than {UPLOAD_BYTES // MEGABYTE} MB. Split it")
        return file
