"""What people may type when they merge conversations or split one."""

from django import forms

from privateoffice.foundations.records.typed import RecordField
from privateoffice.spine.correspondence.models import Conversation


class FindForm(forms.Form):
    """The words by which a conversation is looked for."""

    q = forms.CharField(
        label="Its reference, or words of its subject", max_length=200, required=False, help_text="Such as cor 142"
    )


class MergeForm(forms.Form):
    """The conversation that takes the other's mail."""

    into = RecordField(Conversation.objects.with_messages, label="Into which conversation?")


class SplitOffForm(forms.Form):
    """How much of a conversation goes."""

    which = forms.ChoiceField(
        label="What goes into a conversation of its own?",
        choices=[("later", "This mail and all that came after it"), ("one", "This mail alone")],
        initial="later",
        widget=forms.RadioSelect,
    )
