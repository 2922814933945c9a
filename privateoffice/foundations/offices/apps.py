"""Starts what must listen before the first request: to signing in, and to somebody having shown who they are."""

from importlib import import_module

from django.apps import AppConfig

LISTENERS = ("confirming", "lasting", "signing_in")


class OfficesConfig(AppConfig):
    name = "privateoffice.foundations.offices"

    def ready(self) -> None:
        for name in LISTENERS:
            import_module(f"privateoffice.foundations.offices.{name}")
