"""What people may type about actions."""

from typing import Any

from django import forms
from django.db.models import Q

from privateoffice.foundations.clock import clock
from privateoffice.foundations.offices.models import Person
from privateoffice.foundations.records.markings import Marking
from privateoffice.foundations.records.models import Matter
from privateoffice.foundations.ui.forms import DayInput
from privateoffice.spine.actions.services import OWNING_ROLES

MOST_FOUND = 12
ROLE_CHOICES = [("", "Choose a role"), *((str(role), role.label) for role in OWNING_ROLES)]


def words_field(label: str, rows: int = 3, **more: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=4000, widget=forms.Textarea({"rows": rows}), **more)


def people_found(words: str) -> list[Person]:
    """Serving people whose name or number fits, at most a dozen."""
    if not words.strip():
        return []
    return list(Person.objects.serving(clock.today()).named(words).select_related("unit")[:MOST_FOUND])


def mark_of(person: Person) -> str:
    """How a form names one person: by number, or by address where they have none. Never by a key."""
    return person.pay_number or person.warrant_number or person.email


def person_marked(mark: str) -> Person | None:
    """The person whom a form named."""
    numbered = Q(pay_number=mark) | Q(warrant_number=mark) | Q(email=mark, pay_number="", warrant_number="")
    return Person.objects.filter(numbered).first() if mark else None


def described(person: Person) -> str:
    return ", ".join(filter(None, [person.ranked_name, person.post, person.unit.name if person.unit else ""]))


class OwnerForm(forms.Form):
    """One owner: a role, a person looked up by name (several are shown to choose from), or somebody outside."""

    owner_role = forms.ChoiceField(label="Owner: a role", choices=ROLE_CHOICES, required=False)
    person = forms.CharField(
        label="or a person", help_text="Name, warrant or pay number", max_length=100, required=False
    )
    chosen = forms.ChoiceField(label="Which one?", widget=forms.RadioSelect, required=False)
    owner_name = forms.CharField(label="or somebody outside", max_length=200, required=False)
    owner_email = forms.EmailField(label="Their email address", required=False)

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.found = people_found(str(self.data.get("person", "")))
        self.fields["chosen"].choices = [(mark_of(person), described(person)) for person in self.found]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        cleaned["owner"] = self._person(cleaned)
        given = [cleaned.get("owner_role"), cleaned["owner"], cleaned.get("owner_name")]
        if not self.errors and sum(map(bool, given)) != 1:
            self.add_error("owner_role", "Choose one owner: a role, a person, or somebody outside")
        return cleaned

    def _person(self, cleaned: dict[str, Any]) -> Person | None:
        """The one person meant. Somebody marked and no longer searched for was chosen before."""
        words = cleaned.get("person", "").strip()
        if not words:
            return None
        if cleaned.get("chosen"):
            return person_marked(cleaned["chosen"])
        if not self.found:
            self.add_error("person", f"Nobody serving is found for “{words}”")
        elif len(self.found) > 1:
            self.add_error("chosen", f"{len(self.found)} people fit “{words}”. Choose one")
        return self.found[0] if len(self.found) == 1 else None

    @property
    def owner_given(self) -> dict[str, Any]:
        """The owner as the verbs take it."""
        return {name: self.cleaned_data[name] for name in ("owner_role", "owner", "owner_name", "owner_email")}


class AssignForm(OwnerForm):
    """Who owes what by when, in one go."""

    title = forms.CharField(
        label="What is to be done", help_text="Begin with a verb. 200 characters at most.", max_length=200
    )
    due_on = forms.DateField(label="By when", widget=DayInput(), help_text="A working day; due at 5:30pm")
    setter_role = forms.ChoiceField(label="Asked by", required=False)
    asked = forms.CharField(
        label="Where it was asked",
        help_text="For example: in the car, 12 November",
        max_length=120,
        required=False,
    )
    detail = words_field("More", required=False)
    matter = forms.CharField(
        label="Matter", help_text="Its reference, such as HOM/MAT/2026/0031", max_length=40, required=False
    )
    marking = forms.TypedChoiceField(
        label="Marking", choices=Marking.choices, coerce=int, initial=Marking.OFFICIAL
    )
    handling = forms.CharField(label="Handling", max_length=200, required=False)

    field_order = ["title", "owner_role", "person", "chosen", "owner_name", "owner_email", "due_on"]

    def __init__(self, *args: Any, setter_roles: Any = (), **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["setter_role"].choices = setter_roles  # type: ignore[attr-defined]

    def clean_matter(self) -> Matter | None:
        reference = self.cleaned_data["matter"].strip().upper()
        if not reference:
            return None
        matter = Matter.objects.filter(reference=reference).first()
        if matter is None:
            raise forms.ValidationError("There is no such matter")
        return matter

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("marking") == Marking.OFFICIAL_SENSITIVE and not cleaned.get("handling", "").strip():
            self.add_error("handling", "Say how it is to be handled")
        return cleaned


class PassOnForm(OwnerForm):
    reason = words_field("Why")


class LeaverForm(PassOnForm):
    """Whose actions go to whom. The leaver is found by number, so that nobody is mistaken for a namesake."""

    leaver = forms.CharField(widget=forms.HiddenInput, max_length=100)


class DateForm(forms.Form):
    due_on = forms.DateField(label="New date", widget=DayInput(), help_text="A working day; due at 5:30pm")
    reason = words_field("Why")
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=1)


class WordsForm(forms.Form):
    title = forms.CharField(label="What is to be done", max_length=200)
    detail = words_field("More", required=False)
    asked = forms.CharField(label="Where it was asked", max_length=120, required=False)
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=1)


class DischargeForm(forms.Form):
    words = words_field("What was done")
    evidence = forms.CharField(
        label="Evidence",
        help_text="The reference of the record that shows it, such as HOM/ENQ/2026/0142",
        max_length=40,
        required=False,
    )


class ReasonForm(forms.Form):
    reason = words_field("Why")


class NoteForm(forms.Form):
    text = words_field("Note")


class PauseForm(forms.Form):
    until = forms.DateField(label="Chase again from", widget=DayInput())
    reason = words_field("Why")
