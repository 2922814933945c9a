"""The enquiries' jobs: ask units again that have not accepted what was re-directed to them."""

from privateoffice.foundations.clock import clock
from privateoffice.foundations.jobs.api import task
from privateoffice.rooms.enquiries import services
from privateoffice.rooms.enquiries.models import Redirection


@task
def chase_units() -> int:
    """Chase each unit whose day has come and that can be written to; the others stay on Today to be rung."""
    due = Redirection.objects.to_chase(clock.now()).exclude(unit__email="").select_related("enquiry__office")
    for redirection in due:
        services.chase(redirection.enquiry)
    return len(due)
