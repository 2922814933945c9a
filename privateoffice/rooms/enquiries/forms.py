"""What people may type about an enquiry."""

from django import forms

from privateoffice.foundations.clock import clock
from privateoffice.foundations.offices.models import Person, Unit
from privateoffice.foundations.offices.roles import Role
from privateoffice.foundations.records.markings import Marking
from privateoffice.foundations.records.models import Matter
from privateoffice.foundations.records.typed import UnmarkedForm
from privateoffice.foundations.ui.forms import DayInput
from privateoffice.rooms.enquiries.models import Enquiry, EnquiryKind

LONGEST = 10_000


def words(label: str, **said) -> forms.CharField:
    """A box for a few sentences."""
    rows = said.pop("rows", 4)
    return forms.CharField(label=label, max_length=LONGEST, widget=forms.Textarea(attrs={"rows": rows}), **said)


class KindChoice(forms.ModelChoiceField):
    """The kinds of enquiry, in the order of the handbook."""

    def __init__(self, **said):
        super().__init__(EnquiryKind.objects.all(), label="Kind", empty_label=None, **said)


class EnquiryForm(UnmarkedForm):
    """A call, a mail or a visit, logged while the caller is still there. Only the question is needed."""

    channel = forms.ChoiceField(
        label="How it came",
        choices=Enquiry.Channel.choices,
        initial=Enquiry.Channel.PHONE,
        widget=forms.RadioSelect,
    )
    caller_name = forms.CharField(
        label="Who asks", max_length=120, required=False, widget=forms.TextInput(attrs={"autofocus": True})
    )
    caller_phone = forms.CharField(label="Telephone", max_length=40, required=False)
    caller_email = forms.EmailField(label="Email", required=False)
    caller_organisation = forms.CharField(label="Organisation", max_length=120, required=False)
    asked = words("What they ask", rows=3)
    kind = KindChoice()
    title = forms.CharField(
        label="Title",
        max_length=200,
        required=False,
        help_text="For lists. Written to be OFFICIAL. Left empty, it is the first words of the question.",
    )
    matter = forms.ModelChoiceField(Matter.objects.none(), label="Matter", required=False, empty_label="None")
    is_sensitive = forms.BooleanField(label="OFFICIAL-SENSITIVE", required=False)
    handling = forms.CharField(label="Handling instruction", max_length=200, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["matter"].queryset = Matter.objects.open().order_by("-made_at")

    def clean(self):
        said = super().clean()
        if said.get("is_sensitive") and not said.get("handling"):
            self.add_error("handling", "Enter how it is to be handled, for example PERSONAL DATA")
        return said

    @property
    def said(self) -> dict:
        """What the verb takes."""
        said = dict(self.cleaned_data)
        is_sensitive = said.pop("is_sensitive")
        marking = Marking.OFFICIAL_SENSITIVE if is_sensitive else Marking.OFFICIAL
        said["title"] = said["title"] or _first_words(said["asked"])
        return {**said, "marking": marking, "handling": said["handling"] if is_sensitive else ""}


def _first_words(text: str, most: int = 80) -> str:
    line = " ".join(text.split())
    return line if len(line) <= most else f"{line[:most].rsplit(' ', 1)[0]}…"


class ListForm(forms.Form):
    """What the list of enquiries shows. Anything not offered is ignored."""

    show = forms.ChoiceField(choices=[(name, name) for name in ("open", "late", "redirected", "closed", "all")])
    kind = forms.ModelChoiceField(EnquiryKind.objects.all(), required=False, to_field_name="slug")


class AcknowledgementForm(forms.Form):
    """How the caller was told that we have it."""

    how = forms.ChoiceField(label="How were they told?", choices=Enquiry.Channel.choices, widget=forms.RadioSelect)


class ResolutionForm(UnmarkedForm):
    """The answer given to the caller."""

    answer = words("What were they told?")


class RedirectionForm(UnmarkedForm):
    """The unit that should take it."""

    unit = forms.ModelChoiceField(
        Unit.objects.none(), label="Which unit?", required=False, empty_label="Not in the list"
    )
    other = forms.CharField(label="Another unit, by name", max_length=120, required=False)
    other_email = forms.EmailField(label="Its address for mail", required=False)
    note = words("A note for them", required=False, rows=3)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = Unit.objects.select_related("office").order_by("office__name", "name")

    def clean(self):
        said = super().clean()
        if not said.get("unit") and not said.get("other", "").strip():
            self.add_error("unit", "Choose a unit, or enter the name of another")
        return said

    def unit_chosen(self) -> Unit:
        """The unit chosen, or the one named; a unit outside the offices is kept for the next time."""
        said = self.cleaned_data
        if said["unit"]:
            return said["unit"]
        unit, _ = Unit.objects.get_or_create(
            office=None, name=said["other"].strip(), defaults={"email": said["other_email"]}
        )
        return unit


class AcceptanceForm(UnmarkedForm):
    """Whose word it is that the unit has taken it."""

    accepted_by = forms.CharField(label="Who there accepted it?", max_length=120)


class ReasonForm(UnmarkedForm):
    """Why."""

    reason = forms.CharField(label="Why?", max_length=200)


class PromiseForm(UnmarkedForm):
    """A new reply date, and why."""

    due_on = forms.DateField(label="New reply date", widget=DayInput())
    reason = forms.CharField(label="Why?", max_length=200)

    def clean_due_on(self):
        due_on = self.cleaned_data["due_on"]
        if due_on < clock.today():
            raise forms.ValidationError("The new date must be today or later")
        return due_on


class KindForm(forms.Form):
    """Another kind, with other clocks."""

    kind = KindChoice()


class OwnerForm(forms.Form):
    """Who answers for it from now on."""

    role = forms.ChoiceField(
        label="Which role?",
        choices=[(role.value, role.label) for role in (Role.PA, Role.STAFF_OFFICER, Role.COMMANDER)],
        widget=forms.RadioSelect,
    )
    person = forms.ModelChoiceField(
        Person.everyone.none(), label="Or a person by name", required=False, empty_label="Nobody in particular"
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = Person.objects.serving(clock.today())


class NoteForm(UnmarkedForm):
    """What was said or found."""

    text = words("Note")


class SplitForm(UnmarkedForm):
    """The second question, as an enquiry of its own."""

    title = forms.CharField(label="Title", max_length=200)
    asked = words("What they ask", rows=3)
    kind = KindChoice()


class CorrectionForm(UnmarkedForm):
    """What was typed, corrected. Carries the version that was read."""

    seen = forms.IntegerField(widget=forms.HiddenInput)
    title = forms.CharField(label="Title", max_length=200)
    asked = words("What they ask")
