"""`private-office verify FILE`: whether a backup is whole, and with `--restore` whether it comes back equal."""

from pathlib import Path

from django.core.management.base import BaseCommand

from privateoffice.foundations.keeping import restoring, services
from privateoffice.foundations.keeping.making import said_of
from privateoffice.foundations.offices import scope
from privateoffice.program import backups


class Command(BaseCommand):
    help = "Prove a backup without touching anything; with --restore, restore it in an empty place and compare."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, help="the backup")
        parser.add_argument(
            "--restore", action="store_true", help="restore it elsewhere, and write down that it came back"
        )
        backups.add_passphrase(parser)

    def handle(self, *, file, restore, passphrase_file, **options):
        lock = backups.lock_of(passphrase_file, with_key=True)
        with backups.said_plainly(file), file.open("rb") as opened:
            read = restoring.prove(opened, lock)
        rows = sum(count for count, _ in read.whole["tables"].values())
        self.stdout.write(said_of(read.header))
        self.stdout.write(f"Whole: {rows:,} rows, {read.whole['files']:,} files. Seal {read.whole['parts'][:16]}.")
        for office, (number, fingerprint) in sorted(read.whole["heads"].items()):
            self.stdout.write(f"Head of the trail of office {office}: {number} {fingerprint}")
        if restore:
            backups.restore_apart(file, passphrase_file)
            with scope.acting_as_system("backup"):
                services.try_backup(read)
            self.stdout.write("Restored in an empty place, compared, and equal.")
