"""`private-office story REFERENCE FILE`: one record's whole story as PDF, for whoever inspects."""

from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from privateoffice.desk.timeline import services
from privateoffice.foundations.offices import scope
from privateoffice.foundations.offices.models import Office, Person
from privateoffice.foundations.offices.policy import Refused
from privateoffice.foundations.printing import NotPrinted
from privateoffice.foundations.records import services as records
from privateoffice.foundations.records.models import Record


class Command(BaseCommand):
    help = "Print one record's whole story as PDF: its versions, links, closings, and every act with its entry."

    def add_arguments(self, parser):
        parser.add_argument("reference", help="such as HOM/ENQ/2026/0142")
        parser.add_argument("file", type=Path, help="the PDF to write; it must not be there yet")
        parser.add_argument(
            "--as",
            dest="reader",
            metavar="ADDRESS",
            help="see it as somebody of the office does; without, nothing that is kept for named readers",
        )

    def handle(self, *, reference, file, reader, **options):
        if file.exists():
            raise CommandError(f"{file} is there already. Nothing was changed.")
        office = Office.objects.filter(code=reference.partition("/")[0].upper()).first()
        with _reading(office, reader):
            record = Record.objects.filter(reference=reference.upper(), office=office).first() if office else None
            if record is None:
                raise CommandError(f"There is no record {reference} that this reader may see.")
            try:
                file.write_bytes(services.print_story(records.read(record), inspecting=True))
            except NotPrinted as fault:
                raise CommandError(fault.sentence) from fault
            except Refused as fault:
                raise CommandError(f"{reader} may not print stories.") from fault
            except OSError as fault:
                raise CommandError(f"{file} cannot be written: {fault.strerror or fault}.") from fault
        self.stdout.write(f"{file}: the story of {record.reference}.")


@contextmanager
def _reading(office, reader):
    """The sight of one of the office, or of an inspection that sees nothing that is kept for named readers."""
    if reader is None:
        with scope.acting_as_system("inspection", office=office) as whole:
            narrow = replace(whole, sees_all_audiences=False, roles=frozenset({"inspection"}))
        with scope.opened(narrow):
            yield
        return
    person = Person.everyone.filter(email__iexact=reader, user__is_active=True).first()
    if person is None:
        raise CommandError(f"Nobody signs in as {reader}.")
    with scope.acting(person, office=office):
        yield
