"""Who covers, for whom, from when to when, and how much they see."""

from datetime import datetime
from typing import Any

from django import forms

from privateoffice.desk.administration.forms.fields import ForbiddingForm, day_field, hour_field
from privateoffice.foundations.clock import clock, working_days
from privateoffice.foundations.offices import scope
from privateoffice.foundations.offices.models import Holding, Office, Person
from privateoffice.foundations.offices.roles import Role
from privateoffice.foundations.records.markings import Marking

MOST = 20
COVERED = (Role.PA, Role.STAFF_OFFICER, Role.COMMANDER)
MORE = {
    Marking.OFFICIAL: "OFFICIAL only. What is OFFICIAL-SENSITIVE is shown to them as a number.",
    Marking.OFFICIAL_SENSITIVE: "OFFICIAL-SENSITIVE too. Records for named readers stay a number.",
}


def coverers(office: Office, words: str) -> list[Holding]:
    """The PAs of other offices whose name fits, who do not sit in this one."""
    now = clock.now()
    here = Holding.objects.standing(now).filter(office=office).values("person")
    found = Holding.objects.standing(now).filter(role=Role.PA).exclude(office=office).exclude(person__in=here)
    found = found.filter(person__in=Person.everyone.serving(clock.today()).named(words).values("pk"))
    return list(found.select_related("person", "office").order_by("office__name", "person__surname")[:MOST])


class CoverForm(ForbiddingForm):
    """A grant of cover. Hours are those of London."""

    coverer = forms.ChoiceField(label="Who covers?", widget=forms.RadioSelect)
    covered = forms.ChoiceField(label="In whose place?", widget=forms.RadioSelect)
    starts_on = day_field("Starts on")
    starts_at = hour_field("Start time")
    ends_on = day_field("Ends on")
    ends_at = hour_field("End time")
    clearance = forms.TypedChoiceField(
        label="What may they see?", coerce=int, widget=forms.RadioSelect, initial=Marking.OFFICIAL
    )
    reason = forms.CharField(
        label="Why?", max_length=200, help_text="Leave, course, sickness. It stays on record."
    )

    def __init__(self, office: Office, words: str, *args: Any, **kwargs: Any):
        super().__init__(*args, initial=_from_now(), **kwargs)
        self.found = {str(held.pk): held for held in coverers(office, words)}
        here = Holding.objects.standing(clock.now()).filter(office=office, role__in=COVERED)
        self.here = {str(held.pk): held for held in here.select_related("person").order_by("role", "pk")}
        self._offer("coverer", {key: f"{held.person.name}, {held.office}" for key, held in self.found.items()})
        places = {key: f"{held.person.name}, {held.get_role_display()}" for key, held in self.here.items()}
        self._offer("covered", places)
        self.initial["covered"] = next((key for key, held in self.here.items() if held.role == Role.PA), None)
        sees = scope.current().clearance
        allowed = {int(mark): said for mark, said in MORE.items() if mark <= max(sees, Marking.OFFICIAL)}
        self._offer("clearance", allowed)

    def _offer(self, name: str, choices: dict[Any, str]) -> None:
        self.fields[name].choices = list(choices.items())  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        if {"starts_on", "starts_at", "ends_on", "ends_at"} <= said.keys():
            if self.ends <= self.starts:
                self.add_error("ends_on", "Cover must end after it starts")
            elif self.ends <= clock.now():
                self.add_error("ends_on", "Cover must end in the time to come")
        return said

    @property
    def starts(self) -> datetime:
        return clock.moment(self.cleaned_data["starts_on"], self.cleaned_data["starts_at"])

    @property
    def ends(self) -> datetime:
        return clock.moment(self.cleaned_data["ends_on"], self.cleaned_data["ends_at"])

    @property
    def grant(self) -> dict[str, Any]:
        """The grant as the verb takes it."""
        said = self.cleaned_data
        return {
            "coverer": self.found[said["coverer"]].person,
            "covered": self.here[said["covered"]].person,
            "starts_at": self.starts,
            "ends_at": self.ends,
            "clearance": said["clearance"],
            "reason": said["reason"],
        }


def _from_now() -> dict[str, Any]:
    """From this minute to the end of the working day, or of the next."""
    now = clock.london(clock.now())
    ends_on = now.date() if now.hour < 18 else working_days.next(now.date())
    return {
        "starts_on": now.date(),
        "starts_at": now.time().replace(second=0, microsecond=0),
        "ends_on": ends_on,
        "ends_at": "18:00",
    }
