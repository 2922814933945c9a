"""`private-office worker`: does jobs until it is told to stop."""

from django.core.management.base import BaseCommand

from privateoffice.foundations.jobs.worker import Worker


class Command(BaseCommand):
    help = "Do jobs as they come, until SIGTERM. `run` starts one; more may run beside it, on any machine."

    def handle(self, **options):
        Worker().run()
