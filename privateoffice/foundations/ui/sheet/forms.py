"""Examples of fields, sound and with faults."""

from django import forms


class ExampleForm(forms.Form):
    """One field of each sort."""

    caller = forms.CharField(label="Caller", help_text="Name, rank or number")
    due = forms.DateField(label="Due", error_messages={"invalid": "Enter a date, such as 27/11/2026"})
    words = forms.CharField(label="What they ask", widget=forms.Textarea(attrs={"rows": 3}), required=False)
    kind = forms.ChoiceField(label="Kind", choices=[("general", "General"), ("mp", "MP and Assembly")])
    channel = forms.ChoiceField(
        label="How it came",
        choices=[("phone", "Phone"), ("email", "Email"), ("person", "In person")],
        widget=forms.RadioSelect,
        initial="phone",
    )
    owner = forms.ChoiceField(
        label="Owner", choices=[("pa", "PA"), ("so", "Staff Officer")], widget=forms.RadioSelect, initial="pa"
    )
    copies = forms.MultipleChoiceField(
        label="Copies to",
        choices=[("slt", "SLT"), ("press", "Press bureau")],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    is_sensitive = forms.BooleanField(label="It holds personal data", required=False, help_text="Marks it O-S")
    paper = forms.FileField(label="Paper", required=False)


def faulty_form() -> ExampleForm:
    form = ExampleForm({"due": "soon", "channel": "", "kind": "general"}, auto_id="faulty_%s")
    form.is_valid()
    form.add_error(None, "Say who called, or that they would not say")
    return form
