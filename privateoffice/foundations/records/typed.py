"""What forms about records share: texts that may be marked, people by name, records by reference."""

from typing import Any

from django import forms

from privateoffice.foundations.clock import clock
from privateoffice.foundations.offices.models import Person
from privateoffice.foundations.records import asking
from privateoffice.foundations.records.markings import AboveOurCeiling, refuse_above_ceiling
from privateoffice.foundations.records.models import Record, RecordQuerySet

MOST_NAMED = 5


class UnmarkedForm(forms.Form):
    """A form whose texts are refused when they are marked above our ceiling. What was typed stays in it."""

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        for name, value in list(said.items()):
            if isinstance(value, str):
                try:
                    refuse_above_ceiling(value)
                except AboveOurCeiling as refusal:
                    self.add_error(name, str(refusal))
        return said


class PersonField(forms.CharField):
    """One serving person of the directory, by name or number."""

    def __init__(self, **said: Any):
        said.setdefault("help_text", "Name, warrant or pay number")
        super().__init__(max_length=120, **said)

    def clean(self, value: Any) -> Any:
        typed = super().clean(value)
        return person_called(typed) if typed else None


class PeopleField(forms.CharField):
    """Several serving people, one on each line."""

    def __init__(self, **said: Any):
        said.setdefault("help_text", "Name, warrant or pay number, one person on each line")
        super().__init__(max_length=2_000, widget=forms.Textarea({"rows": 3}), **said)

    def clean(self, value: Any) -> Any:
        return [person_called(line) for line in super().clean(value).splitlines() if line.strip()]


def person_called(typed: str) -> Person:
    """The one person whom the words mean. Says who fits where there are several."""
    found = list(Person.objects.serving(clock.today()).named(typed)[: MOST_NAMED + 1])
    if not found:
        raise forms.ValidationError(f"Nobody in the directory is called {typed}")
    if len(found) > 1:
        several = ", ".join(f"{person} ({person.warrant_number or person.pay_number})" for person in found)
        raise forms.ValidationError(f"Several people are called {typed}: {several}. Enter the number")
    return found[0]


class RecordField(forms.CharField):
    """One record in scope, by its reference: 0142, enq 142, HOM/ENQ/2026/0142."""

    def __init__(self, records: Any = Record.objects.all, **said: Any):
        self.records = records
        said.setdefault("help_text", "Its reference, such as enq 142 or the whole of it")
        super().__init__(max_length=40, **said)

    def clean(self, value: Any) -> Any:
        typed = super().clean(value)
        return record_called(self.records(), typed) if typed else None


def record_called(records: RecordQuerySet, typed: str) -> Record:
    """The one record that a reference means. Says which fit where there are several."""
    meant = asking.reference(typed)
    found = list(records.referred(meant).order_by("-made_at", "-pk")[: MOST_NAMED + 1]) if meant else []
    if not found:
        raise forms.ValidationError(f"No record has the reference {typed}")
    if len(found) > 1:
        several = ", ".join(record.reference for record in found)
        raise forms.ValidationError(f"Several records fit {typed}: {several}. Enter the whole reference")
    return found[0]
