"""Saying that one has one's duties, and chasing those who have not, by the one ladder of the house."""

from datetime import timedelta

from django.db import IntegrityError, transaction

from privateoffice.foundations.clock import clock, working_days
from privateoffice.foundations.offices import scope
from privateoffice.foundations.offices.verbs import fact, trail, verb
from privateoffice.rooms.rotas.models import Acknowledgement, Notice, Period
from privateoffice.rooms.rotas.services.faults import AlreadyAcknowledged
from privateoffice.spine.actions import services as actions
from privateoffice.spine.actions.models import Action

CHASED_AFTER = 2
"""Working days after being told until somebody who has said nothing is chased."""


@verb("rotas.acknowledge")
def acknowledge(notice: Notice, *, how: str) -> Acknowledgement:
    """Record that a person has their duties, and end the chasing."""
    try:
        with transaction.atomic():
            said = Acknowledgement.objects.create(
                period=notice.period,
                notice=notice,
                how=how,
                acknowledged_at=clock.now(),
                recorded_by=scope.current().actor,
            )
    except IntegrityError:
        raise AlreadyAcknowledged from None
    _end_chasing(notice)
    trail(notice.period, person=fact(notice.person.name), how=fact(said.get_how_display()))
    return said


def _end_chasing(notice: Notice) -> None:
    """Withdraw what was set to chase this person about this rota, of this notice or one before."""
    references = Notice.objects.filter(period=notice.period, person=notice.person).exclude(action="")
    named = list(references.values_list("action", flat=True))
    for action in Action.objects.open().filter(reference__in=named):
        actions.withdraw(action, reason="They have acknowledged their duties.")


@verb("rotas.chase")
def chase(period: Period) -> list[Action]:
    """Give each person who has said nothing for two working days an action to say it; the ladder does the rest."""
    told_before = clock.moment(working_days.add(clock.today(), -CHASED_AFTER) + timedelta(days=1))
    silent = Notice.objects.filter(period=period, told_at__lt=told_before, action="").unacknowledged()
    made = [set_action(notice) for notice in silent.select_related("person", "period__office")]
    if made:
        trail(period, count=len(made))
    return made


def set_action(notice: Notice) -> Action:
    """Give a person the action to acknowledge. Called inside a verb."""
    action = actions.assign(
        title=f"Acknowledge your duties: {notice.period.title}"[:200],
        detail=f"You were told on {clock.london(notice.told_at):%d %B %Y}. Answer the mail, or open its link.",
        due_on=working_days.add(clock.today(), CHASED_AFTER),
        owner=notice.person,
        setter_role="pa",
        arises_from=notice.period,
    )
    notice.action = action.reference
    notice.save(update_fields=["action"])
    return action
