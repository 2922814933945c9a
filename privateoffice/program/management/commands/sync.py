"""`private-office sync [OFFICE]`: read the mailboxes in now, and put what came into conversations."""

from django.core.management.base import BaseCommand, CommandError

from privateoffice.connectors.ports.mailbox import Trouble
from privateoffice.foundations.offices import scope
from privateoffice.foundations.offices.models import Office
from privateoffice.spine.mailboxes import services
from privateoffice.spine.mailboxes.models import Mailbox
from privateoffice.spine.mailboxes.models.secrets import Locked
from privateoffice.spine.mailboxes.services.pulling import Busy


class Command(BaseCommand):
    help = "Read the mailboxes in now."

    def add_arguments(self, parser):
        parser.add_argument("office", nargs="?", help="the office's name in its address; without it, every office")

    def handle(self, *args, office, **options):
        offices = Office.objects.filter(slug=office) if office else Office.objects.all()
        if office and not offices.exists():
            raise CommandError(f"There is no office called {office}.")
        faults = sum(self._read(each) for each in offices)
        if faults:
            raise CommandError(f"{faults} could not be read.")

    def _read(self, office: Office) -> int:
        """Read an office's mailboxes; returns how many could not be."""
        faults = 0
        with scope.acting_as_system("command line", office=office):
            for mailbox in Mailbox.objects.at_work().filter(office=office).select_related("office"):
                try:
                    counts = services.pull(mailbox)
                    self.stdout.write(f"{mailbox.address}: {counts.new} new, {counts.gone} gone")
                except (Trouble, Locked, Busy) as fault:
                    faults += 1
                    self.stdout.write(f"{mailbox.address}: {fault}")
            services.file_news()
            services.keep_copies()
        return faults
