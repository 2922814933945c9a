"""What people may type into a sorting rule."""

import re
from typing import Any

from django import forms

from privateoffice.foundations.offices.roles import Role
from privateoffice.foundations.records.markings import Marking
from privateoffice.foundations.records.typed import UnmarkedForm
from privateoffice.foundations.registry import house
from privateoffice.spine.correspondence.forms.sorting import a_line
from privateoffice.spine.correspondence.models import PROPOSED, Filing, SortingRule, Way

_SENDER = re.compile(r"(?:[^\s@<>]+@)?[^\s@<>.]+(?:\.[^\s@<>.]+)+")
FIELDS = (
    *("name", "sender", "words", "looks_in_text", "list_id", "marked"),
    *("way", "filed_as", "said", "days", "owner_role", "enquiry_kind"),
)
WANTED = {
    Way.FILED: ("filed_as", "Choose as what it is filed"),
    Way.COMMANDER: ("said", "Enter what you recommend"),
    Way.ACTION: ("owner_role", "Choose who does it"),
    Way.ENQUIRY: ("enquiry_kind", "Choose the kind of enquiry"),
}
"""What each way needs besides, and how its absence is said."""


class RuleForm(UnmarkedForm):
    """What a rule looks for, all of it at once, and what it proposes."""

    name = a_line("What the rule is called", most=80)
    sender = a_line(
        "From",
        most=320,
        required=False,
        help_text="An address, or a domain such as example.org",
    )
    words = a_line(
        "With these words",
        most=300,
        required=False,
        help_text="Whole words, parted by commas; one is enough",
    )
    looks_in_text = forms.BooleanField(label="Look in the text too, not only in the subject", required=False)
    list_id = a_line("From a mailing list", required=False, help_text="A part of its List-Id")
    marked = forms.TypedChoiceField(
        label="Marked", required=False, coerce=int, empty_value=None,
        choices=[("", "Anything"), *Marking.choices],
    )  # fmt: skip
    way = forms.ChoiceField(
        label="What does it propose?",
        choices=[(way.value, way.label) for way in PROPOSED],
        widget=forms.RadioSelect,
    )
    filed_as = forms.ChoiceField(label="Filed as", choices=[("", ""), *Filing.choices], required=False)
    said = a_line("What is recommended to the Commander, or for what we wait", most=300, required=False)
    days = forms.IntegerField(label="Working days to wait, or to do it", min_value=1, max_value=60, initial=5)
    owner_role = forms.ChoiceField(
        label="Who does it, where it is an action",
        choices=[("", ""), *((role.value, role.label) for role in (Role.PA, Role.STAFF_OFFICER, Role.COMMANDER))],
        required=False,
    )
    enquiry_kind = forms.ChoiceField(label="Kind of enquiry", required=False)

    def __init__(self, *args: Any, rule: SortingRule | None = None, **kwargs: Any):
        if rule:
            kwargs["initial"] = {name: getattr(rule, name) for name in FIELDS}
        super().__init__(*args, **kwargs)
        kinds = [("", ""), *house.receiver_of("kinds of enquiry")()]
        self.fields["enquiry_kind"].choices = kinds  # type: ignore[attr-defined]

    def clean_sender(self) -> str:
        typed = self.cleaned_data["sender"].strip().lower().removeprefix("@")
        if typed and not _SENDER.fullmatch(typed):
            raise forms.ValidationError("Enter an address or a domain, such as press@example.org or example.org")
        return typed

    def clean_words(self) -> str:
        typed = self.cleaned_data["words"]
        if typed and not any(letter.isalnum() for letter in typed):
            raise forms.ValidationError("Enter words, not signs alone")
        return typed

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        if not self.errors and not any(said[name] for name in ("sender", "words", "list_id", "marked")):
            self.add_error("sender", "Say what it looks for: a sender, words, a list or a marking")
        way = said.get("way")
        field, fault = WANTED.get(Way(way), ("", "")) if way else ("", "")
        if field and not said.get(field):
            self.add_error(field, fault)
        said["filed_as"] = said.get("filed_as", "") if way == Way.FILED else ""
        return said
