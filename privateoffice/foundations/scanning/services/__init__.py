"""What is done about viruses: asking of a kept file, and holding back an upload."""

from privateoffice.foundations.scanning.services.holding import hold, let_go, opened
from privateoffice.foundations.scanning.services.looking_again import outdated, scan_again
from privateoffice.foundations.scanning.services.vouching import (
    Withheld,
    findings_in,
    scan_what_waits,
    vouch_for,
    waiting,
)

__all__ = [
    "Withheld",
    "findings_in",
    "hold",
    "let_go",
    "opened",
    "outdated",
    "scan_again",
    "scan_what_waits",
    "vouch_for",
    "waiting",
]
