"""What somebody types who opens an invitation."""

from django import forms
from django.contrib.auth.password_validation import validate_password

from privateoffice.foundations.offices.models import User


class PasswordForm(forms.Form):
    """The address to sign in with, and a password, twice."""

    email = forms.EmailField(label="Email address to sign in with")
    password = forms.CharField(
        label="Password",
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text="At least 12 characters. Three words that do not belong together are good.",
    )
    again = forms.CharField(
        label="The same again", widget=forms.PasswordInput(attrs={"autocomplete": "new-password"})
    )

    def __init__(self, account: User, *args, **kwargs):
        super().__init__(*args, initial={"email": account.email}, **kwargs)
        self.account = account

    def clean_email(self):
        email = self.cleaned_data["email"].lower()
        if User.objects.filter(email=email).exclude(pk=self.account.pk).exists():
            raise forms.ValidationError("Another account uses this address")
        return email

    def clean_password(self):
        validate_password(self.cleaned_data["password"], self.account)
        return self.cleaned_data["password"]

    def clean(self):
        said = super().clean()
        if "password" in said and said.get("again") != said["password"]:
            self.add_error("again", "The two are not the same")
        return said
