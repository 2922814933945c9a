"""`private-office restore FILE`: puts a backup back into an empty home, SQLite or PostgreSQL."""

from contextlib import suppress
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from privateoffice.foundations.keeping import restoring, services
from privateoffice.foundations.keeping.making import said_of
from privateoffice.foundations.offices import scope
from privateoffice.program import backups


class Command(BaseCommand):
    help = "Restore a backup into an empty home, or only the files that are missing or altered here."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, help="the backup")
        parser.add_argument(
            "--only-files", action="store_true", help="put back files of this office that are missing or altered"
        )
        backups.add_passphrase(parser)

    def handle(self, *, file, only_files, passphrase_file, **options):
        lock = backups.lock_of(passphrase_file, with_key=True)
        if only_files:
            self._mend(file, lock)
        else:
            self._restore(file, lock)

    def _restore(self, file, lock):
        held = {}
        try:
            with backups.said_plainly(file):
                restored = restoring.restore(
                    file, lock=lock, settle=lambda restored: held.update(backups.settle(restored.made_at))
                )
        except CommandError:
            with suppress(OSError):
                Path(settings.HOME).rmdir()  # made for this restore, and still empty
            raise
        self._say(restored, **held)

    def _say(self, restored, *, deliveries, jobs):
        self.stdout.write(said_of(restored.header))
        self.stdout.write(f"Restored and compared: {restored.rows:,} rows, {restored.whole['files']:,} files.")
        if deliveries:
            self.stdout.write(
                f"{deliveries} deliveries are held, because they may have left since. Today asks about each."
            )
        if jobs:
            self.stdout.write(
                f"{jobs} jobs are held, because they may have been done since. Administration, Jobs, or "
                "`private-office jobs --let-go` lets them go."
            )
        if restored.whole["missing"]:
            self.stdout.write(f"{len(restored.whole['missing'])} files were missing when the backup was made.")
        for misfit in restored.misfits:
            self.stderr.write(
                f"The trail was not whole: office {misfit.office_id}, entry {misfit.number}: {misfit.reason}."
            )

    def _mend(self, file, lock):
        with backups.said_plainly(file), scope.acting_as_system("restore"):
            put = services.mend(file, lock=lock)
            left = services.look_through()
        self.stdout.write(f"{len(put)} files were put back.")
        if left:
            raise CommandError("\n".join(["Still damaged:", *(f"  {one.sentence}" for one in left)]))
