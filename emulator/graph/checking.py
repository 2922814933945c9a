"""Holds every call and every answer of the emulator to the contract, and lists what stands outside it by name."""

import json
import re
from typing import Any

from werkzeug import Request, Response
from werkzeug.datastructures import Headers

from emulator import contract

OUTSIDE = {
    "PUT /upload/": "upload sessions are not described in OpenAPI; docs: outlook-large-attachments",
}
"""Calls that Microsoft documents and does not describe in OpenAPI. Each is checked by hand, below."""

LINKED = {"$deltatoken", "$skiptoken"}
"""Names that stand in links which the service gives out, to be followed as they are."""

_RANGE = re.compile(r"bytes (\d+)-(\d+)/(\d+)")


class Checker:
    """The contract in use. What breached it is kept, so that a test fails whatever the client made of it."""

    def __init__(self) -> None:
        self.contract = contract.Contract()
        self.breaches: list[str] = []

    def check(self, request: Request, answer: Response | None) -> str:
        """Check a call before its answer is known, or the answer to it; returns what breaches the contract."""
        try:
            if any(f"{request.method} {request.path}".startswith(each) for each in OUTSIDE):
                _check_upload(request)
            elif answer is None:
                self._check_call(request)
            else:
                self._check_answer(request, answer)
        except contract.Breach as breach:
            self.breaches.append(str(breach))
            return str(breach)
        return ""

    def _check_call(self, request: Request) -> None:
        asked = _asked(request)
        self.contract.check_request(asked, _body_of(request.get_data(), request.mimetype))
        operation = contract.operation_of(request.method.lower(), request.path.removeprefix(contract.BASE)) or {}
        known = {contract.parameter(each)["name"] for each in operation.get("parameters", ())}
        for name in set(asked.query) - known - LINKED:
            raise contract.Breach(f"{operation['operationId']}: ?{name}: the contract knows no such question")

    def _check_answer(self, request: Request, answer: Response) -> None:
        raw = answer.get_data()
        told = contract.Response(answer.status_code, raw, answer.content_type or "", Headers(answer.headers))
        self.contract.check_response(_asked(request), told, _body_of(raw, answer.mimetype or ""))


def _asked(request: Request) -> contract.Request:
    body = request.get_data()
    kind = request.content_type or "application/json"
    return contract.Request(request.method, request.path, body or None, request.args.to_dict(), kind)


def _body_of(raw: bytes, kind: str) -> Any:
    return json.loads(raw) if raw and kind == "application/json" else None


def _check_upload(request: Request) -> None:
    found = _RANGE.fullmatch(request.headers.get("Content-Range", ""))
    if not found or int(found[2]) - int(found[1]) + 1 != len(request.get_data()):
        raise contract.Breach("upload: the Content-Range does not say what is sent")
    if "Authorization" in request.headers:
        raise contract.Breach("upload: the address is the proof, and no token goes with it")
