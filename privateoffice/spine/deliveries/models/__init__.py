"""The one outbox: what goes out, to whom, its place in the queue, and each try."""

from privateoffice.spine.deliveries.models.bounce import Bounce
from privateoffice.spine.deliveries.models.delivery import Delivery, DeliveryQuerySet, Destination, Enclosed
from privateoffice.spine.deliveries.models.queue import Attempt, Stop, Turn
from privateoffice.spine.deliveries.models.states import State

__all__ = ["Attempt", "Bounce", "Delivery", "DeliveryQuerySet", "Destination", "Enclosed", "State", "Stop", "Turn"]
