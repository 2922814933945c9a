"""The two fields that the forms of this room share."""

from typing import Any

from django import forms

from privateoffice.foundations.ui.forms import DayInput


def day(label: str, **said: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=DayInput(), **said)


def lines(label: str, **said: Any) -> forms.CharField:
    rows = said.pop("rows", 3)
    return forms.CharField(label=label, max_length=5_000, widget=forms.Textarea(attrs={"rows": rows}), **said)
