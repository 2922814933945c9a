"""A problem and a solution as JSON and back, and the hash by which a rota names the problem it answers."""

import hashlib
import json
import types
import typing
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any, TypeVar

from .answers import Solution
from .model import LONDON, Problem

Answer = TypeVar("Answer")


def problem_to_json(problem: Problem) -> str:
    return _dumped(problem)


def problem_from_json(text: str) -> Problem:
    return _read(Problem, json.loads(text))


def solution_to_json(solution: Solution) -> str:
    return _dumped(solution)


def solution_from_json(text: str) -> Solution:
    return _read(Solution, json.loads(text))


def to_json(value: Any) -> str:
    """Any answer of this package."""
    return _dumped(value)


def from_json(kind: type[Answer], text: str) -> Answer:
    return as_kind(kind, json.loads(text))


def as_kind(kind: type[Answer], data: Mapping[str, Any]) -> Answer:
    """The dataclass that `plain` turned into dicts and lists."""
    return _read(kind, data)


def model_hash(problem: Problem) -> str:
    """SHA-256 of the problem as written: the same people, rules and wishes give the same hash anywhere."""
    return hashlib.sha256(problem_to_json(problem).encode()).hexdigest()


def _dumped(value: Any) -> str:
    return json.dumps(plain(value), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def plain(value: Any) -> Any:
    """A dataclass as dicts and lists; what stands at its default is left out."""
    if is_dataclass(value) and not isinstance(value, type):
        kept = ((each, getattr(value, each.name)) for each in fields(value))
        return {each.name: plain(held) for each, held in kept if held != each.default}
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(key): plain(held) for key, held in value.items()}
    return [plain(each) for each in value] if isinstance(value, tuple | list) else value


def _read(kind: Any, data: Mapping[str, Any]) -> Any:
    hints = _hints(kind)
    return kind(**{name: _as(hints[name], held) for name, held in data.items()})


@lru_cache(maxsize=64)
def _hints(kind: Any) -> Mapping[str, Any]:
    return typing.get_type_hints(kind)


def _as(hint: Any, held: Any) -> Any:
    if held is None:
        return None
    origin, inner = typing.get_origin(hint), typing.get_args(hint)
    if origin in (types.UnionType, typing.Union):
        return _as(next(each for each in inner if each is not type(None)), held)
    if origin is tuple:
        return tuple(_as(inner[0], each) for each in held)
    return _one(hint, held)


def _one(hint: Any, held: Any) -> Any:
    if hint is datetime:
        return datetime.fromisoformat(held).astimezone(LONDON)
    if hint is date:
        return date.fromisoformat(held)
    return _read(hint, held) if is_dataclass(hint) else held
