"""What can be done to keep the house."""

from privateoffice.foundations.keeping.services.backups import (
    Standing,
    back_up,
    note_restored,
    standing,
    try_backup,
)
from privateoffice.foundations.keeping.services.files import Affected, affected, look_through, mend
from privateoffice.foundations.keeping.services.moving import Moved, move_files

__all__ = [
    "Affected",
    "Moved",
    "Standing",
    "affected",
    "back_up",
    "look_through",
    "mend",
    "move_files",
    "note_restored",
    "standing",
    "try_backup",
]
