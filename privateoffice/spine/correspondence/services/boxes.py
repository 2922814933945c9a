"""Whose mail it is: the readers of the mailbox that it came by."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Box:
    """The roles that a mailbox is for; nobody named where it is for whoever reads the office's mail."""

    readers: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        return "+".join(sorted(self.readers))


OFFICE = Box()
