"""Opens the house: reads every `room.py`, then closes the register."""

from importlib import import_module
from importlib.util import find_spec

from django.apps import AppConfig, apps

from privateoffice.foundations.registry import house


class RegistryConfig(AppConfig):
    name = "privateoffice.foundations.registry"

    def ready(self):
        for config in apps.get_app_configs():
            if config.name.startswith("privateoffice.") and find_spec(f"{config.name}.room"):
                house.open_room(import_module(f"{config.name}.room").room)
        house.close()
