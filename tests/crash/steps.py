"""The steps at which the harness kills, and how a process of the office is made to die at one of them.

An order is a file that names a step. Whichever process reaches that step first takes the file away and dies, so
that one order kills one process.
"""

import os
import signal
from dataclasses import dataclass
from pathlib import Path

from privateoffice.foundations import steps

OF_A_FORM = ("form: its effect is being written", "delivery: it is being posted")
OF_A_JOB = (
    "job: it is being put down",
    "job: it is being taken",
    "job: it is taken",
    "job: it is carried out and not yet said to be",
    "job: its end is being written",
    "job: its effect and its end are written",
)
OF_A_DELIVERY = (
    "delivery: a turn is being taken",
    "delivery: a turn is taken",
    "delivery: the hand-over is being marked",
    "delivery: the hand-over is marked",
    "delivery: the far side has answered",
    "delivery: the answer is being written",
    "delivery: the answer is written",
)
OF_A_CARRIER = {
    "maildir": ("maildir: the message lies in tmp", "maildir: the message lies in new"),
    "graph": ("graph: the draft is made", "graph: it says that it took it"),
    "smtp": ("smtp: the far side knows the recipients", "smtp: the final dot is sent"),
}


OF_AN_ANNOUNCEMENT = (
    "announcement: the row is committed and not yet announced",
    "announcement: it is heard and the row not yet taken",
)


def all_steps(carrier: str, *, with_announcements: bool = False) -> tuple[str, ...]:
    announced = OF_AN_ANNOUNCEMENT if with_announcements else ()
    return (*announced, *OF_A_FORM, *OF_A_JOB, *OF_A_DELIVERY, *OF_A_CARRIER[carrier])


@dataclass(frozen=True)
class Orders:
    """The folder through which the harness and the processes of the office speak."""

    folder: Path

    @property
    def _file(self) -> Path:
        return self.folder / "order"

    def give(self, step: str) -> None:
        draft = self.folder / "draft"
        draft.write_text(step)
        draft.rename(self._file)

    def take_back(self) -> bool:
        """Take back an order that nobody carried out; false where somebody died of it."""
        try:
            self._file.rename(self.folder / "taken back")
        except FileNotFoundError:
            return False
        return True

    def is_carried_out(self) -> bool:
        return not self._file.exists()

    def obey(self) -> None:
        """Have this process die at the step that is ordered."""
        steps.listen(self._die_if_ordered)

    def _die_if_ordered(self, step: str) -> None:
        try:
            if self._file.read_text() != step:
                return
            self._file.rename(self.folder / f"dead {os.getpid()}")
        except FileNotFoundError:
            return
        os.kill(os.getpid(), signal.SIGKILL)
