"""Checking the ledger, and keeping that it was checked."""

from datetime import timedelta

from privateoffice.desk.ledger.models import Check, dropped
from privateoffice.foundations.clock import clock
from privateoffice.foundations.offices.models import Office
from privateoffice.foundations.offices.verbs import trail, verb

KEPT = timedelta(days=400)


@verb("ledger.check")
def check(office: Office) -> Check:
    """Count what nobody has dealt with and what is adrift. The trail has a line where the counts moved."""
    now = clock.now()
    before = Check.objects.filter(office=office).newest_first().first()
    found = dropped(now)
    made = Check.objects.create(office=office, checked_at=now, undealt=found.undealt, adrift=found.adrift)
    Check.objects.filter(office=office, checked_at__lt=now - KEPT).delete()
    if before is None or (before.undealt, before.adrift) != (made.undealt, made.adrift):
        trail(office_id=office.pk, undealt=made.undealt, adrift=made.adrift)
    return made
