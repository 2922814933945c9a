"""What whoever is acting may do with an enquiry, as the page and the list offer it."""

from collections.abc import Iterable

from django.urls import reverse

from privateoffice.foundations.offices import policy
from privateoffice.foundations.records.pages import path_of
from privateoffice.foundations.registry.declarations import Act
from privateoffice.rooms.enquiries.models import Enquiry, Redirection

RESOLVE = ("Resolve", "e", "resolution", "enquiries.resolve")
REDIRECT = ("Re-direct", "x", "redirection", "enquiries.redirect")
ACKNOWLEDGE = ("Acknowledge", "a", "acknowledgement", "enquiries.acknowledge")
PASS_ON = ("Pass on", "p", "owner", "enquiries.pass_on")
ACCEPTED = ("They accepted", "e", "acceptance", "enquiries.accept")
CHASE = ("Chase", "h", "chaser", "enquiries.chase")
RECALL = ("Take back", "b", "recall", "enquiries.recall")
REOPEN = ("Open again", "o", "reopening", "enquiries.reopen")
MORE = (
    ("Add a note", "", "note", "enquiries.note"),
    ("Split off a question", "", "split", "enquiries.split"),
    ("Change the kind", "", "kind", "enquiries.reclassify"),
    ("Correct what was typed", "", "correction", "enquiries.correct"),
)


def in_a_row(enquiry: Enquiry) -> list[Act]:
    """What can be done from the list."""
    return _allowed(enquiry, (RESOLVE, REDIRECT, PASS_ON))


def at_the_top(enquiry: Enquiry, redirection: Redirection | None, *, is_closed: bool) -> list[Act]:
    """What stands at the right of the title, the likeliest first."""
    if is_closed:
        return _allowed(enquiry, (REOPEN,))
    if redirection:
        return _allowed(enquiry, (ACCEPTED, CHASE, RECALL))
    acknowledge = () if enquiry.is_acknowledged else (ACKNOWLEDGE,)
    return _allowed(enquiry, (RESOLVE, REDIRECT, *acknowledge, PASS_ON))


def more(enquiry: Enquiry) -> list[Act]:
    """What is done more rarely: first of all, turning it into an action."""
    acts = _allowed(enquiry, MORE)
    if not policy.allows("actions.assign"):
        return acts
    assign = reverse("actions:assign", args=[enquiry.office.slug])
    return [Act("Make an action", "", f"{assign}?from={path_of(enquiry)}"), *acts]


def _allowed(enquiry: Enquiry, acts: Iterable[tuple[str, str, str, str]]) -> list[Act]:
    place = enquiry.get_absolute_url()
    return [
        Act(word, key, f"{place}{name}/", posts=name == "chaser")
        for word, key, name, verb in acts
        if policy.allows(verb)
    ]
