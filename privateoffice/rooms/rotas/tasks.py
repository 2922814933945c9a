"""The room's jobs: the solver's runs, chasing the silent, the look-ahead of Friday."""

from privateoffice.foundations.clock import clock
from privateoffice.foundations.jobs.queue import task
from privateoffice.rooms.rotas import services
from privateoffice.rooms.rotas.models import Period, Rota, Run
from privateoffice.rooms.rotas.solver import process


@task
def chase_silent() -> int:
    """Chase whoever has not acknowledged the duties of a period that has not ended."""
    periods = Period.objects.filter(publications__gt=0, ends_on__gte=clock.today()).for_list()
    return sum(len(services.chase(period)) for period in periods)


@task
def hear_acknowledgements() -> int:
    """Read who acknowledges their duties by mail; returns how many did."""
    return len(services.hear_acknowledgements())


@task
def look_ahead() -> int:
    """Send the look-ahead of each rota to those whom it names."""
    return sum(bool(services.look_ahead(rota)) for rota in Rota.objects.exclude(told_weekly=""))


@task
def work_out(run_id: int) -> None:
    """Answer one question put to the solver."""
    run = Run.objects.select_related("period__office", "period__rota").get(pk=run_id)
    services.work_out(run)


@task
def compile_kernels() -> None:
    """Have the solver by the day ready before the first period is filled."""
    process.compile_kernels(services.kernels_folder())
