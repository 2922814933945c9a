"""One process in the life of an outbox, for tests that kill it: open an office, send, or count what became of it.

    python -m privateoffice.spine.deliveries.tests.life open 12
    python -m privateoffice.spine.deliveries.tests.life send after:hand_over 3
    python -m privateoffice.spine.deliveries.tests.life count

`send` takes a moment (before or after) and a step of sending, and kills itself there at the given call.
"""

import json
import os
import signal
import sys
from datetime import timedelta
from pathlib import Path

import django

STEPS = ("take_turn", "mark_hand_over", "hand_over", "carry", "answered")
FAR_SIDE = "PRIVATE_OFFICE_TEST_FAR_SIDE"
"""A folder: where it is set, a far side that cannot be asked takes the place of the Maildir."""


def open_office(count: int) -> None:
    from django.conf import settings
    from django.core.management import call_command

    from privateoffice.foundations.clock import clock
    from privateoffice.foundations.offices import scope
    from privateoffice.foundations.offices.tests.cast import make_cast
    from privateoffice.spine.approvals.models import Addressee
    from privateoffice.spine.approvals.services import Sender
    from privateoffice.spine.deliveries import services

    settings.HOME.mkdir(parents=True, exist_ok=True)
    call_command("migrate", verbosity=0)
    cast = make_cast()
    with clock.stopped_at(clock.now() - timedelta(minutes=1)), scope.acting(cast.pa, office=cast.homicide):
        for number in range(count):
            services.post(
                sender=Sender("Homicide private office", "office@homicide.example", "pa"),
                recipients=[Addressee("to", "Bram Okonjo", "bram.okonjo@prestwood.example")],
                subject=f"Letter {number}",
                text="Attached.",
            )


def send(where: str, call: int) -> None:
    from privateoffice.foundations.offices import scope
    from privateoffice.foundations.offices.models import Office
    from privateoffice.spine.deliveries import services

    _set_up_far_side()
    if where != "-":
        _die(*where.split(":"), call)
    with scope.acting_as_system("outbox", office=Office.objects.get(slug="homicide")):
        services.send_due()


def count() -> None:
    from django.conf import settings

    from privateoffice.foundations.audit import services as audit
    from privateoffice.foundations.offices import scope
    from privateoffice.spine.deliveries.models import Delivery

    with scope.acting_as_system("count"):
        states = [str(delivery.state) for delivery in Delivery.objects.with_states()]
    folder = Path(os.environ.get(FAR_SIDE) or settings.OUTBOX_DIR / "homicide" / "new")
    taken = [_subject(file) for file in folder.iterdir()] if folder.exists() else []
    print(json.dumps({"states": states, "taken": sorted(taken), "misfits": len(list(audit.verify()))}))  # noqa: T201


def _subject(file: Path) -> str:
    lines = file.read_text().splitlines()
    return next((line.removeprefix("Subject: ") for line in lines if line.startswith("Subject: ")), lines[0])


def _set_up_far_side() -> None:
    from privateoffice.spine.deliveries.services import carriers
    from privateoffice.spine.deliveries.tests.far_side import FarSide

    if folder := os.environ.get(FAR_SIDE):
        side = FarSide(Path(folder), can_be_asked=False)
        carriers.register("mail", lambda office: side)


def _die(moment: str, step: str, at_call: int) -> None:
    """Die before or after a step, at one of its calls, as by a cut of power."""
    holder = _holder(step)
    whole, calls = getattr(holder, step), []

    def step_that_dies(*args, **kwargs):
        calls.append(1)
        if moment == "before" and len(calls) == at_call:
            os.kill(os.getpid(), signal.SIGKILL)
        made = whole(*args, **kwargs)
        if moment == "after" and len(calls) == at_call:
            os.kill(os.getpid(), signal.SIGKILL)
        return made

    setattr(holder, step, step_that_dies)


def _holder(step: str):
    """The module or the carrier that a step is a part of."""
    from privateoffice.spine.deliveries.services import maildir, recording, sending
    from privateoffice.spine.deliveries.tests.far_side import FarSide

    if step == "carry":
        return FarSide if os.environ.get(FAR_SIDE) else maildir.MaildirCarrier
    return recording if step == "answered" else sending


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "privateoffice.settings")
    django.setup()
    command, *rest = sys.argv[1:]
    if command == "open":
        open_office(int(rest[0]))
    elif command == "send":
        send(rest[0], int(rest[1]))
    else:
        count()
