"""`private-office jobs`: how many jobs wait, and which were set aside and why."""

from django.core.management.base import BaseCommand, CommandError

from privateoffice.foundations.jobs.api import DBTaskResult, TaskResultStatus
from privateoffice.foundations.jobs.queue import set_aside, take_up_again


class Command(BaseCommand):
    help = "Count the jobs that wait and run, list those set aside, and take one up again."

    def add_arguments(self, parser):
        parser.add_argument("--again", metavar="ID", help="take up a job that was set aside, or `all` of them")

    def handle(self, *, again, **options):
        if again:
            self._take_up(again)
        for status in (TaskResultStatus.READY, TaskResultStatus.RUNNING, TaskResultStatus.FAILED):
            self.stdout.write(f"{status.label}: {DBTaskResult.objects.filter(status=status).count()}")
        for job in set_aside():
            self.stdout.write(f"{job.pk}  {job.task_path}  {job.exception_class_path}")

    def _take_up(self, wanted):
        jobs = [job for job in set_aside() if wanted in {"all", str(job.pk)}]
        if not jobs and wanted != "all":
            raise CommandError(f"No job {wanted} was set aside.")
        for job in jobs:
            take_up_again(job)
