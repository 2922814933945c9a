"""How long a session lasts: it ends when it is not used, and at the latest some hours after it was begun.

When it was last used is written at most once in five minutes, never at each request; the process at hand knows it
to the second. So a session ends no later than the settings say, and by at most five minutes earlier where the last
use was on another machine.
"""

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from allauth.account.adapter import get_adapter
from allauth.account.signals import user_logged_in
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import InternalError, OperationalError
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse
from django.urls import Resolver404, resolve

from privateoffice.foundations.clock import clock

LISTED = "is_listed"
EVERY = timedelta(minutes=5)
MOST = 10_000
"""So many sessions are remembered by one process before it begins anew."""


class Use(NamedTuple):
    """What a process knows of one session: when it was begun, last written and last used."""

    begun_at: datetime
    written_at: datetime
    used_at: datetime


@receiver(user_logged_in)
def list_session(request: HttpRequest, **said: Any) -> None:
    request.session[LISTED] = True


class LastingMiddleware:
    """Ends a session whose time has come, and notes the last use of one that goes on."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response
        self.known: dict[str, Use] = {}

    def __call__(self, request: HttpRequest) -> HttpResponse:
        key = request.session.session_key
        if key and request.user.is_authenticated and request.session.get(LISTED):
            use = self._use_of(key)
            if use is None or _is_over(use):
                self._end(request, key)
            elif not asks_by_itself(request):
                self._note(request, key, use)
        return self.get_response(request)

    def _use_of(self, key: str) -> Use | None:
        """What is known here; asked of the database where that is older than five minutes."""
        known, now = self.known.get(key), clock.now()
        if known and abs(now - known.used_at) < EVERY:
            return known
        row = UserSession.objects.filter(session_key=key).only("created_at", "last_seen_at").first()
        if row is None:
            return None
        used_at = max(row.last_seen_at, known.used_at) if known else row.last_seen_at
        return Use(row.created_at, row.last_seen_at, used_at)

    def _end(self, request: HttpRequest, key: str) -> None:
        self.known.pop(key, None)
        UserSession.objects.filter(session_key=key).delete()
        request.session.flush()
        request.user = AnonymousUser()
        request.has_run_out = True  # type: ignore[attr-defined]

    def _note(self, request: HttpRequest, key: str, use: Use) -> None:
        now = clock.now()
        if len(self.known) >= MOST:
            self.known.clear()
        if key not in self.known or abs(now - use.written_at) >= EVERY:
            place = get_adapter().get_client_ip(request)
            with suppress(OperationalError, InternalError):  # a full disk keeps nobody from reading
                UserSession.objects.filter(session_key=key).update(last_seen_at=now, ip=place)
            use = use._replace(written_at=now)
        self.known[key] = use._replace(used_at=now)


def _is_over(use: Use) -> bool:
    now = clock.now()
    return now - use.used_at >= settings.SESSION_IDLE or now - use.begun_at >= settings.SESSION_LASTS


def asks_by_itself(request: HttpRequest) -> bool:
    """Whether an open page asks this without anybody having done anything: that is no use of a session."""
    if not request.headers.get("HX-Request"):
        return False
    try:
        return hasattr(resolve(request.path_info).func, "by_itself")
    except Resolver404:
        return False
