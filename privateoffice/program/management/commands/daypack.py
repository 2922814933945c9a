"""`private-office daypack OFFICE DATE -o FILE.pdf`: make the Commander's day pack and write it to a file."""

from datetime import date, timedelta
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from privateoffice.desk.daypack import services
from privateoffice.foundations.clock import clock
from privateoffice.foundations.offices import scope
from privateoffice.foundations.offices.models import Office


class Command(BaseCommand):
    help = "Make the Commander's day pack as one PDF."

    def add_arguments(self, parser):
        parser.add_argument("office", help="the office's name in its address, such as homicide")
        parser.add_argument("date", help="2026-11-24, today or tomorrow")
        parser.add_argument("-o", "--output", required=True, type=Path, help="the PDF to write")

    def handle(self, *args, office, date, output, **options):
        found = Office.objects.filter(slug=office).first()
        if found is None:
            raise CommandError(f"There is no office called {office}.")
        day = _day(date)
        with scope.acting_as_system("command line", office=found):
            try:
                pack = services.make(found, day=day)
            except services.NobodyToRead as refusal:
                raise CommandError(str(refusal.__doc__)) from None
            try:
                output.write_bytes(pack.paper.read())
            except OSError as fault:
                raise CommandError(f"{output} could not be written: {fault.strerror}.") from None
        self.stdout.write(f"{pack.reference}: {output}")


def _day(said: str) -> date:
    named = {"today": clock.today(), "tomorrow": clock.today() + timedelta(days=1)}
    try:
        return named.get(said) or date.fromisoformat(said)
    except ValueError:
        raise CommandError(f"{said} is no day. Write it as 2026-11-24, or say today or tomorrow.") from None
