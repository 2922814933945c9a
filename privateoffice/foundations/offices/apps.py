"""Starts what must listen before the first request: that somebody has just shown who they are."""

from importlib import import_module

from django.apps import AppConfig


class OfficesConfig(AppConfig):
    name = "privateoffice.foundations.offices"

    def ready(self) -> None:
        import_module("privateoffice.foundations.offices.confirming")
