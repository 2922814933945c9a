"""One view for each act on the clock of a letter: find it, ask the form, perform one verb, go back."""

from datetime import date
from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from privateoffice.foundations.clock import clock
from privateoffice.foundations.offices.views import does
from privateoffice.foundations.records.pages import find
from privateoffice.foundations.ui import toasts
from privateoffice.foundations.ui.acts import Manner, act_at_once, act_page, sentence_of
from privateoffice.rooms.following import forms, services
from privateoffice.rooms.following.models import HoldingReply, ReplyClock
from privateoffice.spine.correspondence.models import Conversation, Message
from privateoffice.spine.letters.models import Draft

REFUSALS = (
    services.AlreadyAcknowledged,
    services.AlreadySent,
    services.NoReplyOfOurs,
    services.NotRunning,
)
MANNER = Manner(template="following/act.html", refusals=REFUSALS)


def found(year: int, number: int) -> ReplyClock:
    """The clock that runs in a conversation, else the last one."""
    conversation = find(Conversation.objects.all(), year, number)
    one = current_of(conversation)
    if one is None:
        raise Http404
    one.record = conversation
    return one


def current_of(conversation: Conversation) -> ReplyClock | None:
    clocks = ReplyClock.objects.of(conversation).select_related("message").defer("message__text")
    return clocks.running().first() or clocks.first()


@does("following.set_kind")
def kind(request, year, number):
    """Say of what kind it is; the proposal is taken with one press."""
    one = found(year, number)
    typed = request.POST if "kind" in request.POST else request.GET
    form = forms.KindForm(typed if request.method == "POST" else None, one=one)

    def say(said: dict[str, Any]) -> None:
        services.set_kind(one, **said)

    return act_page(
        request,
        one.record,
        form,
        say,
        manner=MANNER,
        heading="Say of what kind it is",
        button="Keep the kind",
        said="The kind is kept. Its times count from receipt.",
        fault_field="kind",
    )


@does("following.acknowledge")
def acknowledgement(request, year, number):
    one = found(year, number)
    return act_page(
        request,
        one.record,
        forms.AcknowledgementForm(request.POST or None, initial={"how": "phone"}),
        lambda said: services.acknowledge(one, **said),
        manner=MANNER,
        heading="They were told that we have it",
        button="They were told",
        said="Acknowledged.",
    )


@does("following.promise")
def promise(request, year, number):
    one = found(year, number)
    days = {"promised_on": clock.day_of(one.reply_by or clock.now()), "last_on": _last_on(one)}
    return act_page(
        request,
        one.record,
        forms.PromiseForm(request.POST or None, **days),
        lambda said: services.promise(one, **said),
        manner=MANNER,
        heading="Change the reply date",
        button="Change the date",
        said="The reply date is changed; the old one is kept.",
        fault_field="due_on",
    )


def _last_on(one: ReplyClock) -> date:
    return clock.day_of(services.last_by(one))


@require_POST
@does("following.hold")
def holding(request, year, number):
    """Begin a holding reply and open its draft: one press."""
    one = found(year, number)
    try:
        made = services.hold(one)
    except (*REFUSALS, ValueError) as fault:
        toasts.say(request, sentence_of(fault))
        return redirect(one.record)
    toasts.say(request, "A holding reply is drafted. Check the day that it promises, then let it go.")
    return redirect(Draft.objects.get(reference=made.draft))


@require_POST
@does("following.say_only_acknowledged")
def no_reply(request, year, number, message):
    """Our letter only said that we have it."""
    conversation = find(Conversation.objects.all(), year, number)
    letter = get_object_or_404(
        Message.objects.select_related("record__office"), record=conversation, number=message
    )
    said = "The clock runs on: that letter counts as the acknowledgement."
    return act_at_once(
        request, conversation, lambda: services.say_only_acknowledged(letter), manner=MANNER, said=said
    )


@does("following.change_holding")
def promised(request, year, number):
    """The day that a holding reply promises, changed in its text as well."""
    draft = find(Draft.objects.all(), year, number)
    held = get_object_or_404(HoldingReply.objects.select_related("clock__record__office"), draft=draft.reference)
    initial = {"due_on": held.promised_on, "reason": held.reason}
    return act_page(
        request,
        draft,
        forms.PromiseForm(
            request.POST or None, initial=initial, promised_on=held.promised_on, last_on=_last_on(held.clock)
        ),
        lambda said: services.change_holding(held, promised_on=said["due_on"], reason=said["reason"]),
        manner=MANNER,
        heading="Promise another day",
        button="Promise this day",
        said="The day is changed, in the text too where it stood there.",
        fault_field="due_on",
    )
