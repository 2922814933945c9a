"""What is typed about a job."""

from django import forms

from privateoffice.desk.administration.forms.fields import ForbiddingForm


class PuttingAwayForm(ForbiddingForm):
    """Why nobody wants a job any more."""

    reason = forms.CharField(
        label="Why nobody wants it any more",
        max_length=500,
        help_text="Say nothing of what any record holds.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )
