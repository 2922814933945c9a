"""`private-office files`: reads every kept file again and names what the damaged ones belong to."""

from django.core.management.base import BaseCommand, CommandError

from privateoffice.foundations.keeping import services
from privateoffice.foundations.offices import scope


class Command(BaseCommand):
    help = "Read every kept file again, and name what a damaged one belongs to."

    def handle(self, **options):
        with scope.acting_as_system("kept files"):
            found = services.look_through()
        for one in found:
            self.stdout.write(one.sentence)
        if found:
            raise CommandError(
                f"{len(found)} files are damaged. `private-office restore FILE --only-files` puts them back "
                "from a backup."
            )
        self.stdout.write("Every kept file is whole.")
