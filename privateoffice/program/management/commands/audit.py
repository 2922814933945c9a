"""`private-office audit verify` and `audit head`: whether anybody has touched the trail, and where it ends."""

from django.core.management.base import BaseCommand, CommandError

from privateoffice.foundations.audit import services as audit
from privateoffice.foundations.audit.models import Head
from privateoffice.foundations.offices.models import Office


class Command(BaseCommand):
    help = "Verify the trail, or print the head of each office's chain to keep outside the database."

    def add_arguments(self, parser):
        parser.add_argument("act", choices=["verify", "head"])

    def handle(self, *args, act, **options):
        names = {0: "the house", **{office.pk: office.name for office in Office.objects.all()}}
        if act == "head":
            for head in Head.objects.order_by("office_id"):
                self.stdout.write(
                    f"{names.get(head.office_id, head.office_id)}\t{head.number}\t{head.fingerprint}"
                )
            return
        misfits = list(audit.verify())
        if misfits:
            raise CommandError(
                "\n".join(f"{names.get(one.office_id)}, entry {one.number}: {one.reason}." for one in misfits)
            )
        self.stdout.write("Every chain is whole.")
