"""The pages of drafts, and of what the office keeps for writing."""

from privateoffice.spine.letters.views.attaching import file, file_removal, files, held_paper, kept_paper, papers
from privateoffice.spine.letters.views.drafts import (
    acceptance,
    begin,
    draft,
    drafts,
    end,
    going,
    letter,
    line,
    recall,
)
from privateoffice.spine.letters.views.keeping import (
    authority,
    batch,
    letterhead,
    letterhead_file,
    line_change,
    lines,
    place,
    settlement,
    template_change,
    templates,
)

__all__ = [
    "acceptance",
    "authority",
    "batch",
    "begin",
    "draft",
    "drafts",
    "end",
    "file",
    "file_removal",
    "files",
    "going",
    "held_paper",
    "kept_paper",
    "letter",
    "letterhead",
    "letterhead_file",
    "line",
    "line_change",
    "lines",
    "papers",
    "place",
    "recall",
    "settlement",
    "template_change",
    "templates",
]
