"""What the worker of the harness has to do: jobs that put down jobs, and jobs that post letters."""

from privateoffice.foundations.jobs.queue import finishing, later, task
from privateoffice.foundations.jobs.tests.examples import note
from privateoffice.spine.approvals.models import Addressee
from privateoffice.spine.approvals.services import Sender
from privateoffice.spine.deliveries import services as deliveries


@task
def spread(number: int) -> None:
    """One job becomes two, in one transaction with its own end."""
    with finishing():
        later(note, number)
        later(letter, number)


@task
def letter(number: int) -> None:
    """Post a letter, in one transaction with the end of the job that does so."""
    with finishing():
        deliveries.post(
            sender=Sender("Homicide private office", "office@homicide.example", "pa"),
            recipients=[Addressee("to", "Bram Okonjo", "bram.okonjo@prestwood.example")],
            subject=f"Letter {number}",
            text="Attached.",
        )
