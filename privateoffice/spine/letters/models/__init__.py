"""What is written: drafts, standard lines, templates, and who may send what to whom."""

from privateoffice.spine.letters.models.draft import (
    Acceptance,
    Dispatch,
    Draft,
    DraftQuerySet,
    File,
    Form,
    SenderAs,
)
from privateoffice.spine.letters.models.lines import (
    Authority,
    Class,
    Correspondent,
    Leave,
    Letterhead,
    StandardLine,
    Template,
)

__all__ = [
    "Acceptance",
    "Authority",
    "Class",
    "Correspondent",
    "Dispatch",
    "Draft",
    "DraftQuerySet",
    "File",
    "Form",
    "Leave",
    "Letterhead",
    "SenderAs",
    "StandardLine",
    "Template",
]
