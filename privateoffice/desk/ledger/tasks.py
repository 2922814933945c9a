"""The ledger's own job: every hour it is checked that nothing was dropped."""

from privateoffice.desk.ledger import services
from privateoffice.foundations.jobs.api import task
from privateoffice.foundations.offices import scope


@task
def check() -> None:
    """Check the ledger of the office at hand."""
    office = scope.current().office
    if office is not None:
        services.check(office)
