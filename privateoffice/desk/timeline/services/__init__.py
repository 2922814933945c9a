"""What is done at the desk of matters besides the verbs of records."""

from privateoffice.desk.timeline.services.stories import print_story

__all__ = ["print_story"]
