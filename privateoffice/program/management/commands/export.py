"""`private-office export mail DIR --office SLUG`: gives every original back, byte for byte."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from privateoffice.foundations.offices import scope
from privateoffice.program.exchange import mail
from privateoffice.program.exchange.offices import office_named


class Command(BaseCommand):
    help = "Export the office's mail, every original byte for byte, with a manifest."

    def add_arguments(self, parser):
        kinds = parser.add_subparsers(dest="kind", metavar="KIND", required=True)
        one = kinds.add_parser("mail", help="every original of the mail")
        one.add_argument("folder", help="the folder to write to; it may exist")
        one.add_argument("--office", required=True, metavar="SLUG", help="of which office")
        one.add_argument("--json", action="store_true", help="print the counts as one JSON object")

    def handle(self, **options):
        office = office_named(options["office"])
        try:
            with scope.acting_as_system("export", office=office):
                outcome = mail.give_back(office, Path(options["folder"]))
        except OSError as fault:
            raise CommandError(f"The folder cannot be written: {fault.strerror or fault}.") from fault
        self.stdout.write(outcome.as_json() if options["json"] else outcome.as_table())
        if outcome.needs_a_look:
            raise CommandError("Some originals could not be given back: see above.")
