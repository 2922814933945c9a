"""`private-office sample`: loads the sample office into an empty house."""

import time

from django.core.management.base import BaseCommand, CommandError

from privateoffice.foundations.offices.services import sample_log_ins
from privateoffice.program.sample import AlreadyAnOffice, load
from privateoffice.program.sample.loading import SEED


class Command(BaseCommand):
    help = "Load the sample office: four invented offices with three months behind them."

    def add_arguments(self, parser):
        parser.add_argument("--seed", type=int, default=SEED, help="another number gives another sample")
        parser.add_argument("--scale", type=float, default=1.0, help="a part of the sample, such as 0.05")
        parser.add_argument("--timings", action="store_true", help="say how long each part took")

    def handle(self, *, seed, scale, timings, verbosity, **options):
        begun = time.process_time()
        try:
            seconds = load(seed, scale)
        except AlreadyAnOffice as refusal:
            raise CommandError(str(refusal)) from refusal
        if timings:
            for part, took in seconds.items():
                self.stdout.write(f"{took:6.1f} s  {part}")
            busy = time.process_time() - begun
            self.stdout.write(f"{seconds.total():6.1f} s  in all, {busy:.1f} s of them at work here")
        if verbosity:
            self.stdout.write("The sample office is loaded. These can sign in:")
            for address, password, post in sample_log_ins():
                self.stdout.write(f"  {address:<50} {password:<24} {post}")
