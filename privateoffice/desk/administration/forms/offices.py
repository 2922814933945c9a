"""What an administrator types about an office and who sits in it."""

from typing import Any

from django import forms

from privateoffice.desk.administration.forms.fields import ForbiddingForm, day_field
from privateoffice.desk.administration.forms.people import PersonForm
from privateoffice.foundations.clock import clock
from privateoffice.foundations.offices.colours import PALETTE
from privateoffice.foundations.offices.models import Office
from privateoffice.foundations.offices.roles import OFFICE_ROLES, Role


class SettingsForm(ForbiddingForm):
    """What an office is called, what it looks like, and how it is reached."""

    name = forms.CharField(label="Name", max_length=120)
    short_name = forms.CharField(label="Short name", max_length=40, help_text="For the rail: Homicide")
    colour = forms.ChoiceField(
        label="Colour", widget=forms.RadioSelect, help_text="White letters can be read on each of them."
    )
    address = forms.CharField(
        label="Address block",
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="As it stands at the head of a letter.",
    )
    phone = forms.CharField(label="Telephone", max_length=40, required=False)
    email = forms.EmailField(label="Email", required=False)

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        worn = self.initial.get("colour", "")
        own = {worn: "As it is"} if worn and worn not in PALETTE else {}
        self.fields["colour"].choices = list((own | PALETTE).items())  # type: ignore[attr-defined]

    def clean_colour(self) -> str:
        colour = self.cleaned_data["colour"]
        if colour != self.initial.get("colour") and Office.objects.filter(colour=colour).exists():
            raise forms.ValidationError(
                "Another office wears this colour. Choose one by which they are told apart"
            )
        return colour

    def clean_address(self) -> str:
        return self.cleaned_data["address"].replace("\r\n", "\n")


class OfficeForm(SettingsForm):
    """A new office, with the words that its addresses and references are made of."""

    slug = forms.CharField(
        label="Word in addresses", max_length=40, help_text="Small letters, such as homicide. It stays for good."
    )
    code = forms.CharField(
        label="Code in references", max_length=3, help_text="Three capitals, such as HOM. It stays for good."
    )

    field_order = ["name", "short_name", "slug", "code", "colour", "address", "phone", "email"]

    def clean_code(self) -> str:
        return self.cleaned_data["code"].upper()


class TermForm(ForbiddingForm):
    """Which role, and from when to when."""

    role = forms.ChoiceField(
        label="Role", choices=[(str(role), Role(role).label) for role in OFFICE_ROLES], widget=forms.RadioSelect
    )
    starts_on = day_field("From", required=False, help_text="Left empty: from now on.")
    ends_on = day_field("Last day", required=False, help_text="Left empty: until relieved.")

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        first, last = said.get("starts_on") or clock.today(), said.get("ends_on")
        if last and last < first:
            self.add_error("ends_on", "The last day must not come before the first")
        return said

    @property
    def term(self) -> dict[str, Any]:
        """The role and its moments as the verb takes them; the last day is served to its end."""
        said = self.cleaned_data
        first, last = said["starts_on"], said["ends_on"]
        return {
            "role": said.get("role", Role.ADMINISTRATOR),
            "starts_at": clock.moment(first) if first and first != clock.today() else None,
            "ends_at": clock.closing(last) if last else None,
        }


class NewcomerForm(TermForm, PersonForm):
    """Somebody who is not in the directory yet, and the role that they take up."""

    field_order = [
        "forenames",
        "surname",
        "rank",
        "post",
        "warrant_number",
        "pay_number",
        "email",
        "phone",
        "role",
    ]

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        for name in ("unit_name", "line_manager", "joined_on"):
            del self.fields[name]

    @property
    def newcomer(self) -> dict[str, Any]:
        said = {name: self.cleaned_data[name] for name in self.fields if name not in TermForm.base_fields}
        return said | self.term


class AdministratorForm(TermForm):
    """From when to when somebody administers the house."""

    role = None  # type: ignore[assignment]


class NewAdministratorForm(NewcomerForm):
    """Somebody who is not in the directory yet and will administer the house."""

    role = None  # type: ignore[assignment]


class ReliefForm(ForbiddingForm):
    """When somebody's time in a role ends."""

    last_on = day_field("Last day", required=False, help_text="Left empty: it ends now.")

    def clean_last_on(self):
        last = self.cleaned_data["last_on"]
        if last and last < clock.today():
            raise forms.ValidationError("The last day must be today or later")
        return last

    @property
    def at(self):
        last = self.cleaned_data["last_on"]
        return clock.closing(last) if last else clock.now()
