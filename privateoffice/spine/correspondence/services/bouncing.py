"""Reports of what did not arrive: told to the outbox, which knows what we sent and believes nothing else."""

from collections.abc import Iterable

from privateoffice.spine.correspondence.services.reading import Item
from privateoffice.spine.deliveries import services as deliveries


def tell_of_bounces(items: Iterable[Item]) -> None:
    """Tell the outbox of each recipient that a report names. What it never sent it passes over."""
    for item in items:
        for one in (item.told or {}).get("bounces", ()):
            deliveries.note_bounce(
                one["message_id"], address=one["address"], words=one["words"], is_final=one["is_final"]
            )
