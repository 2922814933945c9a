"""`private-office scheduler`: puts down the jobs whose time has come."""

from django.core.management.base import BaseCommand

from privateoffice.foundations.jobs.scheduler import Scheduler


class Command(BaseCommand):
    help = "Ask for what the schedule says, until SIGTERM. `run` starts one; several do each thing once."

    def handle(self, **options):
        Scheduler().run()
