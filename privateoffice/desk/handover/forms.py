"""What people type when they hand over and hand back."""

from django import forms


class KnownForm(forms.Form):
    """The two things that only a person knows."""

    rules = forms.CharField(
        label="Unwritten rules",
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text="How the Commander likes things, who rings first, what is never booked. One to a line.",
    )
    questions = forms.CharField(
        label="Open questions",
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="What nobody has answered yet, and who might know.",
    )


class HandBackForm(forms.Form):
    """What whoever covered leaves for whoever comes back."""

    words = forms.CharField(
        label="What should they know first?",
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text="What surprised you, what you promised, what you left on purpose.",
    )
