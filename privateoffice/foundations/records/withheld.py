"""What is kept from whoever sits here under cover: one number for each kind, and nothing else."""

from django.db.models import Count, Q

from privateoffice.foundations.offices import scope
from privateoffice.foundations.offices.models import Office
from privateoffice.foundations.records.models import Record
from privateoffice.foundations.records.scoped import InScope


def hidden_counts(office: Office) -> dict[str, int]:
    """How many open records of each kind the person acting may not see in an office, by the kind's label.

    The one question that looks past a person's sight. It runs as a named part of the system and returns
    integers only.
    """
    asker = scope.current()
    with scope.acting_as_system("cover counts", office=office):
        hidden = Record.objects.open().filter(~Q(InScope(seen_by=asker)), office=office)
        return dict(hidden.order_by().values_list("kind").annotate(Count("pk")))
