"""A far side for tests: keeps what it took in a folder, and answers as it is told."""

import os
from pathlib import Path

from privateoffice.spine.deliveries.services.carriers import Answer, TryLater, Uncertain


class FarSide:
    """A far side that takes what it is given. `answers` are said in order, then everything is accepted."""

    def __init__(self, folder: Path, *, can_be_asked: bool = True, answers: list | None = None):
        self.folder, self.can_be_asked, self.answers = folder, can_be_asked, list(answers or [])

    def carry(self, letter):
        answer = self.answers.pop(0) if self.answers else {}
        if isinstance(answer, TryLater):
            raise answer
        self._take(letter)
        if isinstance(answer, Exception):
            raise answer
        return {place: answer.get(place, Answer("accepted")) for place in letter.pending}

    def has_taken(self, letter):
        return any(self.folder.glob(f"{letter.key}*"))

    def taken(self) -> list[str]:
        """The subjects of everything that was ever taken, second copies included."""
        return sorted(file.read_text() for file in self.folder.iterdir())

    def _take(self, letter):
        # Each hand-over leaves a file of its own: what is sent twice is seen twice.
        name = f"{letter.key}.{os.getpid()}.{len(list(self.folder.iterdir()))}"
        (self.folder / name).write_text(letter.subject)


CUT_OFF = Uncertain("The far side was cut off before it answered")
BUSY = TryLater("421 Too busy")
