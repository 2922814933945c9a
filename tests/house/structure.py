"""What the tests of the house look at: its models, verbs, views and addresses."""

import importlib
import inspect
import pkgutil
from collections.abc import Iterator

from django.apps import apps
from django.db import models
from django.urls import URLPattern, URLResolver, get_resolver

import privateoffice
from privateoffice.foundations.offices.sight import DirectoryManager, OfficeManager
from privateoffice.foundations.records.models import Part, Record
from privateoffice.foundations.records.scoped import PartManager

FLOORS = ["foundations", "connectors", "spine", "rooms", "desk", "program"]


def house_models() -> list[type[models.Model]]:
    return [model for model in apps.get_models() if model.__module__.startswith("privateoffice.")]


def records() -> list[type[Record]]:
    return [model for model in house_models() if issubclass(model, Record)]


def parts() -> list[type[Part]]:
    return [model for model in house_models() if issubclass(model, Part)]


def scoped() -> list[type[models.Model]]:
    """Every model whose rows belong to an office: records, their parts, and what an office owns besides."""
    owned = (DirectoryManager, OfficeManager, PartManager)
    return [m for m in house_models() if issubclass(m, Record | Part) or isinstance(m._default_manager, owned)]


def floor(model: type[models.Model]) -> int:
    return FLOORS.index(model.__module__.split(".")[1])


def owners(part: type[Part]) -> set[str]:
    """The names of the keys by which a part is scoped."""
    return set(part._default_manager.owners)


def patterns(resolver: URLResolver | None = None, before: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Every address of the program with its pattern."""
    for entry in (resolver or get_resolver()).url_patterns:
        address = f"{before}{entry.pattern}"
        if isinstance(entry, URLResolver):
            yield from patterns(entry, address)
        else:
            yield address, entry


def modules() -> Iterator[str]:
    """Every module of the product, without its tests and migrations."""
    for found in pkgutil.walk_packages(privateoffice.__path__, "privateoffice."):
        if ".tests" not in found.name and ".migrations" not in found.name:
            yield found.name


def verbs() -> dict[str, str]:
    """Every verb that a service function performs, and where it is."""
    found = {}
    for name in modules():
        if ".services" in name:
            for _, function in inspect.getmembers(importlib.import_module(name), inspect.isfunction):
                if hasattr(function, "verb"):
                    found[function.verb] = f"{function.__module__}.{function.__name__}"
    return found
