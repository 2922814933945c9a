"""Holds calls to Microsoft Graph to its contract: shapes by openapi-core, and names by the schema itself.

A plain validator accepts a misspelt name as something it does not know. So every name of a body must stand in the
schema, over its allOf chain, or begin with @ or hold @odata. (which OData adds).
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from openapi_core import OpenAPI
from openapi_core.datatypes import RequestParameters
from openapi_core.exceptions import OpenAPIError
from werkzeug.datastructures import Headers, ImmutableMultiDict

HOST = "https://graph.microsoft.com"
BASE = "/v1.0"
FILE = Path(__file__).with_name("contracts") / "graph-v1.0.yaml"


@dataclass
class Request:
    """One call, as openapi-core takes it."""

    method: str
    path: str
    body: bytes | None = None
    query: dict[str, str] = field(default_factory=dict)
    content_type: str = "application/json"
    host_url: str = HOST

    def __post_init__(self) -> None:
        self.method = self.method.lower()
        self.parameters = RequestParameters(
            query=ImmutableMultiDict(self.query),
            header=Headers({"Authorization": "Bearer x"}),
            cookie=ImmutableMultiDict(),
        )


@dataclass
class Response:
    """One answer, as openapi-core takes it."""

    status_code: int
    data: bytes | None = None
    content_type: str = "application/json"
    headers: Any = field(default_factory=Headers)


class Breach(Exception):
    """A call or an answer that the contract does not allow. Says the operation, the place and the reason."""


@cache
def _opened() -> OpenAPI:
    return OpenAPI.from_file_path(str(FILE))


@cache
def _written() -> dict[str, Any]:
    found: dict[str, Any] = yaml.load(FILE.read_text("utf-8"), Loader=yaml.CSafeLoader)
    return found


class Contract:
    """The contract, and which of its operations were called."""

    def __init__(self) -> None:
        self.called: set[str] = set()

    @property
    def coverage(self) -> str:
        return f"{len(self.called)} of {sum(1 for _ in operations())} operations"

    def check_request(self, request: Request, body: Any = None) -> None:
        """Raises Breach where the call is not in the contract, or not as it says."""
        operation = self._operation(request)
        try:
            _opened().validate_request(request)
        except OpenAPIError as fault:
            raise Breach(f"{operation['operationId']}: {_why(fault)}") from fault
        content = _resolved(operation.get("requestBody", {})).get("content", {})
        self._check_names(operation, content, body)

    def check_response(self, request: Request, response: Response, body: Any = None) -> None:
        """Raises Breach where the answer is not one that the contract has for the call."""
        operation = self._operation(request)
        try:
            _opened().validate_response(request, response)
        except OpenAPIError as fault:
            raise Breach(f"{operation['operationId']}: {_why(fault)}") from fault
        answers = operation["responses"]
        answer = answers.get(str(response.status_code)) or answers.get(f"{response.status_code // 100}XX") or {}
        self._check_names(operation, _resolved(answer).get("content", {}), body)

    def _check_names(self, operation: dict[str, Any], content: dict[str, Any], body: Any) -> None:
        schema = content.get("application/json", {}).get("schema")
        for place in unknown_names(schema, body) if schema and body is not None else ():
            raise Breach(f"{operation['operationId']}: {place}: the contract knows no such name")

    def _operation(self, request: Request) -> dict[str, Any]:
        found = operation_of(request.method, request.path.removeprefix(BASE))
        if found is None:
            raise Breach(f"{request.method.upper()} {request.path} is not in the contract")
        self.called.add(found["operationId"])
        return found


def operations() -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Each path, method and operation of the contract."""
    for path, item in _written()["paths"].items():
        for method, operation in item.items():
            if method in {"get", "post", "patch", "put", "delete"}:
                yield path, method, operation


def operation_of(method: str, path: str) -> dict[str, Any] | None:
    """The operation behind an address; of several that fit, the one with the fewest places left open."""
    asked = path.strip("/").split("/")
    fitting = []
    for template, its_method, operation in operations():
        parts = template.strip("/").split("/")
        if its_method == method and len(parts) == len(asked) and all(map(_fits, parts, asked)):
            fitting.append((sum("{" in part for part in parts), template, operation))
    return min(fitting, key=lambda one: one[:2])[2] if fitting else None


def _fits(part: str, asked: str) -> bool:
    return part.startswith("{") or part == asked


def unknown_names(schema: Any, value: Any, place: str = "$") -> Iterator[str]:
    """The places of names in a body that stand nowhere in its schema."""
    if isinstance(value, list):
        for number, one in enumerate(value):
            yield from unknown_names(_items(schema), one, f"{place}[{number}]")
    elif isinstance(value, dict):
        known = names_of(schema)
        for name, one in value.items():
            if name.startswith("@") or "@odata." in name:
                continue
            if name not in known:
                yield f"{place}.{name}"
            else:
                yield from unknown_names(known[name], one, f"{place}.{name}")


def names_of(schema: Any) -> dict[str, Any]:
    """The properties of a schema over its chain of allOf and what it may be any of."""
    schema = _resolved(schema)
    found: dict[str, Any] = dict(schema.get("properties", {}))
    for word in ("allOf", "anyOf", "oneOf"):
        for one in schema.get(word, ()):
            found |= names_of(one)
    return found


def _items(schema: Any) -> Any:
    schema = _resolved(schema)
    inner = [_items(one) for word in ("allOf", "anyOf", "oneOf") for one in schema.get(word, ())]
    return schema.get("items") or next((one for one in inner if one), {})


def parameter(one: Any) -> dict[str, Any]:
    """A parameter of an operation, wherever it is written."""
    return _resolved(one)


def _resolved(schema: Any) -> dict[str, Any]:
    while isinstance(schema, dict) and "$ref" in schema:
        target: Any = _written()
        for part in schema["$ref"].removeprefix("#/").split("/"):
            target = target[part.replace("~1", "/").replace("~0", "~")]
        schema = target
    return schema if isinstance(schema, dict) else {}


def _why(fault: Exception) -> str:
    """The deepest cause, with its JSON path where it has one."""
    cause: BaseException = fault
    while cause.__cause__ is not None:
        cause = cause.__cause__
    errors = list(getattr(cause, "schema_errors", ()))
    if errors:
        return "; ".join(f"{one.json_path}: {one.message[:200]}" for one in errors[:3])
    return str(cause)[:300]
