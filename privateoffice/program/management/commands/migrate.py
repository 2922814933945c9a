"""`private-office migrate`: Django's own, which refuses a newer database and lays out an empty one at once."""

from django.core.management.base import CommandError
from django.core.management.commands import migrate
from django.db import connections
from django.db.migrations.loader import MigrationLoader

from privateoffice.program import laying
from privateoffice.program.database import refuse_newer
from privateoffice.program.refusals import CannotStart

PARTIAL = ("app_label", "plan", "check_unapplied", "fake", "fake_initial", "prune")


class Command(migrate.Command):
    help = "Bring the database up to this version."

    def handle(self, *args, **options):
        alias = options["database"]
        try:
            refuse_newer(MigrationLoader(connections[alias]))
        except CannotStart as refusal:
            raise CommandError(str(refusal)) from refusal
        if laying.is_empty(alias) and not any(options.get(name) for name in PARTIAL):
            laying.lay(alias)
        super().handle(*args, **options)
