"""What an administrator types about a mailbox."""

from typing import Any

from django import forms

from privateoffice.foundations.offices.models import Office
from privateoffice.spine.mailboxes.models import Mailbox

SECURITY = [
    ("tls", "TLS from the first byte"),
    ("starttls", "STARTTLS"),
    ("none", "None (this machine only)"),
]
LOGIN_URL, GRAPH_URL = "https://login.microsoftonline.com", "https://graph.microsoft.com"
HERE = {"localhost", "127.0.0.1", "::1"}
IMAP, GRAPH, MAILDIR = Mailbox.Kind.IMAP, Mailbox.Kind.GRAPH, Mailbox.Kind.MAILDIR
PLACE = {
    IMAP: ("imap_host", "imap_port", "imap_security", "smtp_host", "smtp_port", "smtp_security", "user"),
    GRAPH: ("tenant", "client", "by_person", "user", "login_url", "graph_url"),
    MAILDIR: (),
}
WITH_PASSWORD = {IMAP, GRAPH}
WORDS = r"\A[A-Za-z0-9][A-Za-z0-9.-]{0,99}\Z"


class SettleForm(forms.Form):
    """How a mailbox is reached and who reads its mail. A password that is left empty stays as it is."""

    name = forms.CharField(label="Name", max_length=120, help_text="Such as The Commander's mailbox")
    address = forms.EmailField(label="Address")
    readers = forms.ChoiceField(label="Who reads its mail", choices=Mailbox.Readers.choices)
    sends = forms.BooleanField(label="Mail from this address is sent by it", required=False, initial=True)
    imap_host = forms.CharField(label="IMAP server", max_length=200, required=False)
    imap_port = forms.IntegerField(label="IMAP port", min_value=1, max_value=65535, required=False, initial=993)
    imap_security = forms.ChoiceField(label="IMAP security", choices=SECURITY, required=False, initial="tls")
    smtp_host = forms.CharField(label="SMTP server", max_length=200, required=False)
    smtp_port = forms.IntegerField(label="SMTP port", min_value=1, max_value=65535, required=False, initial=587)
    smtp_security = forms.ChoiceField(label="SMTP security", choices=SECURITY, required=False, initial="starttls")
    tenant = forms.RegexField(
        WORDS,
        label="Tenant",
        required=False,
        help_text="Its domain, such as force.onmicrosoft.com, or its number.",
    )
    client = forms.RegexField(
        WORDS, label="Application", required=False, help_text="The number of the application in Entra ID."
    )
    by_person = forms.BooleanField(
        label="What a person sends goes out by their own sign-in",
        required=False,
        initial=True,
        help_text="Then Exchange knows who sent it. What the office sends by itself goes by the application.",
    )
    user = forms.CharField(
        label="User name", max_length=200, required=False, help_text="Where it is not the address."
    )
    login_url = forms.URLField(
        label="Where people sign in", required=False, assume_scheme="https", initial=LOGIN_URL
    )
    graph_url = forms.URLField(
        label="Where Microsoft Graph is", required=False, assume_scheme="https", initial=GRAPH_URL
    )
    password = forms.CharField(
        label="Password",
        max_length=500,
        required=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
        help_text="Kept encrypted. Left empty, it stays as it is.",
    )

    def __init__(self, *args: Any, of_kind: str = IMAP, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.of_kind = Mailbox.Kind(of_kind)
        for name in {each for names in PLACE.values() for each in names} - set(PLACE[self.of_kind]):
            del self.fields[name]
        if self.of_kind not in WITH_PASSWORD:
            del self.fields["password"]
        if self.of_kind == GRAPH:
            self.fields["password"].label = "Secret of the application"
            self._require("tenant", "Enter the tenant.")
            self._require("client", "Enter the application.")

    def _require(self, name: str, words: str) -> None:
        self.fields[name].required = True
        self.fields[name].error_messages["required"] = words

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if self.of_kind == IMAP:
            for side in ("imap", "smtp") if told.get("sends") else ("imap",):
                self._check_server(told, side)
        if self.of_kind == GRAPH:
            self._check_addresses(told)
        return told

    def _check_addresses(self, told: dict[str, Any]) -> None:
        for name in ("login_url", "graph_url"):
            if told.get(name) and not told[name].startswith("https://"):
                self.add_error(name, "The address has to begin with https://.")
            told[name] = (told.get(name) or "").rstrip("/")

    def _check_server(self, told: dict[str, Any], side: str) -> None:
        host = told.get(f"{side}_host", "")
        if not host or not told.get(f"{side}_port"):
            self.add_error(f"{side}_host", "Enter the server and its port.")
        elif told.get(f"{side}_security") == "none" and host not in HERE:
            self.add_error(
                f"{side}_security", "Without security a password is sent in the clear. Choose TLS or STARTTLS."
            )

    @property
    def settled(self) -> dict[str, Any]:
        """What was typed, as the verbs take it."""
        told = self.cleaned_data
        place = {name: told[name] for name in PLACE[self.of_kind] if told.get(name) not in ("", None)}
        words = {"password": told["password"]} if told.get("password") else None
        named = {name: told[name] for name in ("name", "address", "readers", "sends")}
        return {**named, "place": place, "words": words}


class AddForm(SettleForm):
    """A new mailbox of an office."""

    office = forms.ModelChoiceField(label="Office", queryset=Office.objects.none(), to_field_name="slug")
    slug = forms.SlugField(label="Word in addresses", max_length=40, help_text="Such as pa or shared.")
    kind = forms.ChoiceField(choices=Mailbox.Kind.choices, widget=forms.HiddenInput)
    field_order = ("office", "slug", "kind", "name", "address", "readers", "sends")

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["kind"].initial = self.of_kind
        if self.of_kind == GRAPH:
            self._require("password", "Enter the secret of the application.")
            self.fields["password"].help_text = "Kept encrypted."
        self.fields["office"].queryset = Office.objects.all()  # type: ignore[attr-defined]

    def clean_slug(self) -> str:
        slug: str = self.cleaned_data["slug"]
        if Mailbox.objects.filter(office=self.cleaned_data.get("office"), slug=slug).exists():
            raise forms.ValidationError("This office has a mailbox under this word. Choose another.")
        return slug

    def clean_address(self) -> str:
        address: str = self.cleaned_data["address"]
        if Mailbox.objects.filter(office=self.cleaned_data.get("office"), address=address).exists():
            raise forms.ValidationError("This office has a mailbox with this address already.")
        return address


class PauseForm(forms.Form):
    """Why a mailbox is paused."""

    reason = forms.CharField(label="Why?", max_length=300)


class ProbeForm(forms.Form):
    """A mailbox that the application must not reach."""

    outside = forms.EmailField(
        label="A mailbox that is not this office's",
        help_text="One that exists, such as your own. The application tries to open it, and must be refused.",
    )
