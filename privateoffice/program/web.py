"""The web server, and the page that it shows while the database is being upgraded."""

import signal
import socket
import sys
from types import FrameType
from typing import Any

from privateoffice.program.refusals import CannotStart

THREADS = 8
LARGEST_REQUEST = 100 * 1024 * 1024

SERVED_DURING_UPGRADE = ("django.middleware.security.", "whitenoise.", "privateoffice.foundations.ui.headers.")


def listen(host: str, port: int) -> socket.socket:
    """A socket that takes connections at once; they wait until a server accepts them. Raises CannotStart."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        listener = socket.socket(family, kind, protocol)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
        listener.listen(128)
    except (PermissionError, socket.gaierror, OverflowError) as fault:
        raise CannotStart(f"The address {host}:{port} cannot be used: {fault}.") from fault
    except OSError as fault:
        raise CannotStart(
            f"Port {port} on {host} is taken or cannot be used ({fault.strerror}): choose another with --port."
        ) from fault
    return listener


def serve(listener: socket.socket) -> None:
    """Serve the office until SIGTERM."""
    from django.urls import get_resolver

    from privateoffice.program.wsgi import application

    get_resolver().url_patterns  # noqa: B018  (every page is read now, not at the first request)
    _serve(application, listener)


def serve_upgrading(listener: socket.socket) -> None:
    """Say on every page that the database is being upgraded, until SIGTERM."""
    from django.conf import settings
    from django.core.wsgi import get_wsgi_application

    settings.ROOT_URLCONF = "privateoffice.program.upgrading"
    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if name.startswith(SERVED_DURING_UPGRADE)]
    _serve(get_wsgi_application(), listener)


def _serve(application: Any, listener: socket.socket) -> None:
    from waitress.server import create_server

    server = create_server(
        application,
        sockets=[listener],
        threads=THREADS,
        ident=None,
        clear_untrusted_proxy_headers=True,
        max_request_body_size=LARGEST_REQUEST,
        **_believed(),
    )
    signal.signal(signal.SIGTERM, _leave)
    server.run()


def _believed() -> dict[str, Any]:
    """What the proxy in front may tell: from where a request comes, and that it came by https."""
    from django.conf import settings

    if not settings.ALLAUTH_TRUSTED_PROXY_COUNT:
        return {}
    return {
        "trusted_proxy": settings.PROXY_ADDRESS,
        "trusted_proxy_count": settings.ALLAUTH_TRUSTED_PROXY_COUNT,
        "trusted_proxy_headers": {"x-forwarded-for", "x-forwarded-proto"},
    }


def _leave(number: int, frame: FrameType | None) -> None:
    sys.exit(0)
