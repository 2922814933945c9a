"""What may be typed about the people of a rota."""

import re
from typing import Any

from django import forms

from privateoffice.foundations.records.typed import PersonField, UnmarkedForm
from privateoffice.rooms.rotas.forms.fields import day, lines
from privateoffice.rooms.rotas.models import Away, DutyType, Member, Rota

WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")

EXCUSED = (("night", "Nights"), ("weekend", "Weekends"), ("bank holiday", "Bank holidays"))


class MemberForm(UnmarkedForm):
    """A person on a rota."""

    person = PersonField(label="Who")
    duty_types = forms.ModelMultipleChoiceField(
        DutyType.objects.none(), label="For which duties", widget=forms.CheckboxSelectMultiple
    )
    starts_on = day("From")
    share = forms.IntegerField(
        label="Share of a full turn, in hundredths", min_value=1, max_value=100, initial=100
    )
    pattern = lines(
        "Weekdays worked",
        required=False,
        help_text="A week on each line, such as Mon Tue Wed. Empty is every day",
    )
    pattern_from = day("The first of these weeks begins on", required=False)
    excused = forms.MultipleChoiceField(
        label="Excused from", choices=EXCUSED, required=False, widget=forms.CheckboxSelectMultiple
    )
    opted_out_on = day("Opted out of the 48 hours in writing on", required=False)

    def __init__(self, rota: Rota, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["duty_types"].queryset = rota.duty_types.filter(desk="")  # type: ignore[attr-defined]
        self.fields["duty_types"].label_from_instance = lambda duty: duty.name  # type: ignore[attr-defined]

    def clean_pattern(self) -> str:
        return " ".join(_week(line) for line in self.cleaned_data["pattern"].splitlines() if line.strip())

    @property
    def said(self) -> dict[str, Any]:
        said = dict(self.cleaned_data)
        return said | {"duty_types": list(said["duty_types"]), "excused": ", ".join(said["excused"])}


def _week(line: str) -> str:
    """Seven marks for a line of weekdays."""
    named = [word[:3].title() for word in re.split(r"[\s,;/]+", line.strip()) if word]
    if set(named) - set(WEEKDAYS):
        raise forms.ValidationError(f"Enter weekdays such as Mon Tue Wed, not “{line.strip()[:40]}”")
    return "".join("1" if name in named else "0" for name in WEEKDAYS)


def pattern_words(member: Member) -> str:
    """The weeks of a pattern as lines of weekdays."""
    return "\n".join(
        " ".join(name for name, mark in zip(WEEKDAYS, week, strict=True) if mark == "1") for week in member.weeks
    )


class ReleaseForm(forms.Form):
    """When somebody leaves the rota."""

    ends_on = day("Last day on the rota")


class SkillForm(UnmarkedForm):
    """A skill in date."""

    person = PersonField(label="Who")
    name = forms.CharField(label="Skill", max_length=60, help_text="As the duty names it, such as PIP 3")
    starts_on = day("In date from")
    ends_on = day("In date to", required=False)

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        if said.get("starts_on") and said.get("ends_on") and said["ends_on"] < said["starts_on"]:
            self.add_error("ends_on", "The last day is before the first")
        return said


class AwayForm(UnmarkedForm):
    """Somebody away."""

    person = PersonField(label="Who")
    kind = forms.ChoiceField(label="Why", choices=Away.Kind.choices, widget=forms.RadioSelect)
    starts_on = day("First day")
    ends_on = day("Last day", required=False, help_text="Empty is until further notice")
    note = forms.CharField(label="Note", max_length=200, required=False, help_text="Nothing medical")


class BackForm(forms.Form):
    """When an absence ends."""

    last_day = day("Last day away")
