"""What is shown where a page is gone, a form comes too late, or the machine fails: never a dead end."""

import errno
import re
import sys
from dataclasses import dataclass
from typing import Any

from django.db import InterfaceError, InternalError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.template.loader import get_template
from django.views.decorators.csrf import requires_csrf_token
from django.views.defaults import page_not_found, server_error

from privateoffice.foundations.offices.edge import CoverHasEnded

SECRET = re.compile(r"pass|token|code|secret", re.IGNORECASE)

FULL, READ_ONLY, BUSY, AWAY = "full", "read-only", "busy", "away"
"""What can be the matter with the disk or the database while everything else is well."""

SAID_BY_DATABASES = (
    (FULL, re.compile(r"disk is full|no space left|could not extend file", re.IGNORECASE)),
    (READ_ONLY, re.compile(r"read-?only|unable to open database file|permission denied", re.IGNORECASE)),
    (BUSY, re.compile(r"is locked|deadlock|could not serialize|lock timeout", re.IGNORECASE)),
)
SAID_BY_DISKS = {
    errno.ENOSPC: FULL,
    errno.EDQUOT: FULL,
    errno.EROFS: READ_ONLY,
    errno.EACCES: READ_ONLY,
    errno.EIO: AWAY,
}


@dataclass(frozen=True)
class Typed:
    """One thing that was typed: the name of its field, words for it, and the text."""

    name: str
    text: str

    @property
    def word(self) -> str:
        return self.name.replace("_", " ").replace("-", " ").capitalize()

    @property
    def is_long(self) -> bool:
        return len(self.text) > 60 or "\n" in self.text

    @property
    def is_words(self) -> bool:
        """Whether a person wrote it, and not the form."""
        return " " in self.text.strip()


@requires_csrf_token
def csrf(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The page for a form whose token is stale: what was typed stays, and can be sent once more.

    Only a form of our own can be sent again: one that another site posted shows its text and no button.
    """
    context = {
        "typed": typed_in(request),
        "may_send_again": came_from_here(request),
        "had_files": bool(request.FILES),
    }
    return render(request, "ui/stale.html", context, status=403)


def typed_in(request: HttpRequest) -> list[Typed]:
    """What the form held, without passwords and codes."""
    return [
        Typed(name, text)
        for name, texts in request.POST.lists()
        if not SECRET.search(name)
        for text in texts
        if text
    ]


def came_from_here(request: HttpRequest) -> bool:
    origin = request.headers.get("Origin")
    if origin:
        return origin == f"{request.scheme}://{request.get_host()}"
    return request.headers.get("Sec-Fetch-Site") == "same-origin"


@requires_csrf_token
def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The page for what is not there. Whoever covered until a moment ago is told that, and nothing else."""
    if not isinstance(exception, CoverHasEnded):
        return page_not_found(request, exception)
    response = render(request, "ui/cover_ended.html", {"cover": exception.cover}, status=404)
    if request.headers.get("HX-Request"):
        response.headers["HX-Redirect"] = f"/{exception.cover.office.slug}/"  # the whole page closes, not a part
    return response


def broken(request: HttpRequest) -> HttpResponse:
    """The page for what failed on our side. Where disk or database failed, it says so and keeps what was typed.

    Rendered without the request: nothing here may ask the database.
    """
    fault = sys.exc_info()[1]
    matter = matter_of(fault) if fault else ""
    if not matter:
        return server_error(request)
    context: dict[str, Any] = {"matter": matter, "typed": typed_in(request), "had_files": bool(request.FILES)}
    context |= {"address": request.get_full_path(), "csrf_token": get_token(request)}
    page = get_template("ui/out_of_reach.html").render(context)
    return HttpResponse(page, status=503, headers={"Retry-After": "10"})


def matter_of(fault: BaseException) -> str:
    """What is the matter with the disk or the database; empty where the fault is one of the program."""
    if isinstance(fault, OSError):
        return SAID_BY_DISKS.get(fault.errno or 0, "")
    if not isinstance(fault, OperationalError | InternalError | InterfaceError):
        return ""
    return next((matter for matter, words in SAID_BY_DATABASES if words.search(str(fault))), AWAY)
