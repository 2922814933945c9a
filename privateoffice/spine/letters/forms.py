"""What people may type into a draft, a standard line, a template and the table of who may send what."""

import re
from typing import Any

from django import forms

from privateoffice.foundations.clock import clock
from privateoffice.foundations.offices.roles import Role
from privateoffice.foundations.records.markings import Marking
from privateoffice.foundations.records.typed import UnmarkedForm
from privateoffice.foundations.ui.forms import DayInput
from privateoffice.spine.approvals.forms import Files
from privateoffice.spine.approvals.models import Addressee, Unfit
from privateoffice.spine.approvals.models.content import refuse_unfit_address
from privateoffice.spine.letters.models import Class, Draft, Form, Leave, SenderAs, StandardLine, Template

_NAMED = re.compile(r"(?P<name>[^<>]*?)\s*<(?P<address>[^<>]+)>")


class PeopleField(forms.CharField):
    """Names and addresses, one on each line or parted by semicolons, kept as pairs."""

    def __init__(self, label: str, **said: Any):
        said.setdefault("widget", forms.Textarea({"rows": 2}))
        super().__init__(label=label, max_length=60_000, **said)

    def clean(self, value: Any) -> Any:
        typed = super().clean(value).replace(";", "\n").splitlines()
        return [_pair(line.strip(" ,")) for line in typed if line.strip(" ,")]


def _pair(line: str) -> list[str]:
    named = _NAMED.fullmatch(line)
    name, address = (named["name"].strip(' "'), named["address"].strip()) if named else ("", line)
    try:
        refuse_unfit_address(Addressee("to", name, address))
    except Unfit as refusal:
        raise forms.ValidationError(str(refusal)) from None
    return [name[:200], address]


def with_others(people: list[list[str]], others: list[list[str]]) -> list[list[str]]:
    """Some people and others, nobody twice."""
    there = {address.lower() for _, address in people}
    return people + [one for one in others if one[1].lower() not in there]


def as_lines(people: list[list[str]]) -> str:
    return "\n".join(f"{name} <{address}>" if name else address for name, address in people)


class DraftForm(UnmarkedForm):
    """A draft as it is written."""

    seen = forms.IntegerField(widget=forms.HiddenInput)
    to = PeopleField("To", required=False, help_text="One on each line: a name and an address, or an address")
    add = PeopleField(
        "Somebody else",
        widget=forms.TextInput({"list": "people"}),
        required=False,
        help_text="Begin with a name: the directory and past mail suggest the rest. Saving puts them under To",
    )
    cc = PeopleField("Copy", required=False)
    bcc = PeopleField("Blind copy", required=False)
    subject = forms.CharField(label="Subject", max_length=200, required=False)
    text = forms.CharField(
        label="Text", max_length=100_000, required=False, widget=forms.Textarea({"rows": 16}), strip=False
    )
    sender_as = forms.ChoiceField(label="In whose name?", choices=SenderAs.choices, widget=forms.RadioSelect)
    form = forms.ChoiceField(label="In what form?", choices=Form.choices, widget=forms.RadioSelect)
    is_sensitive = forms.BooleanField(label="OFFICIAL-SENSITIVE", required=False)
    handling = forms.CharField(label="Handling instruction", max_length=200, required=False)
    send_on = forms.DateField(label="Not before this day", required=False, widget=DayInput())
    send_at = forms.TimeField(label="At", required=False, widget=forms.TimeInput({"type": "time"}, format="%H:%M"))
    answer_by = forms.DateField(
        label="We want an answer by",
        required=False,
        widget=DayInput(),
        help_text="If none has come by then, Today says so.",
    )

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        if said.get("is_sensitive") and not said.get("handling", "").strip():
            self.add_error("handling", "Enter how it is to be handled, for example PERSONAL DATA")
        return said

    @property
    def said(self) -> dict[str, Any]:
        """What the verb takes."""
        said = dict(self.cleaned_data)
        is_sensitive, on, at = said.pop("is_sensitive"), said.pop("send_on"), said.pop("send_at")
        said["to"] = with_others(said["to"], said.pop("add"))
        said["text"] = said["text"].replace("\r\n", "\n")
        said["marking"] = Marking.OFFICIAL_SENSITIVE if is_sensitive else Marking.OFFICIAL
        said["handling"] = said["handling"] if is_sensitive else ""
        return {**said, "send_after": clock.moment(on, at or "08:00") if on else None}


def initial_of(draft: Draft) -> dict[str, Any]:
    """A draft as its form shows it."""
    after = clock.london(draft.send_after) if draft.send_after else None
    return {
        "seen": draft.version,
        **{kind: as_lines(getattr(draft, kind)) for kind in ("to", "cc", "bcc")},
        **{
            name: getattr(draft, name)
            for name in ("subject", "text", "sender_as", "form", "handling", "answer_by")
        },
        "is_sensitive": draft.is_sensitive,
        "send_on": after.date() if after else None,
        "send_at": after.time() if after else None,
    }


class FilesForm(forms.Form):
    """Files that go with a draft."""

    papers = Files(label="Attach files")


class PapersForm(forms.Form):
    """Which papers that the office holds are looked for."""

    q = forms.CharField(label="Find a paper that the office keeps", max_length=200, required=False)


class HeldPaperForm(UnmarkedForm):
    """How a paper from what is marked higher goes with a draft."""

    is_raised = forms.BooleanField(required=False)
    reason = forms.CharField(label="Why may it go as it is?", max_length=300, required=False)


class ReasonForm(UnmarkedForm):
    """Why something goes out in spite of a check."""

    code = forms.CharField(max_length=20, widget=forms.HiddenInput)
    about = forms.CharField(max_length=64, widget=forms.HiddenInput)
    reason = forms.CharField(label="Why may it go?", max_length=300)


class DispatchForm(UnmarkedForm):
    """The version that was looked at, and what the Commander is recommended to do."""

    seen = forms.IntegerField(widget=forms.HiddenInput)
    recommendation = forms.CharField(label="What you recommend to the Commander", max_length=300, required=False)


class LineForm(UnmarkedForm):
    """A standard line."""

    title = forms.CharField(label="Title", max_length=120)
    text = forms.CharField(label="The agreed words", max_length=4_000, widget=forms.Textarea({"rows": 6}))
    terms = forms.CharField(
        label="Terms that call for it",
        max_length=300,
        help_text="Parted by commas, such as: exhibits pilot, evaluation",
    )
    owner_role = forms.ChoiceField(
        label="Who answers for it?",
        choices=[(role.value, role.label) for role in (Role.PA, Role.STAFF_OFFICER, Role.COMMANDER)],
        widget=forms.RadioSelect,
    )
    until_on = forms.DateField(label="Holds until", widget=DayInput())

    def __init__(self, *args: Any, line: StandardLine | None = None, **kwargs: Any):
        if line:
            names = ("title", "text", "terms", "owner_role", "until_on")
            kwargs["initial"] = {name: getattr(line, name) for name in names}
        super().__init__(*args, **kwargs)


class TemplateForm(UnmarkedForm):
    """A template with named fields."""

    name = forms.CharField(label="What it is called", max_length=120)
    subject = forms.CharField(label="Subject", max_length=200)
    text = forms.CharField(
        label="Text", max_length=20_000, widget=forms.Textarea({"rows": 12}),
        help_text="Fields in braces are filled in: {name}, {office}, {commander}, {writer}, {today}, {subject}. "
        "In a batch also the headings of the list, such as {thanks_for}.",
    )  # fmt: skip
    sender_as = forms.ChoiceField(
        label="In whose name?", choices=SenderAs.choices, initial=SenderAs.BEHALF, widget=forms.RadioSelect
    )
    form = forms.ChoiceField(
        label="In what form?", choices=Form.choices, initial=Form.MAIL, widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, template: Template | None = None, **kwargs: Any):
        if template:
            names = ("name", "subject", "text", "sender_as", "form")
            kwargs["initial"] = {name: getattr(template, name) for name in names}
        super().__init__(*args, **kwargs)


class LetterheadForm(forms.Form):
    """A Word template that the office owns."""

    file = forms.FileField(
        label="The template, as a Word document (.docx)", widget=forms.FileInput(attrs={"accept": ".docx"})
    )


class AuthorityForm(forms.Form):
    """What may be sent to a class of people in a name."""

    recipient_class = forms.ChoiceField(label="To whom?", choices=Class.choices)
    sender_as = forms.ChoiceField(label="In whose name?", choices=SenderAs.choices)
    leave = forms.ChoiceField(label="What may the office do?", choices=Leave.choices)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if said.get("sender_as") == SenderAs.COMMANDER and said.get("leave") == Leave.SEND:
            self.add_error("leave", "What goes in the Commander's own name is always approved first")
        return said


class PlaceForm(forms.Form):
    """To which class an address or a domain belongs."""

    place = forms.CharField(
        label="Address or domain", max_length=320, help_text="Such as family@example.org or example.org"
    )
    recipient_class = forms.ChoiceField(label="Belongs to", choices=Class.choices)


class BatchForm(UnmarkedForm):
    """Many letters of one text."""

    template = forms.ModelChoiceField(Template.objects.none(), label="Which template?", empty_label=None)
    rows = forms.FileField(
        label="The list, as Excel (.xlsx) or .csv",
        help_text="Its first row says name, address, and each other field of the template.",
    )
    reason = forms.CharField(label="Why may they go outside?", max_length=300)

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["template"].queryset = Template.objects.filter(withdrawn_at=None)  # type: ignore[attr-defined]
