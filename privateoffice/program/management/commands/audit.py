"""`private-office audit verify` and `audit head`: whether anybody has touched the trail, and where it ends."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from privateoffice.foundations.audit import services as audit
from privateoffice.foundations.audit.models import Head
from privateoffice.foundations.offices.models import Office
from privateoffice.program import backups, heads


class Command(BaseCommand):
    help = "Verify the trail, or print the head of each office's chain to keep outside the database."

    def add_arguments(self, parser):
        parser.add_argument("act", choices=["verify", "head"])
        parser.add_argument(
            "--heads",
            metavar="FILE",
            type=Path,
            help="with verify: compare with heads that were printed before, or with those in a backup",
        )
        backups.add_passphrase(parser)

    def handle(self, *args, act, heads, passphrase_file, **options):
        names = {0: "the house", **{office.pk: office.name for office in Office.objects.all()}}
        if act == "head":
            self._print(names)
        else:
            self._verify(names, heads, passphrase_file)

    def _print(self, names):
        for head in Head.objects.order_by("office_id"):
            self.stdout.write(f"{names.get(head.office_id, head.office_id)}\t{head.number}\t{head.fingerprint}")

    def _verify(self, names, file, passphrase_file):
        kept = heads.kept_in(file, passphrase_file) if file else []
        faults = [f"{names.get(one.office_id)}, entry {one.number}: {one.reason}." for one in audit.verify()]
        faults += [f"{one.whose}, entry {one.number}: {fault}." for one in kept if (fault := audit.fault_of(one))]
        if faults:
            raise CommandError("\n".join(faults))
        self.stdout.write("Every chain is whole.")
        if kept:
            self.stdout.write(f"It goes on from each of {len(kept)} heads in {file}.")
