"""A sender's hold on one delivery: lost by falling silent, and then worth nothing."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.db.models import Q

from privateoffice.foundations.clock import clock
from privateoffice.foundations.offices.verbs import performing
from privateoffice.spine.deliveries.models import Attempt, Delivery, Turn


class Fenced(Exception):
    """This sender was silent for longer than its lease, and another has taken the delivery up."""


def lease() -> timedelta:
    return timedelta(seconds=settings.JOB_LEASE_SECONDS)


@dataclass
class Claim:
    """One sender's hold on one delivery. In doubt where an earlier sender stopped while it handed over."""

    delivery: Delivery
    token: str
    is_in_doubt: bool

    @classmethod
    def on(cls, turn: Turn) -> "Claim":
        """Take a turn that is locked: end what an earlier sender left open, and begin a new attempt."""
        now = clock.now()
        lost = Attempt.objects.filter(delivery_id=turn.delivery_id, ended_at=None).first()
        if lost:
            lost.ended_at, lost.outcome = now, Attempt.Outcome.LOST
            lost.save(update_fields=["ended_at", "outcome"])
        turn.taken_by, turn.taken_until = secrets.token_hex(16), now + lease()
        turn.save(update_fields=["taken_by", "taken_until"])
        delivery = Delivery.objects.get(pk=turn.delivery_id)
        number = Attempt.objects.filter(delivery_id=delivery.pk).count() + 1
        Attempt.objects.create(delivery=delivery, number=number, started_at=now)
        return cls(delivery, turn.taken_by, is_in_doubt=was_handing_over(delivery))

    @contextmanager
    def held(self) -> Iterator[tuple[Turn, Attempt]]:
        """A transaction in which the turn is locked and still this sender's. Raises Fenced where it is not."""
        with performing("deliveries.send"):
            locked = Turn.objects.select_for_update(of=("self",)).filter(delivery_id=self.delivery.pk)
            turn = locked.filter(taken_by=self.token).first()
            if turn is None:
                raise Fenced
            yield turn, Attempt.objects.get(delivery_id=self.delivery.pk, ended_at=None)


def was_handing_over(delivery: Delivery) -> bool:
    """Whether a sender stopped while it handed over, with no word since of how that went."""
    told_nothing = Q(
        handing_over_at=None, outcome__in=["", Attempt.Outcome.LOST, Attempt.Outcome.LATER, Attempt.Outcome.HELD]
    )
    last = Attempt.objects.filter(delivery_id=delivery.pk).exclude(told_nothing).order_by("-number").first()
    return last is not None and last.outcome == Attempt.Outcome.LOST
