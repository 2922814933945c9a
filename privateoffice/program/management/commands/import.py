"""`private-office import KIND PATH --office SLUG`: brings real mail, calendars and staff lists in."""

from importlib import import_module

from django.core.management.base import BaseCommand, CommandError

from privateoffice.foundations.offices import scope
from privateoffice.program.exchange.offices import office_named
from privateoffice.program.exchange.outcome import NothingRead

KINDS = ("mail", "staff", "calendar")
"""What can be imported: each a module of `program/exchange` with HELP, add_arguments and bring_in."""


def module_of(kind: str):
    return import_module(f"privateoffice.program.exchange.{kind}")


class Command(BaseCommand):
    help = "Import mail, a calendar or a staff list into an office."

    def add_arguments(self, parser):
        kinds = parser.add_subparsers(dest="kind", metavar="KIND", required=True)
        for kind in KINDS:
            module = module_of(kind)
            one = kinds.add_parser(kind, help=module.HELP, description=module.HELP)
            module.add_arguments(one)
            one.add_argument("--office", required=True, metavar="SLUG", help="into which office")
            one.add_argument("--into-sample", action="store_true", help="also where it is a sample office")
            one.add_argument("--json", action="store_true", help="print the counts as one JSON object")

    def handle(self, **options):
        office = office_named(options["office"], into_sample=options["into_sample"])
        try:
            with scope.acting_as_system("import", office=office):
                outcome = module_of(options["kind"]).bring_in(office, options)
        except (NothingRead, OSError) as fault:
            raise CommandError(str(fault)) from fault
        if options["json"]:
            self.stdout.write(outcome.as_json())
        elif not outcome.refusal:
            self.stdout.write(outcome.as_table())
        if outcome.refusal:
            raise CommandError(
                "\n".join([outcome.refusal, *(f"  {place}: {why}" for place, why in outcome.listed)])
            )
