"""The pages of matters, and the acts on a record of any kind."""

from privateoffice.desk.timeline.views.keeping import (
    conflict,
    everybody,
    hold,
    lifting,
    link,
    marking,
    place,
    readers,
)
from privateoffice.desk.timeline.views.matters import (
    closing,
    correction,
    matter,
    matters,
    new,
    put_on,
    reopening,
    take_off,
)
from privateoffice.desk.timeline.views.stories import story

__all__ = [
    "closing",
    "conflict",
    "correction",
    "everybody",
    "hold",
    "lifting",
    "link",
    "marking",
    "matter",
    "matters",
    "new",
    "place",
    "put_on",
    "readers",
    "reopening",
    "story",
    "take_off",
]
