"""Handing a duty over: notes by the one who goes, accepted by the one who comes."""

from django.db import IntegrityError, transaction

from privateoffice.foundations.clock import clock
from privateoffice.foundations.offices import scope
from privateoffice.foundations.offices.models import Person
from privateoffice.foundations.offices.verbs import fact, trail, verb
from privateoffice.rooms.rotas.models import NOTES, Duty, Handover, HandoverAcceptance
from privateoffice.rooms.rotas.services.faults import AlreadyAccepted, NotPublished
from privateoffice.rooms.rotas.services.letters import write
from privateoffice.rooms.rotas.services.links import link_of, new_secret


@verb("rotas.hand_over")
def hand_over(duty: Duty, **notes: str) -> Handover:
    """Write the notes of a duty for whoever comes next, and ask them to accept. The newest stands."""
    if duty.published is None:
        raise NotPublished
    secret, digest = new_secret()
    taker = next_on(duty)
    handover, _ = Handover.objects.update_or_create(
        duty=duty,
        defaults={
            "period": duty.period,
            "giver": duty.published,
            "taker": taker,
            "secret": digest,
            "written_at": clock.now(),
            "written_by": scope.current().actor,
            **{name: notes.get(name, "") for name in NOTES},
        },
    )
    if taker:
        write(
            duty.period.office,
            taker,
            subject=f"Handover: {duty.duty_type}",
            template="handover",
            handover=handover,
            duty=duty,
            link=link_of(secret),
        )
    trail(duty.period, duty=fact(str(duty)), to=fact(taker.name if taker else "nobody yet"))
    return handover


def next_on(duty: Duty) -> Person | None:
    """Who has the same duty next, in this period or the one after it."""
    after = Duty.objects.filter(duty_type=duty.duty_type, starts_at__gte=duty.ends_at).exclude(pk=duty.pk)
    following = after.exclude(published=None).select_related("published").order_by("starts_at").first()
    return following.published if following else None


@verb("rotas.accept_handover")
def accept_handover(handover: Handover, *, how: str) -> HandoverAcceptance:
    """Record that the next person has the handover."""
    try:
        with transaction.atomic():
            accepted = HandoverAcceptance.objects.create(
                period=handover.period,
                handover=handover,
                how=how,
                accepted_at=clock.now(),
                recorded_by=scope.current().actor,
            )
    except IntegrityError:
        raise AlreadyAccepted from None
    trail(handover.period, by=fact(handover.taker.name if handover.taker else "the next person"))
    return accepted
