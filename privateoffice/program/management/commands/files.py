"""`private-office files`: reads every kept file again, names what the damaged ones belong to, and moves them."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from privateoffice.foundations.keeping import services
from privateoffice.foundations.offices import scope
from privateoffice.foundations.offices.models import Office
from privateoffice.foundations.records import shelf

SAID = 20
"""How many files that are not good are named one by one."""


class Command(BaseCommand):
    help = "Read every kept file again, and name what a damaged one belongs to; or move them to another store."

    def add_arguments(self, parser):
        parser.add_argument(
            "--move-from",
            metavar="PLACE",
            help="copy every file from a folder or an s3:// address to where the settings keep them, and prove it",
        )
        parser.add_argument("--office", metavar="SLUG", help="with --move-from: this office alone")

    def handle(self, *, move_from, office, **options):
        try:
            self._move(move_from, office) if move_from else self._look()
        except shelf.Away as fault:
            raise CommandError(str(fault)) from fault

    def _look(self):
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

    def _move(self, place, slug):
        goal = settings.STORAGE_URL or str(settings.FILES_DIR)
        if place.rstrip("/") == goal.rstrip("/"):
            raise CommandError(f"{place} is where the files are kept now. Nothing was changed.")
        with scope.acting_as_system("kept files"):
            moved = services.move_files(shelf.shelf_at(place), office=self._office(slug))
        self.stdout.write(f"{moved.copied:,} files were copied and proved; {moved.there:,} were there already.")
        if moved.bad:
            self.stderr.write("\n".join(moved.bad[:SAID]))
            raise CommandError(
                f"{len(moved.bad):,} files could not be moved. The place they come from is unchanged."
            )
        self.stdout.write("Every file is where it belongs. The place they came from is unchanged.")

    def _office(self, slug):
        if not slug:
            return None
        try:
            return Office.objects.get(slug=slug)
        except Office.DoesNotExist:
            raise CommandError(f"There is no office {slug}. Nothing was changed.") from None
