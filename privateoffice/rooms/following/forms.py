"""What people may type about clocks, holding replies and contributions."""

from datetime import date
from typing import Any

from django import forms

from privateoffice.foundations.clock import clock, reply_times, words, working_days
from privateoffice.foundations.records.typed import UnmarkedForm
from privateoffice.foundations.ui.forms import DayInput
from privateoffice.rooms.following.models import Acknowledgement, ReplyClock
from privateoffice.spine.actions.forms import OwnerForm


class KindForm(forms.Form):
    """Of what kind a letter is, each with what it is promised."""

    kind = forms.ChoiceField(label="Of what kind is it?", widget=forms.RadioSelect)

    def __init__(self, *args: Any, one: ReplyClock, **kwargs: Any):
        super().__init__(*args, initial={"kind": one.kind}, **kwargs)
        held = reply_times.on(clock.day_of(one.received_at))
        self.fields["kind"].choices = [  # type: ignore[attr-defined]
            (kind, f"{times.name}: {promised_by(times)}") for kind, times in held.items()
        ]


def promised_by(times: reply_times.ReplyTimes) -> str:
    """What a kind is promised, in words."""
    if times.reply_in is None:
        return "nothing is owed"
    told = "" if times.acknowledge_in is None else f"acknowledged {_within(times.acknowledge_in)}, "
    if times.counted_as == reply_times.MONTHS:
        return f"{told}answered within a month"
    counted = " of the whole UK" if times.counted_as == reply_times.FOI_DAYS else ""
    return f"{told}answered {_within(times.reply_in)}{counted}"


def _within(days: int) -> str:
    return f"within {days} working day{'' if days == 1 else 's'}" if days else "the same day"


class AcknowledgementForm(forms.Form):
    how = forms.ChoiceField(
        label="How were they told?", choices=Acknowledgement.How.choices, widget=forms.RadioSelect
    )


class PromiseForm(UnmarkedForm):
    """Another day, and why. What is promised now, and the last day that may be, stand beside the field."""

    due_on = forms.DateField(label="The reply comes by", widget=DayInput())
    reason = forms.CharField(label="Why?", max_length=200)

    def __init__(self, *args: Any, promised_on: date, last_on: date, **kwargs: Any):
        super().__init__(*args, **kwargs)
        last = f"A working day, {words.short_day(last_on)} at the latest"
        self.fields["due_on"].help_text = f"{last}. Promised now: {words.short_day(promised_on)}"


class ContributionForm(UnmarkedForm, OwnerForm):
    """What somebody is asked to contribute to a reply, by when."""

    title = forms.CharField(
        label="What they are to send", help_text="Begin with a verb. Written to be OFFICIAL", max_length=200
    )
    detail = forms.CharField(
        label="What you ask them", max_length=4000, widget=forms.Textarea({"rows": 6}), required=False
    )
    due_on = forms.DateField(label="By when", widget=DayInput(), help_text="A working day; due at 5:30pm")
    why_outside = forms.CharField(
        label="It is OFFICIAL-SENSITIVE: why may somebody outside be asked?", max_length=200, required=False
    )

    field_order = ["title", "detail", "person", "chosen", "owner_name", "owner_email", "due_on", "why_outside"]

    def __init__(self, *args: Any, is_sensitive: bool = False, **kwargs: Any):
        super().__init__(*args, **kwargs)
        del self.fields["owner_role"]
        self.fields["person"].label = "Who: a person of the directory"
        if not is_sensitive:
            del self.fields["why_outside"]

    def clean(self) -> dict[str, Any]:
        cleaned = forms.Form.clean(self) or self.cleaned_data
        cleaned["owner"] = self._person(cleaned)
        if not self.errors and bool(cleaned["owner"]) == bool(cleaned.get("owner_name")):
            self.add_error("person", "Choose one person: somebody of the directory, or somebody outside")
        if cleaned.get("owner_name") and not cleaned.get("owner_email") and "owner_email" not in self.errors:
            self.add_error("owner_email", "Enter their email address, so that they can be asked")
        return cleaned

    @property
    def said(self) -> dict[str, Any]:
        """What the verb takes."""
        said = self.cleaned_data
        names = ("title", "due_on", "owner", "owner_name", "owner_email")
        return {
            **{name: said[name] for name in names},
            "asked": said["detail"],
            "why_outside": said.get("why_outside", ""),
        }


class AgainForm(UnmarkedForm):
    """What is still wanted, by when."""

    reason = forms.CharField(label="What is still wanted?", max_length=2000, widget=forms.Textarea({"rows": 4}))
    due_on = forms.DateField(label="By when", widget=DayInput(), help_text="A working day")


def in_days(days: int) -> Any:
    """The working day so many days on, for a form to begin with."""
    return working_days.add(clock.today(), days)
