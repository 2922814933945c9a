"""What is owed to those who write: clocks, what stopped or moved them, and what others contribute to a reply."""

from privateoffice.rooms.following.models.contribution import Contribution, Receipt
from privateoffice.rooms.following.models.course import (
    Acknowledgement,
    HoldingReply,
    OnlyAcknowledged,
    Promise,
)
from privateoffice.rooms.following.models.reply_clock import ReplyClock, ReplyClockQuerySet

__all__ = [
    "Acknowledgement",
    "Contribution",
    "HoldingReply",
    "OnlyAcknowledged",
    "Promise",
    "Receipt",
    "ReplyClock",
    "ReplyClockQuerySet",
]
