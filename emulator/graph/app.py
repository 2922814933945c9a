"""The emulator as a WSGI application: who may come in, what goes wrong on purpose, and which call is meant."""

import re
import socket
import time
from collections.abc import Callable, Iterable
from contextlib import contextmanager, suppress
from typing import Any

from werkzeug import Request, Response

from emulator.graph import reading, subscribing, writing
from emulator.graph.call import Call, Refused, denied
from emulator.graph.checking import Checker
from emulator.graph.faults import Fault, Faults
from emulator.graph.state import NotThere, Tenant, Token
from emulator.graph.tokens import TokenDesk

BASE = "/v1.0"
_ONE = r"([^/]+)"
ROUTES: list[tuple[str, str, Callable[..., Response]]] = [
    ("GET", "mailFolders", reading.folders),
    ("GET", f"mailFolders/{_ONE}", reading.folder),
    ("GET", f"mailFolders/{_ONE}/childFolders", reading.folders),
    ("GET", f"mailFolders/{_ONE}/messages", reading.messages),
    ("GET", f"mailFolders/{_ONE}/messages/delta", reading.delta),
    ("GET", "messages", reading.messages),
    ("GET", f"messages/{_ONE}", reading.message),
    ("GET", f"messages/{_ONE}/\\$value", reading.value),
    ("GET", f"messages/{_ONE}/attachments", reading.attachments),
    ("POST", "messages", writing.create),
    ("POST", f"mailFolders/{_ONE}/messages", writing.create),
    ("POST", f"messages/{_ONE}/createReply", writing.create_reply),
    ("POST", f"messages/{_ONE}/attachments", writing.attach),
    ("POST", f"messages/{_ONE}/attachments/createUploadSession", writing.open_upload),
    ("POST", f"messages/{_ONE}/send", writing.send),
    ("POST", f"messages/{_ONE}/move", writing.move),
    ("PATCH", f"messages/{_ONE}", writing.change),
    ("DELETE", f"messages/{_ONE}", writing.remove),
    ("POST", "sendMail", writing.send_mail),
]


class Emulator:
    """One tenant, its faults and its checks, as WSGI calls it."""

    def __init__(self, tenant: Tenant | None = None, *, checks: bool = True):
        self.tenant = tenant or Tenant()
        self.faults = Faults()
        self.checker = Checker()
        self.checks = checks
        self.calls: list[str] = []
        self.desk = TokenDesk(self.tenant)

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        request = Request(environ)
        request.get_data()
        answer = self._answered(request)
        return answer(environ, start_response)

    def _answered(self, request: Request) -> Response:
        said = f"{request.method} {request.path}"
        self.calls.append(said)
        fault = self.faults.due(said)
        answer = None if fault and not fault.is_done else self._checked(request)
        if fault is None:
            assert answer is not None
            return answer
        return _gone_wrong(request, fault)

    def _checked(self, request: Request) -> Response:
        is_ours = request.path.startswith((f"{BASE}/", "/upload/"))
        if not is_ours:
            with self.tenant.lock:
                return self.desk.answer(request)
        if self.checks and (breach := self.checker.check(request, None)):
            return Refused(400, "contractBreach", breach).answer
        answer = self._let_in(request)
        if self.checks and (breach := self.checker.check(request, answer)):
            return Refused(500, "contractBreach", breach).answer
        return answer

    def _let_in(self, request: Request) -> Response:
        try:
            if request.path.startswith("/upload/"):
                with self.tenant.lock:
                    return writing.upload(request, self.tenant)
            token = self._token(request)
            first, *rest = request.path.removeprefix(f"{BASE}/").split("/", 2)
            if first == "subscriptions":
                return subscribing.answer(request, self.tenant)
            if first != "users" or len(rest) != 2:
                raise Refused(404, "ResourceNotFound", "There is no such resource.")
            return self._of_a_box(request, token, *rest)
        except Refused as refusal:
            return refusal.answer

    def _token(self, request: Request) -> Token:
        word = request.headers.get("Authorization", "").removeprefix("Bearer ")
        token = self.tenant.tokens.get(word)
        if token is None or token.ends_at < time.time():
            raise Refused(401, "InvalidAuthenticationToken", "Access token has expired or is not yet valid.")
        return token

    def _of_a_box(self, request: Request, token: Token, address: str, rest: str) -> Response:
        address = address.lower()
        may = token.application.reaches(address) if token.person is None else address in token.person.opens
        if not may:
            raise denied()
        with self._counted(address), self.tenant.lock:
            try:
                call = Call(request, self.tenant, token, self.tenant.box(address))
            except NotThere:
                raise Refused(404, "ErrorInvalidUser", f"The requested user '{address}' is invalid.") from None
            call.box.settle(call.now)
            return self._routed(call, rest)

    def _routed(self, call: Call, rest: str) -> Response:
        for method, path, answer in ROUTES:
            found = re.fullmatch(path, rest)
            if found and method == call.request.method:
                if answer is writing.send:
                    return writing.send(call, *found.groups(), unseen_for=self.faults.unseen_for)
                return answer(call, *found.groups())
        raise Refused(405, "notSupported", "The emulator does not do that.")

    @contextmanager
    def _counted(self, address: str):
        """Four calls of one mailbox may go on at once, and no fifth."""
        faults = self.faults
        with self.tenant.lock:
            faults.going_on[address] += 1
            faults.peak[address] = max(faults.peak[address], faults.going_on[address])
            is_too_many = faults.going_on[address] > faults.at_once
            faults.refused += is_too_many
        try:
            if is_too_many:
                raise Refused(429, "ApplicationThrottled", "Too many at once.", Retry_After="1")
            if faults.slow:
                time.sleep(faults.slow)
            yield
        finally:
            with self.tenant.lock:
                faults.going_on[address] -= 1


def _gone_wrong(request: Request, fault: Fault) -> Response:
    if fault.status == 0:
        line = request.environ.get("werkzeug.socket")
        if line is not None:
            with suppress(OSError):
                line.shutdown(socket.SHUT_RDWR)
        raise ConnectionAbortedError("cut on purpose")
    headers = {"Retry_After": fault.pause} if fault.pause else {}
    return Refused(fault.status, fault.code, "It went wrong on purpose.", **headers).answer
