"""When and where a session was last used: written at most once in five minutes, never at each request."""

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.signals import user_logged_in
from allauth.usersessions.models import UserSession
from django.db import InternalError, OperationalError
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse

from privateoffice.foundations.clock import clock

LISTED = "is_listed"
EVERY = timedelta(minutes=5)
MOST = 10_000
"""So many sessions are remembered by one process before it begins anew."""


@receiver(user_logged_in)
def list_session(request: HttpRequest, **said: Any) -> None:
    request.session[LISTED] = True


class SeenMiddleware:
    """Notes the last use of a listed session."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response
        self.seen: dict[str, datetime] = {}

    def __call__(self, request: HttpRequest) -> HttpResponse:
        key = request.session.session_key
        if key and request.user.is_authenticated and request.session.get(LISTED):
            self._note(request, key)
        return self.get_response(request)

    def _note(self, request: HttpRequest, key: str) -> None:
        now = clock.now()
        if abs(now - self.seen.get(key, now - 2 * EVERY)) < EVERY:
            return
        if len(self.seen) >= MOST:
            self.seen.clear()
        self.seen[key] = now
        place = get_adapter().get_client_ip(request)
        with suppress(OperationalError, InternalError):  # a full disk keeps nobody from reading
            UserSession.objects.filter(session_key=key).update(last_seen_at=now, ip=place)
