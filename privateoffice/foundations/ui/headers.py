"""The security headers that Django 5.2 does not send by itself."""

from collections.abc import Callable, Iterable, Mapping

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed

PERMISSIONS = "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), magnetometer=(), microphone=(), midi=(), payment=(), usb=()"  # noqa: E501

METHODS = ("GET", "HEAD", "POST")
"""All that a browser sends us. TRACE, which shows a request back, and the rest find nobody in."""


def policy_of(directives: Mapping[str, Iterable[str] | str | bool | None]) -> str:
    """The value of a Content-Security-Policy header, from the shape that Django 6 gives SECURE_CSP."""
    parts = []
    for name, sources in directives.items():
        if sources is None or sources is False:
            continue
        if sources is True:
            parts.append(name)
            continue
        words = [sources] if isinstance(sources, str) else sources
        parts.append(f"{name} {' '.join(words)}")
    return "; ".join(parts)


class SecurityHeaders:
    """Says what a page may load and do, that no cache keeps it, and by which methods it is asked for.

    A view that sets one of these headers itself keeps its own: a mail body, a stylesheet.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response
        self.policy = policy_of(settings.SECURE_CSP)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request) if request.method in METHODS else HttpResponseNotAllowed(METHODS)
        response.headers.setdefault("Content-Security-Policy", self.policy)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        response.headers.setdefault("Cache-Control", "no-store")
        return response
