"""Whether a kept file may be given out: it is asked about once, and the answer is kept."""

import time
from collections.abc import Iterable

from django.db.models import Exists, OuterRef

from privateoffice.foundations.records.models import Damaged, Original
from privateoffice.foundations.scanning.models import Scan
from privateoffice.foundations.scanning.scanner import Unanswered, is_on, scanner

BATCH = 200
LONGEST = 45.0
"""Seconds for which one job looks: the next goes on from there."""


class Withheld(Exception):
    """The file is not given out: a virus is in it, or nobody has looked yet. The text is fit to show."""


def vouch_for(original: Original) -> None:
    """Return where a kept file may be given out; what was never looked at is looked at now. Raises Withheld."""
    scan = Scan.objects.filter(original=original).first()
    if scan is None and is_on():
        scan = _scan_now(original)
    if scan and scan.words:
        raise Withheld(scan.words)


def _scan_now(original: Original) -> Scan:
    try:
        return _scan(original)
    except Unanswered as fault:
        raise Withheld(
            f"It was not looked at for viruses yet, so it is not given out. {fault} Try again in a few minutes."
        ) from fault


def _scan(original: Original) -> Scan:
    """Have one looked at and keep what is said. Raises Unanswered, Damaged or Away."""
    asked = scanner()
    answer, version = asked.scan([original.read()]), asked.version()
    said = {"finding": answer.finding, "obstacle": answer.obstacle, "scanner": version[:200]}
    return Scan.objects.get_or_create(original=original, defaults=said)[0]


def waiting():
    """The kept files that nobody has looked at."""
    return Original.objects.filter(~Exists(Scan.objects.filter(original=OuterRef("pk"))))


def scan_what_waits() -> int:
    """Look at what came and was not looked at yet, newest first; returns how many. Raises Unanswered."""
    end, last, looked = time.monotonic() + LONGEST, None, 0
    while is_on() and time.monotonic() < end:
        rows = waiting().order_by("-pk")
        batch = list((rows.filter(pk__lt=last) if last else rows)[:BATCH])
        for original in batch:
            last = original.pk
            try:
                _scan(original)
            except Damaged:  # the nightly look through the files says so; it is not given out either
                continue
            looked += 1
        if not batch:
            break
    return looked


def findings_in(originals: Iterable[int]) -> dict[int, str]:
    """Of these kept files, by their keys, why some are not given out, as far as is known."""
    return {scan.original_id: scan.words for scan in Scan.objects.filter(original__in=originals) if scan.words}
