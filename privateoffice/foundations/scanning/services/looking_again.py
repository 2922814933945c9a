"""Looking again at what is kept when the scanner has newer signatures: the newest answer counts."""

import time
from datetime import timedelta

from django.db.models import QuerySet

from privateoffice.foundations.clock import clock
from privateoffice.foundations.offices.verbs import fact, performing, trail
from privateoffice.foundations.records.models import Damaged
from privateoffice.foundations.scanning.models import Scan
from privateoffice.foundations.scanning.scanner import is_on, scanner
from privateoffice.foundations.scanning.services.vouching import BATCH, LONGEST

NO_SOONER = timedelta(hours=20)
"""A file is looked at again once a day at most, however often signatures come."""


def outdated(version: str) -> "QuerySet[Scan]":
    """What was looked at by other signatures than these, and not within the last day."""
    before = clock.now() - NO_SOONER
    return Scan.objects.exclude(scanner=version[:200]).filter(scanned_at__lt=before)


def scan_again() -> int:
    """Look again at what older signatures were asked about, the newest first; returns how many.

    Raises Unanswered.
    """
    if not is_on():
        return 0
    version, end, last, looked = scanner().version(), time.monotonic() + LONGEST, None, 0
    while time.monotonic() < end:
        rows = outdated(version).select_related("original").order_by("-original_id")
        batch = list((rows.filter(original_id__lt=last) if last else rows)[:BATCH])
        for scan in batch:
            last = scan.original_id
            try:
                _look(scan, version)
            except Damaged:  # the nightly look through the files says so; it is not given out either
                continue
            looked += 1
        if not batch:
            break
    return looked


def _look(scan: Scan, version: str) -> None:
    """Ask about one file again. What a file is told of anew stands in its office's trail."""
    answer, before = scanner().scan([scan.original.read()]), scan.finding
    scan.finding, scan.obstacle = answer.finding, answer.obstacle
    scan.scanner, scan.scanned_at = version[:200], clock.now()
    fields = ["finding", "obstacle", "scanner", "scanned_at"]
    if answer.finding == before:
        scan.save(update_fields=fields)
        return
    with performing("scanning.find" if answer.finding else "scanning.clear"):
        scan.save(update_fields=fields)
        trail(office_id=scan.original.office_id, finding=fact(answer.finding or before))
