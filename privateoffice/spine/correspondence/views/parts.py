"""What belongs to one message and is no page of ours: its own page in a locked frame, its files, its original."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from privateoffice.foundations.offices.views import does
from privateoffice.foundations.quarantine.reader import Unreadable
from privateoffice.foundations.records.models import Damaged
from privateoffice.foundations.records.pages import find
from privateoffice.foundations.scanning.services import Withheld, vouch_for
from privateoffice.spine.correspondence import services
from privateoffice.spine.correspondence.models import Conversation, Message

LOCKED = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'"
NOTHING = "sandbox; default-src 'none'"
PLAIN = "text/plain; charset=utf-8"


def found(year: int, number: int, message: int) -> Message:
    """The message that an address names, with its original."""
    conversation = find(Conversation.objects.all(), year, number)
    return get_object_or_404(
        Message.objects.select_related("original", "record__office"), record=conversation, number=message
    )


def _page(content: str, kind: str, status: int = 200) -> HttpResponse:
    return HttpResponse(
        content,
        content_type=kind,
        status=status,
        headers={
            "Content-Security-Policy": LOCKED,
            "X-Content-Type-Options": "nosniff",
            "Referrer-Policy": "no-referrer",
        },
    )


@require_safe
@does("correspondence.view")
def body(request, year, number, message):
    """The message's own page, made safe, under a policy by which nothing in it runs or is fetched."""
    try:
        shown = services.page(found(year, number, message))
    except (Unreadable, Damaged) as fault:
        return _page(str(fault), PLAIN)
    html = f'<!doctype html><html lang="en-GB"><head><title>Message</title></head><body>{shown.html}</body></html>'
    return _page(html, "text/html; charset=utf-8")


@require_safe
@does("correspondence.view")
def original(request, year, number, message):
    """The message as it came, byte for byte, as a file."""
    one = found(year, number, message)
    try:
        vouch_for(one.original)
        return _file(one.file_name, one.original.read())
    except Damaged as fault:
        return _page(str(fault), PLAIN, 410)
    except Withheld as fault:
        return _page(str(fault), PLAIN, 409)


@require_safe
@does("correspondence.view")
def attachment(request, year, number, message, place):
    """One enclosure as a file. `place` counts from one, as the page does."""
    try:
        enclosed = services.enclosed(found(year, number, message), place - 1)
    except IndexError:
        raise Http404 from None
    except (Unreadable, Damaged) as fault:
        return _page(str(fault), PLAIN, 410)
    except Withheld as fault:
        return _page(str(fault), PLAIN, 409)
    return _file(enclosed.name, enclosed.content)


@require_safe
@does("correspondence.view")
def attachment_preview(request, year, number, message, place):
    """What one enclosure would show, made anew by us. What cannot be shown is said, and can still be saved."""
    one = found(year, number, message)
    try:
        shown, fault = services.preview(one, place - 1), ""
    except IndexError:
        raise Http404 from None
    except (Unreadable, Damaged) as refusal:
        shown, fault = None, str(refusal)
    said = {
        "message": one,
        "name": one.attachments[place - 1]["name"],
        "url": f"{one.address}attachments/{place}/",
        "preview": shown,
        "fault": fault,
        "marking": one.record.marking,
        "handling": one.record.handling,
    }
    return render(request, "correspondence/preview.html", said)


def _file(name: str, content: bytes) -> HttpResponse:
    return HttpResponse(
        content,
        content_type="application/octet-stream",
        headers={
            "Content-Disposition": content_disposition_header(True, name),
            "Content-Security-Policy": NOTHING,
            "X-Content-Type-Options": "nosniff",
        },
    )
