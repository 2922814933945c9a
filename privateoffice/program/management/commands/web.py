"""`private-office web`: one web process, for several behind one proxy."""

from django.core.management.base import BaseCommand, CommandError

from privateoffice.program import database, web
from privateoffice.program.refusals import CannotStart


class Command(BaseCommand):
    help = "Answer requests, until SIGTERM. `run` starts one; more may run beside it, on any machine."

    def add_arguments(self, parser):
        parser.add_argument("--port", type=int, default=8000, help="where the web answers (default: 8000)")
        parser.add_argument("--host", default="127.0.0.1", help="the address to answer on (default: this machine)")

    def handle(self, *, port, host, **options):
        try:
            if database.look().is_behind:
                raise CannotStart("The database is not of this version yet: run private-office migrate first.")
            listener = web.listen(host, port)
        except CannotStart as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(f"The web answers on {host}:{listener.getsockname()[1]}.")
        self.stdout.flush()
        web.serve(listener)
