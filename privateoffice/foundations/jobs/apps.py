"""The queue, and the check that every schedule of the house can be kept."""

from django.apps import AppConfig
from django.core.checks import Error, register


class JobsConfig(AppConfig):
    name = "privateoffice.foundations.jobs"

    def ready(self):
        register(schedules_can_be_kept)


def schedules_can_be_kept(app_configs, **kwargs):
    from privateoffice.foundations.jobs.api import Task
    from privateoffice.foundations.jobs.cron import is_cron
    from privateoffice.foundations.jobs.scheduler import schedules

    names = [name for name, _ in schedules()]
    for name, every in schedules():
        if not is_cron(every.cron):
            yield Error(f"{name}: “{every.cron}” is not a time that cron knows.", id="jobs.E001")
        if not isinstance(every.task, Task):
            yield Error(f"{name}: what it should do is not a task.", id="jobs.E002")
        if names.count(name) > 1:
            yield Error(f"Two schedules are called {name}.", id="jobs.E003")
