"""The pages of the diary."""

from privateoffice.spine.diary.views.importing import imports, item_original, look, one_import, to_look_at
from privateoffice.spine.diary.views.pages import engagement, original, week

__all__ = ["engagement", "imports", "item_original", "look", "one_import", "original", "to_look_at", "week"]
