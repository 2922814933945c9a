"""Contributions go with the mail for which they were asked when conversations merge, and come back with it."""

from collections.abc import Iterable

from django.db.models import Q

from privateoffice.rooms.following.models import Contribution, Receipt
from privateoffice.spine.correspondence.models import Conversation

MOST_MERGED = 50
"""So many conversations in a row are followed from where something was asked to where its mail lies."""


def go_with_the_mail(conversations: Iterable[int]) -> None:
    """Put the contributions of these conversations where their mail is now."""
    keys = list(conversations)
    names = Conversation.objects.filter(pk__in=keys).values_list("reference", flat=True)
    asked = Contribution.objects.filter(Q(record__in=keys) | Q(asked_in__in=list(names)))
    for contribution in asked.prefetch_related("receipts"):
        home = _home_of(contribution.asked_in)
        if home and home.pk != contribution.record_id:
            _put(contribution, home)


def _home_of(reference: str) -> Conversation | None:
    found = None
    for _ in range(MOST_MERGED):
        found = Conversation.objects.filter(reference=reference).select_related("office").first()
        if found is None or not found.went_to:
            return found
        reference = found.went_to
    return found


def _put(contribution: Contribution, home: Conversation) -> None:
    parts: list[Contribution | Receipt] = [contribution, *contribution.receipts.all()]
    for part in parts:
        part.record = home
        part.save(update_fields=["record"])
