"""Beginning the clocks of letters that came before there were any: after an upgrade, some at a time."""

from datetime import timedelta

from privateoffice.foundations.clock import clock
from privateoffice.foundations.offices import scope
from privateoffice.foundations.offices.models import Office
from privateoffice.foundations.offices.verbs import performing
from privateoffice.foundations.records.scoped import has_part
from privateoffice.rooms.following.models import ReplyClock
from privateoffice.rooms.following.services.stepping import keep_step
from privateoffice.spine.correspondence.models import Conversation

LOOKS_BACK = timedelta(days=400)
AT_ONCE = 200


def catch_up(office: Office) -> int:
    """Begin the clocks of unanswered letters that have none, the newest first; returns how many were looked at."""
    with scope.acting_as_system("following up", office=office), performing("following.catch_up"):
        missing = Conversation.objects.unanswered().filter(~has_part(ReplyClock))
        recent = missing.filter(office=office, waiting_since__gte=clock.now() - LOOKS_BACK)
        keys = list(recent.order_by("-waiting_since").values_list("pk", flat=True)[:AT_ONCE])
        keep_step(keys)
    return len(keys)
