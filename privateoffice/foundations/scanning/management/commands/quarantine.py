"""`private-office quarantine`: lists the uploads in which a virus was found, gives one out, or destroys one."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from privateoffice.foundations.clock import words
from privateoffice.foundations.offices import scope
from privateoffice.foundations.records.shelf import Away
from privateoffice.foundations.scanning import services
from privateoffice.foundations.scanning.models import Quarantined, Scan
from privateoffice.foundations.seal import WrongKey


class Command(BaseCommand):
    help = "List the uploads in quarantine; give one out to be examined, or destroy it."

    def add_arguments(self, parser):
        parser.add_argument(
            "--give", nargs=2, metavar=("NUMBER", "FILE"), help="write one as it came to a new file"
        )
        parser.add_argument("--destroy", type=int, metavar="NUMBER", help="destroy one")

    def handle(self, *, give, destroy, **options):
        with scope.acting_as_system("quarantine"):
            if give:
                self._give(self._found(give[0]), Path(give[1]))
            elif destroy is not None:
                services.let_go(self._found(destroy))
                self.stdout.write("It is destroyed.")
            else:
                self._list()

    def _list(self):
        for held in Quarantined.objects.order_by("pk").select_related("office", "sender"):
            where = held.office.short_name if held.office else "The house"
            self.stdout.write(
                f"{held.pk}  {words.moment(held.held_at)}  {where}  {held.name}  {held.size:,} bytes  "
                f"{held.finding}  from {held.sender or 'somebody who is gone'}"
            )
        self.stdout.write(f"Kept originals in which a virus was found: {Scan.objects.harmful().count()}.")

    def _found(self, number):
        try:
            return Quarantined.objects.get(pk=number)
        except (Quarantined.DoesNotExist, ValueError):
            raise CommandError(f"There is no number {number} in quarantine.") from None

    def _give(self, held, place):
        try:
            with place.open("xb") as file:
                file.write(services.opened(held))
        except (Away, WrongKey) as fault:
            place.unlink(missing_ok=True)
            raise CommandError(str(fault)) from fault
        except OSError as fault:
            raise CommandError(f"{place} cannot be written: {fault.strerror}.") from fault
        self.stdout.write(f"{place} holds it as it came. It is harmful.")
