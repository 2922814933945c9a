"""Looking for viruses in what comes from outside."""

from django.apps import AppConfig


class ScanningConfig(AppConfig):
    name = "privateoffice.foundations.scanning"
