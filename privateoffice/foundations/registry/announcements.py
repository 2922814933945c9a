"""Telling the house that something happened: after commit, and nothing breaks if nobody listens."""

import logging
from functools import partial
from typing import Any

from django.db import transaction

from privateoffice.foundations.registry import house

log = logging.getLogger(__name__)


def announce(event: str, record: Any) -> None:
    """Tell those who listen to an event by name, once what happened is committed."""
    for listener in house.listeners_to(event):
        transaction.on_commit(partial(_tell, listener, event, record))


def _tell(listener: Any, event: str, record: Any) -> None:
    try:
        listener(record)
    except Exception:  # an announcement may be missed: what it tells of has happened all the same
        log.exception("A listener to %s failed", event)
