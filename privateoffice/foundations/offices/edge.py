"""The edge of the house: opens the scope that a request names, asks the policy, and writes down refusals."""

from collections.abc import Callable
from datetime import timedelta
from math import ceil
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse

from privateoffice.foundations.clock import clock
from privateoffice.foundations.offices import policy, scope
from privateoffice.foundations.offices.models import Cover, Office
from privateoffice.foundations.offices.verbs import fact, performing, trail

FOREIGN_VIEWS = ("allauth.", "django.contrib.staticfiles.", "django.views.")
"""Views that are not ours and stand outside the gates: signing in and out, static files."""

HOUSE_PATHS = frozenset({"administration"})
"""First parts of addresses that belong to the whole house: the scope has no office there."""


LATELY = timedelta(days=1)
"""For so long whoever covered is told that it ended; later they find what any stranger finds."""

LONGEST_WAIT = timedelta(days=20)
"""The longest that a browser counts down."""


class CoverHasEnded(Http404):
    """Whoever asks covered this office until a moment ago; to everybody else it is just not found."""

    def __init__(self, cover: Cover):
        super().__init__("cover has ended")
        self.cover = cover


class ScopeMiddleware:
    """Open the scope of the person and office named by the request, then let the view's verb be asked for."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        first = request.path_info.split("/")[1]
        request.office = Office.objects.filter(slug=first).first()  # type: ignore[attr-defined]
        if not request.user.is_authenticated or not (request.office or first in HOUSE_PATHS):  # type: ignore[attr-defined]
            return self.get_response(request)
        with scope.acting(request.user, office=request.office) as acting:  # type: ignore[attr-defined]
            response = self.get_response(request)
        _close_in_time(response, acting)
        return response

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: list[Any], kwargs: dict[str, Any]
    ) -> None:
        declared = getattr(view, "view_class", view)
        if hasattr(declared, "outside") or view.__module__.startswith(FOREIGN_VIEWS):
            return
        verb = getattr(declared, "verb", None)
        if verb is None:
            raise PermissionDenied("this view does not say what it does")
        kwargs.pop("office", None)
        self._let_in(request, verb)

    def process_exception(self, request: HttpRequest, error: Exception) -> None:
        if isinstance(error, policy.Refused):
            self._write_refusal(request, error)

    def _let_in(self, request: HttpRequest, verb: str) -> None:
        if not scope.is_open():
            raise Http404
        if not scope.current().roles:
            _write_down("edge.turn_away", wanted=fact(verb))
            raise _not_found(request)
        try:
            policy.require(verb)
        except policy.Refused as refusal:
            self._write_refusal(request, refusal)
            raise

    def _write_refusal(self, request: HttpRequest, refusal: policy.Refused) -> None:
        _write_down("edge.refuse", wanted=fact(refusal.verb), address=fact(request.path[:200]))


def _close_in_time(response: HttpResponse, acting: scope.Scope) -> None:
    """Have the browser ask again in the second in which the role or cover ends: the page does not stay open."""
    left = acting.until - clock.now() if acting.until else None
    if left and response.status_code == 200 and left < LONGEST_WAIT:
        response.headers["Refresh"] = str(max(ceil(left.total_seconds()), 1))


def _not_found(request: HttpRequest) -> Http404:
    """Nothing here for whoever asks; and that their cover ended, where it did so lately."""
    person, now = getattr(request.user, "person", None), clock.now()
    ended = Cover.objects.over(now).filter(coverer=person, office=request.office)  # type: ignore[attr-defined]
    last = max(ended.select_related("office", "covered"), key=lambda cover: cover.stops_at, default=None)
    return CoverHasEnded(last) if last and now - last.stops_at < LATELY else Http404()


def _write_down(verb: str, **said: Any) -> None:
    """A refusal is written in a transaction of its own: what was refused left nothing else behind."""
    if scope.is_open():
        with performing(verb):
            trail(**said)
