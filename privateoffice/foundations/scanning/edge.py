"""The edge that lets no upload in that was not looked at, where the settings name a scanner."""

from collections.abc import Callable, Iterator
from typing import Any, cast

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse

from privateoffice.foundations.offices import scope
from privateoffice.foundations.offices.models import User
from privateoffice.foundations.scanning import services
from privateoffice.foundations.scanning.scanner import Unanswered, is_on, scanner
from privateoffice.foundations.ui.failures import not_now


class ScanEdge:
    """Stands behind the gates, so that nobody has files looked at who may not send any."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: list[Any], kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        if request.method != "POST" or not is_on():
            return None
        try:
            found = [(file, said) for file in _files(request) if (said := _said_of(request, file))]
        except Unanswered as fault:
            return not_now(request, "scanning/not_now.html", fault=str(fault))
        return not_now(request, "scanning/refused.html", 422, found=found) if found else None


def _files(request: HttpRequest) -> Iterator[UploadedFile]:
    for _, files in request.FILES.lists():
        yield from files


def _said_of(request: HttpRequest, file: UploadedFile) -> str:
    """Why a file is not let in; nothing where it is. Raises Unanswered."""
    answer = scanner().scan(file.chunks())
    file.seek(0)
    if answer.finding:
        _hold(request, file, answer.finding)
        return f"a virus was found in it ({answer.finding})"
    return answer.obstacle and f"it could not be looked at for viruses. {answer.obstacle}".rstrip(".")


def _hold(request: HttpRequest, file: UploadedFile, finding: str) -> None:
    sender = cast(User, request.user) if request.user.is_authenticated else None
    if scope.is_open():
        services.hold(file.name or "", file.read(), finding=finding, sender=sender)
