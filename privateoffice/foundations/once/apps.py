"""Forms that were sent, and what came of them."""

from django.apps import AppConfig


class OnceConfig(AppConfig):
    name = "privateoffice.foundations.once"
