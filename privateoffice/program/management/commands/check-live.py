"""`private-office check-live`: tries what we take Microsoft 365 to do, read-only, on the mailboxes set up here."""

from collections.abc import Iterator

from django.core.management.base import BaseCommand, CommandError

from privateoffice.foundations.offices import scope
from privateoffice.foundations.offices.models import Office
from privateoffice.spine.mailboxes import services
from privateoffice.spine.mailboxes.models import Mailbox


class Command(BaseCommand):
    help = "Try Microsoft 365 as it is set up here, reading only."

    def add_arguments(self, parser):
        parser.add_argument("office", nargs="?", help="the office's name in its address; without it, every office")
        parser.add_argument("--outside", default="", help="a mailbox that the application must not reach")

    def handle(self, *args, office, outside, **options):
        mailboxes = list(_mailboxes(office))
        if not mailboxes:
            raise CommandError("No mailbox of Microsoft 365 is set up here.")
        faults = sum(self._try(each, outside) for each in mailboxes)
        if faults:
            raise CommandError(f"{faults} did not come out as they should.")

    def _try(self, mailbox: Mailbox, outside: str) -> int:
        self.stdout.write(f"{mailbox.address} ({mailbox.office.short_name})")
        faults = 0
        with scope.acting_as_system("command line", office=mailbox.office):
            for one in services.try_live(mailbox, outside=outside):
                faults += one.outcome == "!!"
                self.stdout.write(f"{one.outcome}  {one.scenario}{': ' + one.words if one.words else ''}")
        return faults


def _mailboxes(slug: str | None) -> Iterator[Mailbox]:
    for office in Office.objects.filter(**({"slug": slug} if slug else {})):
        with scope.acting_as_system("command line", office=office):
            yield from Mailbox.objects.filter(office=office, kind=Mailbox.Kind.GRAPH).select_related("office")
