"""What people may type when they say what is to become of an ask."""

from datetime import date, datetime, timedelta
from typing import Any

from django import forms

from privateoffice.foundations.clock import clock, working_days
from privateoffice.foundations.offices.models import Unit
from privateoffice.foundations.offices.roles import Role
from privateoffice.foundations.records.models import Matter
from privateoffice.foundations.records.typed import PersonField, RecordField, UnmarkedForm
from privateoffice.foundations.registry import house
from privateoffice.foundations.ui.forms import DayInput
from privateoffice.spine.correspondence.models import Ask, Filing, Way
from privateoffice.spine.correspondence.services.guessing import caller_of

AT_ONCE = (Way.ANSWERED, Way.NO_ACTION)
"""The ways that need no words: one key, and the next opens."""

EVENING, MORNING = "16:00", "08:00"


def a_line(label: str, most: int = 200, **said: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=most, **said)


def a_box(label: str, rows: int = 3, most: int = 10_000, **said: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=most, widget=forms.Textarea({"rows": rows}), **said)


def a_day(label: str, **said: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=DayInput(), **said)


class WayForm(forms.Form):
    """A disposition that needs no words."""

    way = forms.ChoiceField(choices=[(way.value, way.label) for way in AT_ONCE])


class BulkForm(forms.Form):
    """The same for those that are ticked."""

    way = forms.ChoiceField(
        label="Ticked ones", choices=[(way.value, way.label) for way in (Way.NO_ACTION, Way.ANSWERED, Way.FILED)]
    )

    @property
    def said(self) -> dict[str, str]:
        way = self.cleaned_data["way"]
        return {"way": way, "filed_as": Filing.CORRESPONDENCE if way == Way.FILED else ""}


class FilingForm(UnmarkedForm):
    """Where it is filed: under which class, and on which matter if on any."""

    filed_as = forms.ChoiceField(
        label="As what?", choices=Filing.choices, initial=Filing.CORRESPONDENCE, widget=forms.RadioSelect
    )
    matter = RecordField(
        Matter.objects.all, label="On which matter?", required=False, help_text="Its number or reference"
    )

    @property
    def said(self) -> dict[str, Any]:
        return {"way": Way.FILED, **self.cleaned_data}


class WaitingForm(UnmarkedForm):
    """For whom we wait, and until when."""

    until_on = a_day("Until which day?", help_text="It comes back by itself if no answer has come by then.")
    words = a_line("For what or whom?", required=False)

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["until_on"].initial = working_days.add(clock.today(), 5)

    def clean_until_on(self) -> date:
        return _to_come(self.cleaned_data["until_on"])

    @property
    def said(self) -> dict[str, Any]:
        said = self.cleaned_data
        return {"way": Way.WAITING, "words": said["words"], "until_at": clock.closing(said["until_on"], "17:00")}


class RecommendationForm(UnmarkedForm):
    """The one thing that the Commander is recommended to do."""

    words = a_box(
        "What do you recommend?", most=300, help_text="One sentence, for example: Accept, and send DCI Trevannick."
    )

    @property
    def said(self) -> dict[str, Any]:
        return {"way": Way.COMMANDER, **self.cleaned_data}


class RulingForm(UnmarkedForm):
    """What is to become of it, where that is not what was recommended."""

    words = a_box("What is to become of it?", most=1_000)


class EnquiryForm(UnmarkedForm):
    """The enquiry that an ask becomes."""

    asked = a_box("What they ask", rows=6)
    title = a_line("Title", help_text="For lists. Written to be OFFICIAL.")
    kind = forms.ChoiceField(label="Kind", initial="general")

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = house.receiver_of("kinds of enquiry")()  # type: ignore[attr-defined]

    def said_of(self, ask: Ask) -> dict[str, Any]:
        return {**self.cleaned_data, **caller_of(ask)}


class ActionForm(UnmarkedForm):
    """The action that an ask becomes."""

    title = a_line("What is to be done?")
    due_on = a_day("By when?")
    owner_role = forms.ChoiceField(
        label="By whom?",
        choices=[(role.value, role.label) for role in (Role.PA, Role.STAFF_OFFICER, Role.COMMANDER)],
        initial=Role.STAFF_OFFICER,
        required=False,
        widget=forms.RadioSelect,
    )
    owner = PersonField(label="Or somebody else, by name", required=False)

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["due_on"].initial = working_days.add(clock.today(), 5)

    def said_of(self, ask: Ask) -> dict[str, Any]:
        said = dict(self.cleaned_data)
        return {**said, "owner_role": "" if said["owner"] else said["owner_role"], "asked": ask.text[:2_000]}


class EngagementForm(UnmarkedForm):
    """The engagement that an ask becomes, or the time held for it."""

    title = a_line("What is it?")
    on = a_day("Which day?")
    starts = forms.TimeField(label="From", widget=forms.TimeInput({"type": "time"}, format="%H:%M"))
    ends = forms.TimeField(label="To", widget=forms.TimeInput({"type": "time"}, format="%H:%M"))
    place = a_line("Where?", required=False)
    is_hold = forms.BooleanField(label="Hold the time only: nothing is accepted yet", required=False, initial=True)

    def said_of(self, ask: Ask) -> dict[str, Any]:
        said = self.cleaned_data
        return {
            "title": said["title"],
            "place": said["place"],
            "is_hold": said["is_hold"],
            "starts_at": clock.moment(said["on"], said["starts"]),
            "ends_at": clock.moment(said["on"], said["ends"]),
        }

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        if said.get("starts") and said.get("ends") and said["ends"] <= said["starts"]:
            self.add_error("ends", "It must end after it starts")
        return said


class RedirectionForm(EnquiryForm):
    """The unit that should have had it. It stays ours until they accept."""

    unit = forms.ModelChoiceField(Unit.objects.none(), label="To which unit?", empty_label=None)
    note = a_box("A note for them", required=False)
    field_order = ("unit", "note")

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = Unit.objects.select_related("office").order_by("office__name", "name")  # type: ignore[attr-defined]


class PutOffForm(forms.Form):
    """When it comes back."""

    when = forms.ChoiceField(label="Until when?", widget=forms.RadioSelect, initial="tomorrow")
    on = a_day("The day, where it is another", required=False)

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["when"].choices = [(name, word) for name, word, _ in _later()] + [("day", "Another day, 8am")]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if said.get("when") == "day" and not said.get("on"):
            self.add_error("on", "Enter the day")
        elif said.get("when") == "day":
            _to_come(said["on"])
        return said

    @property
    def until_at(self) -> datetime:
        said = self.cleaned_data
        if said["when"] == "day":
            return clock.moment(said["on"], MORNING)
        return next(at for name, _, at in _later() if name == said["when"])


def _later() -> list[tuple[str, str, datetime]]:
    """The moments that are offered, those that have not passed."""
    today = clock.today()
    tomorrow, monday = working_days.next(today), today + timedelta(days=7 - today.weekday())
    offered = [
        ("today", "4pm today", clock.moment(today, EVENING)),
        ("tomorrow", f"8am on {tomorrow:%A}", clock.moment(tomorrow, MORNING)),
        ("week", f"8am on {working_days.on_or_after(monday):%A} of next week", clock.moment(monday, MORNING)),
    ]
    return [one for one in offered if one[2] > clock.now()]


class SplitForm(forms.Form):
    """The paragraphs that are another ask."""

    parts = forms.MultipleChoiceField(
        label="Which paragraphs are another ask?", widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, text: str, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.paragraphs = [part.strip() for part in text.split("\n\n") if part.strip()][:60]
        self.fields["parts"].choices = [(str(at), part[:400]) for at, part in enumerate(self.paragraphs)]  # type: ignore[attr-defined]

    @property
    def quoted(self) -> str:
        return "\n\n".join(self.paragraphs[int(at)] for at in self.cleaned_data["parts"])


def _to_come(day: date) -> date:
    if day <= clock.today():
        raise forms.ValidationError("Enter a day to come")
    return day
