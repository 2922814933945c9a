"""`private-office migrate`: Django's own, which here refuses a database from a newer version."""

from django.core.management.base import CommandError
from django.core.management.commands import migrate
from django.db import connections
from django.db.migrations.loader import MigrationLoader

from privateoffice.program.database import refuse_newer
from privateoffice.program.refusals import CannotStart


class Command(migrate.Command):
    help = "Bring the database up to this version."

    def handle(self, *args, **options):
        try:
            refuse_newer(MigrationLoader(connections[options["database"]]))
        except CannotStart as refusal:
            raise CommandError(str(refusal)) from refusal
        super().handle(*args, **options)
