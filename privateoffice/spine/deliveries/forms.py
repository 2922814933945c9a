"""What people may type about the outbox."""

from django import forms

from privateoffice.spine.deliveries.models import State


class ReasonForm(forms.Form):
    """Why."""

    reason = forms.CharField(label="Why?", max_length=200)


class SettleForm(forms.Form):
    """What a person found out where the machine could not."""

    was_sent = forms.TypedChoiceField(
        label="Was it sent?",
        choices=[("yes", "It was sent: they have it"), ("no", "It was not: send it again")],
        coerce=lambda answer: answer == "yes",
        widget=forms.RadioSelect,
    )


class WordsForm(forms.Form):
    """What was done instead."""

    words = forms.CharField(label="What was done instead?", max_length=500)


class ListForm(forms.Form):
    """What the outbox shows. Anything not offered is ignored."""

    show = forms.ChoiceField(choices=[("all", "All"), *State.choices], required=False)
