"""Draws Django's forms as GOV.UK fields: label, hint, error, control."""

from pathlib import Path

import django.forms
from django.forms import BoundField, Field, widgets
from django.forms.renderers import DjangoTemplates
from django.utils.functional import cached_property

CLASSES = (
    (widgets.Textarea, "govuk-textarea"),
    (widgets.Select, "govuk-select"),
    (widgets.FileInput, "govuk-file-upload"),
    (widgets.Input, "govuk-input"),
)
"""The GOV.UK class of each control; the first that fits is taken."""

REQUIRED = Field.default_error_messages["required"]

DRAWN_BY_TEMPLATE = (widgets.CheckboxInput, widgets.RadioSelect, widgets.CheckboxSelectMultiple)


class GovukField(BoundField):
    """A field that knows its GOV.UK class, its place in an error summary, and how it is laid out."""

    def build_widget_attrs(self, attrs, widget=None):
        attrs = super().build_widget_attrs(attrs, widget)
        widget = widget or self.field.widget
        name = class_of(widget)
        if name:
            said = attrs.get("class") or widget.attrs.get("class", "")
            error = f"{name}--error" if self.errors else ""
            attrs["class"] = " ".join(filter(None, [name, error, said]))
        attrs["placeholder"] = False  # a label above says it, and stays
        return attrs

    @property
    def place(self) -> str:
        """The id that an error summary links to: the first choice where there are several."""
        return f"{self.auto_id}_0" if self.use_fieldset else self.auto_id

    @property
    def said_errors(self) -> list[str]:
        """The errors, where Django's own sentence for an empty field names the field instead."""
        return [self._empty_words if error == REQUIRED else str(error) for error in self.errors]

    @property
    def _empty_words(self) -> str:
        is_choice = isinstance(self.field.widget, widgets.ChoiceWidget)
        label = str(self.label)
        name = label if label[1:2].isupper() else label[:1].lower() + label[1:]
        return f"{'Choose' if is_choice else 'Enter'}: {name}"

    @property
    def is_single_checkbox(self) -> bool:
        return isinstance(self.field.widget, widgets.CheckboxInput)

    @property
    def is_optional(self) -> bool:
        return not self.field.required and not self.is_single_checkbox


class DayInput(widgets.DateInput):
    """A day, chosen or typed, in the browser's own way: a browser shows no other form of a date."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


def class_of(widget: widgets.Widget) -> str:
    if isinstance(widget, DRAWN_BY_TEMPLATE) or widget.is_hidden:
        return ""
    return next((name for kind, name in CLASSES if isinstance(widget, kind)), "")


class Renderer(DjangoTemplates):
    """Our templates before Django's own, with our tags in them."""

    form_template_name = "ui/form.html"
    field_template_name = "ui/field.html"
    bound_field_class = GovukField

    @cached_property
    def engine(self):
        return self.backend(
            {
                "APP_DIRS": True,
                "DIRS": [Path(__file__).parent / "templates", Path(django.forms.__file__).parent / "templates"],
                "NAME": "forms",
                "OPTIONS": {"builtins": ["privateoffice.foundations.ui.templatetags.po"]},
            }
        )
