"""What a virus scanner can be asked, and the one that the settings name."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from django.conf import settings
from django.utils.module_loading import import_string


class Unanswered(Exception):
    """The scanner does not answer, so that nothing is known. The text is fit to show."""


@dataclass(frozen=True)
class Answer:
    """What a scanner says of one file: what it found, or why it could not look; neither, where it is clean."""

    finding: str = ""
    obstacle: str = ""

    @property
    def is_clean(self) -> bool:
        return not self.finding and not self.obstacle


class Scanner(Protocol):
    """One scanner. Every method may raise Unanswered, but for `fault`."""

    def scan(self, pieces: Iterable[bytes]) -> Answer: ...

    def version(self) -> str: ...

    def fault(self) -> str: ...


def is_on() -> bool:
    return bool(settings.CLAMAV_URL)


def scanner() -> Scanner:
    return import_string(settings.SCANNER)(settings.CLAMAV_URL)
