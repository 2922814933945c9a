"""What went out as files that the office holds: letters that were made, and what was enclosed with them."""

from collections.abc import Iterator

from django.db.models import Q

from privateoffice.foundations.records import asking
from privateoffice.foundations.registry.declarations import HeldFile
from privateoffice.spine.deliveries.models import Delivery, Enclosed

MOST = 30


def held_files(text: str) -> Iterator[HeldFile]:
    """The newest files of deliveries that have the words, or whose own name has them."""
    asked, number, named = asking.asked(text), asking.reference(text), Q()
    for word in asking.words_of(text):
        named &= Q(name__icontains=word)
    found = list(Delivery.objects.found(asked).order_by("-made_at").values_list("pk", flat=True)[:MOST])
    if number:
        found += list(Delivery.objects.referred(number).values_list("pk", flat=True)[:MOST])
    files = Enclosed.objects.filter(named | Q(delivery__in=found)).select_related("delivery__office")
    yield from (_held(file) for file in files.order_by("-pk")[:MOST])


def held_file(delivery: Delivery, key: str) -> tuple[HeldFile, bytes]:
    """One file by its digest. Raises LookupError where there is none, Altered where its bytes were changed."""
    file = Enclosed.objects.filter(delivery=delivery, digest=key).select_related("delivery__office").first()
    if file is None:
        raise LookupError(key)
    return _held(file), file.data


def _held(file: Enclosed) -> HeldFile:
    return HeldFile(file.delivery, file.digest, file.name, file.size, file.delivery.made_at, file.content_type)
