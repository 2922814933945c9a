"""`private-office jobs`: how many jobs wait, which gave up and why, and which are held."""

from django.core.management.base import BaseCommand, CommandError

from privateoffice.foundations.jobs import saying, services
from privateoffice.foundations.jobs.queue import held, set_aside
from privateoffice.foundations.offices import scope

ALL = "all"


class Command(BaseCommand):
    help = "Count the jobs that wait and run, list those that gave up or are held, try one again, let one go."

    def add_arguments(self, parser):
        parser.add_argument("--again", metavar="ID", help="try a job that gave up again, or `all` of them")
        parser.add_argument(
            "--let-go",
            metavar="ID",
            nargs="?",
            const=ALL,
            help="let a job go that is held since a restore, or all",
        )

    def handle(self, *, again, let_go, **options):
        with scope.acting_as_system("command line"):
            if again:
                self._each(again, set_aside(), services.take_up_again, "gave up")
            if let_go == ALL:
                self.stdout.write(f"Let go: {services.let_all_go()}")
            elif let_go:
                self._each(let_go, held(), services.let_go, "is held")
        self._say()

    def _each(self, wanted, jobs, do, what):
        found = [job.pk for job in jobs if wanted in {ALL, str(job.pk)}]
        if not found and wanted != ALL:
            raise CommandError(f"No job {wanted} {what}.")
        for job_id in found:
            do(job_id)

    def _say(self):
        now = services.counted()
        self.stdout.write(f"Waiting: {now['waiting']}")
        self.stdout.write(f"Running: {now['running']}")
        for word, jobs in (("Gave up", set_aside()), ("Held", held())):
            self.stdout.write(f"{word}: {len(jobs)}")
            for job in jobs:
                self.stdout.write(f"  {job.pk}  {saying.name_of(job)}. {saying.why_it_gave_up(job)}".rstrip())
