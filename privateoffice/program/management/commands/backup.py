"""`private-office backup FILE`: the whole office as one file, while everybody goes on working."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from privateoffice.foundations.clock import clock
from privateoffice.foundations.keeping import services
from privateoffice.foundations.offices import scope
from privateoffice.program import backups, database


class Command(BaseCommand):
    help = "Write a backup of everything: rows, files, outbox, and the heads of the trail."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, help="the file to write, or a folder, which gives it a name")
        parser.add_argument("--seal", action="store_true", help="encrypt it with the office's key file")
        parser.add_argument("--replace", action="store_true", help="write over a file that is there")
        backups.add_passphrase(parser)

    def handle(self, *, file, seal, replace, passphrase_file, **options):
        lock = backups.lock_of(passphrase_file, with_key=seal)
        place = (
            file / f"private-office-{clock.london(clock.now()):%Y-%m-%d-%H%M%S}.backup" if file.is_dir() else file
        )
        if place.exists() and not replace:
            raise CommandError(f"{place} is there already; --replace writes over it. Nothing was changed.")
        if database.look().is_behind:
            raise CommandError("The database is behind this version: run `private-office migrate` first.")
        with backups.said_plainly(place), scope.acting_as_system("backup"):
            made, backup = services.back_up(place, lock=lock)
        self.stdout.write(
            f"{place}: {made.rows:,} rows, {made.files:,} files, {backup.size:,} bytes, read again and whole."
        )
        if made.missing:
            raise CommandError(
                f"{len(made.missing)} files that the office should have are not there, so the backup lacks them. "
                "`private-office files` names what they belong to."
            )
