"""`private-office run`: opens the office on this machine and keeps it open until Ctrl-C."""

import argparse
import os
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from socket import socket
from typing import TYPE_CHECKING

from privateoffice.program import data_folder, web
from privateoffice.program.opening import open_house

if TYPE_CHECKING:
    from privateoffice.program.supervisor import Supervisor

HELP = "Open the office: web, worker and scheduler, until Ctrl-C."

LOOPBACK = ("127.0.0.1", "localhost", "::1")
EVERYWHERE = ("0.0.0.0", "::", "")  # noqa: S104


def main(argv: list[str]) -> int:
    """Open the office; returns when it was told to close."""
    wanted = _parser().parse_args(argv)
    home = data_folder.make_ready()
    listener = web.listen(wanted.host, wanted.port)
    _say_where(wanted.host, listener.getsockname()[1])
    open_house()
    return _open(home, listener, is_empty=wanted.empty)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="private-office run", description=HELP)
    parser.add_argument("--port", type=int, default=8000, help="where the web answers (default: 8000)")
    parser.add_argument(
        "--host", default="127.0.0.1", help="the address to answer on (default: this machine only)"
    )
    parser.add_argument("--empty", action="store_true", help="at the first start, load no sample office")
    return parser


def _say_where(host: str, port: int) -> None:
    """Tell the settings the address, where the environment does not say otherwise."""
    name = "localhost" if host in (*LOOPBACK, *EVERYWHERE) else host
    os.environ.setdefault("PRIVATE_OFFICE_URL", f"http://{name}:{port}")
    if host in LOOPBACK:
        return
    os.environ.setdefault("PRIVATE_OFFICE_SAMPLE_SIGN_IN", "false")
    if host not in EVERYWHERE:
        os.environ.setdefault("PRIVATE_OFFICE_HOSTS", f"localhost,127.0.0.1,[::1],{host}")


def _open(home: Path, listener: socket, *, is_empty: bool) -> int:
    from privateoffice.program import database, first_start
    from privateoffice.program.supervisor import Supervisor

    supervisor = Supervisor()
    if database.look().is_behind or first_start.is_due(home):
        with supervisor.meanwhile("page of the upgrade", partial(web.serve_upgrading, listener)):
            _make_ready(home, is_empty=is_empty)
    announcement = "\n".join(_announcement())
    staff(supervisor, listener)
    sys.stdout.write(announcement + "\n")
    sys.stdout.flush()
    supervisor.watch()
    return 0


def staff(supervisor: "Supervisor", listener: socket) -> None:
    """Start what an open office consists of: web, worker and scheduler."""
    from privateoffice.foundations.jobs.scheduler import Scheduler
    from privateoffice.foundations.jobs.worker import Worker

    supervisor.start("web", partial(web.serve, listener))
    supervisor.start("worker", lambda: Worker().run())
    supervisor.start("scheduler", lambda: Scheduler().run())


def _make_ready(home: Path, *, is_empty: bool) -> None:
    from django.core.management import call_command
    from django.db import OperationalError

    from privateoffice.program import database, first_start
    from privateoffice.program.refusals import CannotStart

    try:
        call_command("migrate", verbosity=0, interactive=False)
        if first_start.is_due(home):
            first_start.furnish(home, is_empty=is_empty)
    except OperationalError as fault:
        raise CannotStart(
            f"The database {database.shown_name()} could not be made ready: {database.first_line(fault)}. "
            "What was begun has been undone."
        ) from fault


def _announcement() -> Iterator[str]:
    from django.conf import settings

    from privateoffice.program import first_start

    yield f"Private Office is open at {settings.SITE_URL}/"
    yield from first_start.who_can_sign_in()
    yield "Ctrl-C closes it."
