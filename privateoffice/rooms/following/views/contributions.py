"""Asking for a contribution, taking it or asking again, and putting it into the reply."""

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from privateoffice.foundations.clock import words
from privateoffice.foundations.offices.views import does
from privateoffice.foundations.quarantine.reader import Unreadable
from privateoffice.foundations.records import services as records
from privateoffice.foundations.records.markings import AboveOurCeiling
from privateoffice.foundations.records.models import Damaged
from privateoffice.foundations.records.pages import find
from privateoffice.foundations.ui import toasts
from privateoffice.foundations.ui.acts import Manner, act_at_once, act_page, sentence_of
from privateoffice.rooms.following import forms, services
from privateoffice.rooms.following.models import Contribution, Receipt
from privateoffice.spine.actions import services as actions
from privateoffice.spine.approvals.models import frozen
from privateoffice.spine.correspondence.models import Conversation, Message
from privateoffice.spine.letters import services as letters
from privateoffice.spine.letters.models import Draft

MANNER = Manner(
    template="following/act.html",
    refusals=(services.NotReceived, services.NobodyToAsk, actions.NotOpen, actions.NothingToAccept),
)
NOT_PUT_IN = (
    *(letters.OnTheWay, letters.MarkedHigher, frozen.TooLarge, frozen.Altered, Unreadable, Damaged),
    *(AboveOurCeiling, records.ChangedMeanwhile),
)
DAYS = 5


@does("following.ask")
def contribution(request, year, number):
    """Ask somebody, with or without an account, for something that the reply needs."""
    conversation = find(Conversation.objects.all(), year, number)
    initial = {"title": _title_for(conversation), "due_on": forms.in_days(DAYS)}
    form = forms.ContributionForm(request.POST or None, initial=initial, is_sensitive=conversation.is_sensitive)
    if request.method == "POST" and form.is_valid():
        try:
            made = services.ask(conversation, **form.said)
        except services.GoesOutside as fault:
            form.add_error("why_outside", sentence_of(fault))
        except services.NobodyToAsk as fault:
            form.add_error("person", sentence_of(fault))
        except actions.OwnerUnclear as fault:
            form.add_error("owner_email", sentence_of(fault))
        except AboveOurCeiling as fault:
            form.add_error("title", sentence_of(fault))
        except ValueError as fault:
            form.add_error("due_on", sentence_of(fault))
        else:
            by = words.day(form.cleaned_data["due_on"])
            toasts.say(request, f"{made.action} is asked for by {by}. They answer by mail.")
            return redirect(conversation)
    shown = {
        "form": form,
        "record": conversation,
        "marking": conversation.marking,
        "handling": conversation.handling,
    }
    return render(request, "following/contribution.html", shown, status=422 if form.errors else 200)


def _title_for(conversation: Conversation) -> str:
    return f"Contribute to the reply on “{conversation.title}”"[:200]


def _found(year: int, number: int, action_year: int, action_number: int) -> Contribution:
    conversation = find(Conversation.objects.all(), year, number)
    asked = Contribution.objects.filter(record_id=conversation.pk).select_related("record__office")
    return get_object_or_404(asked, action__endswith=f"/{action_year}/{action_number:04}")


@require_POST
@does("following.accept")
def acceptance(request, year, number, action_year, action_number):
    asked = _found(year, number, action_year, action_number)
    said = "Accepted. It stands beside the draft as material."
    return act_at_once(request, asked.record, lambda: services.accept(asked), manner=MANNER, said=said)


@does("following.ask_again")
def again(request, year, number, action_year, action_number):
    asked = _found(year, number, action_year, action_number)
    return act_page(
        request,
        asked.record,
        forms.AgainForm(request.POST or None, initial={"due_on": forms.in_days(2)}),
        lambda said: services.ask_again(asked, **said),
        manner=MANNER,
        heading="Ask again",
        button="Ask again",
        said="They were asked again.",
        fault_field="due_on",
    )


def _receipt(draft: Draft, action_year: int, action_number: int, place: int) -> Receipt:
    """The mail so many of a contribution to what a draft answers."""
    asked = get_object_or_404(
        Contribution.objects.filter(record__reference=draft.answered_in or "none"),
        action__endswith=f"/{action_year}/{action_number:04}",
    )
    receipts = list(asked.receipts.all())
    if not 0 < place <= len(receipts):
        raise Http404
    return receipts[place - 1]


@require_POST
@does("following.put_in")
def words_of(request, year, number, action_year, action_number, place):
    draft = find(Draft.objects.all(), year, number)
    receipt = _receipt(draft, action_year, action_number, place)
    return _put_in(
        request, draft, lambda: services.put_in(draft, receipt), "Put in. It can be changed like the rest."
    )


@require_POST
@does("following.put_in")
def paper(request, year, number, action_year, action_number, place, paper):
    draft = find(Draft.objects.all(), year, number)
    receipt = _receipt(draft, action_year, action_number, place)
    return _put_in(request, draft, lambda: services.enclose(draft, receipt, place=paper), "Attached.")


def _put_in(request, draft: Draft, do, said: str):
    try:
        do()
    except (Message.DoesNotExist, IndexError):
        raise Http404("There is no such paper") from None
    except NOT_PUT_IN as fault:
        toasts.say(request, sentence_of(fault))
    else:
        toasts.say(request, said)
    return redirect(draft)
