"""The states of a delivery, as a PA reads them."""

from django.db.models import TextChoices


class State(TextChoices):
    """Where a delivery is. Each but the last three still wants something, from the machine or from a person."""

    WAITING = "waiting", "Waiting for approval"
    QUEUED = "queued", "Queued"
    SENDING = "sending", "Sending"
    HELD = "held", "Held"
    UNCERTAIN = "uncertain", "Uncertain"
    REFUSED = "refused", "Refused"
    SENT = "sent", "Sent"
    GIVEN_UP = "given_up", "Given up"
    WITHDRAWN = "withdrawn", "Withdrawn"


UNFINISHED = (
    *(State.WAITING, State.QUEUED, State.SENDING),
    *(State.HELD, State.UNCERTAIN, State.REFUSED),
)
