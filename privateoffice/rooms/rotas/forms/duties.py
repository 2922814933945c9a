"""What may be typed about duties as they come: who takes them, swaps them, hands them over."""

from datetime import date, timedelta
from typing import Any

from django import forms

from privateoffice.foundations.clock import clock
from privateoffice.foundations.records.typed import UnmarkedForm
from privateoffice.rooms.rotas.forms.fields import day, lines
from privateoffice.rooms.rotas.models import NOTES, Acknowledgement, Away, Handover


class PlacingForm(UnmarkedForm):
    """Who goes on a duty, and where a rule breaks, why and by whose authority."""

    person = forms.ChoiceField(label="Who", required=False)
    reason = forms.CharField(label="Why the rule is broken", max_length=300, required=False)
    authorised_by = forms.CharField(label="Who authorised it", max_length=120, required=False)

    def __init__(self, people: list[tuple[str, str]], *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["person"].choices = [("", "Nobody: leave a gap"), *people]  # type: ignore[attr-defined]


class SplitForm(forms.Form):
    """Where a duty is cut."""

    on = day("The second part begins on")


class PublishForm(UnmarkedForm):
    """Publishing."""

    with_gaps = forms.BooleanField(label="Publish it with its gaps", required=False)
    reason = forms.CharField(
        label="Why it changed", max_length=300, required=False, help_text="Those affected are told this"
    )


class AcknowledgementForm(forms.Form):
    """How somebody said that they have their duties."""

    how = forms.ChoiceField(
        label="How did they say so?",
        choices=[c for c in Acknowledgement.How.choices if c[0] != Acknowledgement.How.LINK],
        widget=forms.RadioSelect,
    )


class IllForm(UnmarkedForm):
    """Who is away from now, and why."""

    person = forms.ChoiceField(label="Who")
    kind = forms.ChoiceField(
        label="Why", choices=Away.Kind.choices, initial=Away.Kind.SICK, widget=forms.RadioSelect
    )
    starts_on = day("From")
    ends_on = day("To", required=False, help_text="Empty is a week")

    def __init__(self, people: list[tuple[str, str]], *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["person"].choices = people  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        starts_on, ends_on = said.get("starts_on"), said.get("ends_on")
        if starts_on and ends_on and ends_on < starts_on:
            self.add_error("ends_on", "The last day is before the first")
        return said

    @property
    def last(self) -> date:
        return self.cleaned_data["ends_on"] or self.cleaned_data["starts_on"] + timedelta(days=6)


class SwapForm(UnmarkedForm):
    """A swap."""

    other = forms.ChoiceField(label="With whom")
    in_return = forms.ChoiceField(label="For which duty of theirs", required=False)
    reason = forms.CharField(label="Why", max_length=300)

    def __init__(self, people: list[tuple[str, str]], duties: list[tuple[str, str]], *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["other"].choices = people  # type: ignore[attr-defined]
        self.fields["in_return"].choices = [("", "None: they only take this one"), *duties]  # type: ignore[attr-defined]


class WordsForm(UnmarkedForm):
    """Why, where one wants to say so."""

    reason = forms.CharField(label="Why", max_length=300, required=False)


class HandoverForm(UnmarkedForm):
    """The notes of a handover."""

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        for name in NOTES:
            label = str(Handover._meta.get_field(name).verbose_name)
            self.fields[name] = lines(label[:1].upper() + label[1:], required=False, rows=2)


class RecallForm(UnmarkedForm):
    """A call-out: from when to when."""

    began_on = day("Day")
    began = forms.TimeField(label="Called out at", widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))
    hours = forms.DecimalField(
        label="For how many hours", min_value=0, max_value=72, max_digits=5, decimal_places=2
    )
    reference = forms.CharField(label="Reference of the incident", max_length=80, required=False)

    @property
    def span(self) -> dict[str, Any]:
        said = self.cleaned_data
        start = clock.moment(said["began_on"], said["began"])
        length = timedelta(minutes=int(said["hours"] * 60))
        return {"began_at": start, "ended_at": start + length, "reference": said["reference"]}
