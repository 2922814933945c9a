"""Original bytes as a file: always downloaded, never opened in the page."""

from django.http import HttpResponse
from django.utils.http import content_disposition_header

from privateoffice.foundations.records.models import Damaged, Original
from privateoffice.foundations.scanning.services import Withheld, vouch_for

HEAD = b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Private Office//Calendar 1//EN\r\n"
FOOT = b"\r\nEND:VCALENDAR\r\n"
LOCKED = {"X-Content-Type-Options": "nosniff", "Content-Security-Policy": "sandbox; default-src 'none'"}


def calendar_file(original: Original, name: str) -> HttpResponse:
    """An item's own bytes, untouched, between the first and last lines that make a calendar of them."""
    try:
        vouch_for(original)
        raw = original.read()
    except (Damaged, Withheld) as fault:
        status = 410 if isinstance(fault, Damaged) else 409
        return HttpResponse(str(fault), content_type="text/plain; charset=utf-8", status=status, headers=LOCKED)
    is_whole = raw.lstrip(b"\xef\xbb\xbf \r\n")[:15].upper() == b"BEGIN:VCALENDAR"
    return HttpResponse(
        raw if is_whole else HEAD + raw + FOOT,
        content_type="text/calendar",
        headers=LOCKED | {"Content-Disposition": str(content_disposition_header(True, f"{name}.ics"))},
    )
