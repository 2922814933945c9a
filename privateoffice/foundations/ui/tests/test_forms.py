"""Django's forms as GOV.UK fields."""

import pytest
from django import forms
from django.template import Context, Template


class Call(forms.Form):
    caller = forms.CharField(label="Caller", help_text="Name or number")
    mp = forms.CharField(label="MP", required=False, widget=forms.Textarea)
    channel = forms.ChoiceField(
        label="How", choices=[("phone", "Phone"), ("mail", "Email")], widget=forms.RadioSelect
    )
    kind = forms.ChoiceField(label="Kind", choices=[("a", "A")])
    sure = forms.BooleanField(label="Sure")


def drawn(source: str, **context) -> str:
    return Template(source).render(Context(context))


def test_a_field_is_label_hint_and_control_tied_together():
    assert drawn("{% po_field form.caller %}", form=Call()) == (
        '<div class="govuk-form-group"><label class="govuk-label" for="id_caller">Caller</label>'
        '<div class="govuk-hint" id="id_caller_helptext">Name or number</div>'
        '<input type="text" name="caller" required aria-describedby="id_caller_helptext" class="govuk-input"'
        ' id="id_caller"></div>'
    )


def test_what_may_be_left_out_says_so():
    assert 'MP <span class="quiet">(optional)</span>' in drawn("{% po_field form.mp %}", form=Call())


@pytest.mark.parametrize(
    ("name", "classes"),
    [
        ("caller", "govuk-input"),
        ("mp", "govuk-textarea"),
        ("kind", "govuk-select"),
        ("sure", "govuk-checkboxes__input"),
    ],
)
def test_each_control_has_its_class(name, classes):
    assert f'class="{classes}"' in drawn("{% po_field field %}", field=Call()[name])


def test_an_empty_field_says_what_to_enter_and_the_summary_leads_to_it():
    form = Call({})
    summary = drawn("{% po_error_summary form %}", form=form)
    assert '<a href="#id_caller">Enter: caller</a>' in summary
    assert '<a href="#id_channel_0">Choose: how</a>' in summary
    field = drawn("{% po_field form.caller %}", form=form)
    assert '<div id="id_caller_error"><p class="govuk-error-message">' in field
    assert "govuk-input--error" in field
    assert 'aria-invalid="true"' in field


def test_a_sound_form_has_no_summary():
    assert drawn("{% po_error_summary form %}", form=Call()) == ""


def test_choices_stand_side_by_side_with_numbers_as_keys():
    shown = drawn("{% po_choice form.channel %}", form=Call())
    assert '<label for="id_channel_0" data-key="1">' in shown
    assert '<kbd class="po-key">2</kbd>' in shown


def test_what_was_typed_is_escaped():
    shown = str(Call({"caller": '"><script>'})["caller"])
    assert "<script>" not in shown
