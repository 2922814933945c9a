"""What may be typed about a rota itself: its duties, rules, rates, periods and calendars."""

from datetime import date, timedelta
from typing import Any

from django import forms

from privateoffice.foundations.clock import clock
from privateoffice.foundations.records.typed import PersonField, UnmarkedForm
from privateoffice.foundations.ui.forms import DayInput
from privateoffice.rooms.rotas.forms.fields import day, lines
from privateoffice.rooms.rotas.models import DutyType, Period, Rota


class RotaForm(UnmarkedForm):
    """A rota as a whole."""

    name = forms.CharField(label="Name", max_length=60, help_text="For example On call, or Office cover")
    swaps_approved_by = forms.ChoiceField(label="A swap is approved by", choices=Rota.Approver.choices)
    publish_days_before = forms.IntegerField(
        label="Published how many days before it starts", min_value=0, max_value=365, initial=30
    )
    by_the_day = forms.BooleanField(
        label="Its people have several duties of a day each, such as early, late and night",
        required=False,
        help_text="Then the rules about days running, free days and weekends are kept, not those about blocks",
    )
    told_weekly = lines(
        "Who gets the look-ahead each Friday",
        required=False,
        help_text="Addresses, one on each line: the control room, the SLT",
    )

    def __init__(self, *args: Any, is_new: bool = False, **kwargs: Any):
        super().__init__(*args, **kwargs)
        if not is_new:
            del self.fields["by_the_day"]

    def clean_told_weekly(self) -> str:
        addresses = self.cleaned_data["told_weekly"].replace(",", "\n").split()
        for address in addresses:
            forms.EmailField().clean(address)
        return "\n".join(addresses)


class DutyTypeForm(forms.ModelForm):
    """One duty of a rota."""

    class Meta:
        model = DutyType
        fields = (
            "name",
            "letter",
            "colour",
            "order",
            "runs",
            "anchored_on",
            "begins",
            "ends",
            "ranks",
            "skill",
            "is_on_call",
            "is_night",
            "not_before",
            "desk",
            "desk_phone",
        )
        widgets = {"anchored_on": DayInput()}
        help_texts = {
            "runs": "7 is a week, 4,3 is Monday to Thursday and Friday to Sunday, 1 is each day, 5,-2 leaves "
            "weekends out, 7,-7 is every second week",
            "ranks": "With commas, as the directory writes them: DCI, A/DCI. Empty is any rank",
            "not_before": "With commas. Empty is any",
            "desk": "Only where a desk always answers and no person is put on",
        }


class RuleForm(UnmarkedForm):
    """A rule from today on."""

    is_kept = forms.BooleanField(label="It is kept", required=False)
    may_be_waived = forms.BooleanField(label="It may be broken, with a reason and an authoriser", required=False)
    waiver = forms.IntegerField(
        label="What breaking it costs beside other rules", required=False, min_value=0, max_value=100_000
    )
    source = lines("Where it comes from")

    def __init__(self, numbers: dict[str, str], *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.numbers = numbers
        for name, label in numbers.items():
            self.fields[f"number_{name}"] = forms.IntegerField(label=label, min_value=0, max_value=100_000)
        self.order_fields([*(f"number_{name}" for name in numbers), *self.fields])

    @property
    def said(self) -> dict[str, Any]:
        said = self.cleaned_data
        return {
            "is_kept": said["is_kept"],
            "waiver": (said["waiver"] or 0) if said["may_be_waived"] else None,
            "source": said["source"],
            "numbers": {name: said[f"number_{name}"] for name in self.numbers},
        }


class RateForm(UnmarkedForm):
    """The allowance from a day on."""

    amount = forms.DecimalField(label="Pounds a day on call", max_digits=7, decimal_places=2, min_value=0)
    starts_on = day("From")
    source = forms.CharField(label="Where it comes from", max_length=200, help_text="The circular and its date")


class PeriodForm(UnmarkedForm):
    """A period of a rota."""

    starts_on = day("First day")
    ends_on = day("Last day")
    title = forms.CharField(label="Title", max_length=200, required=False, help_text="Left empty, it is named")


def periods_offered(rota: Rota) -> dict[str, date]:
    """The days of the quarter that follows the last period of a rota, or of the next one."""
    last = Period.objects.filter(rota=rota).order_by("-ends_on").first()
    start = last.ends_on + timedelta(days=1) if last else clock.today().replace(day=1)
    month = start.year * 12 + start.month - 1 + 3
    end = date(month // 12, month % 12 + 1, 1) - timedelta(days=1)
    return {"starts_on": start, "ends_on": end}


class FeedForm(forms.Form):
    """Whose calendar, and of what."""

    reader = PersonField(label="For whom")
    shows = forms.ChoiceField(label="What it shows")

    def __init__(self, rota: Rota, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        duties = [(duty.letter, duty.name) for duty in rota.duty_types.all() if not duty.is_by_desk]
        self.fields["shows"].choices = [  # type: ignore[attr-defined]
            ("mine", "Their own duties"),
            *duties,
            ("all", "The whole rota"),
        ]
