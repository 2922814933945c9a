"""What the outbox tells the house about itself."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from privateoffice.foundations.clock import clock, words, working_days
from privateoffice.foundations.offices.roles import Role
from privateoffice.foundations.registry.declarations import (
    Door,
    Every,
    Holding,
    Keep,
    Kind,
    Need,
    PackLine,
    PackPart,
    Room,
)
from privateoffice.spine.deliveries import ledger, policy, services, tasks
from privateoffice.spine.deliveries.models import Delivery, State
from privateoffice.spine.deliveries.views import showing

MOST = 50


def needs(now: datetime) -> Iterator[Need]:
    """What was refused, what is uncertain, and what is held: each wants a person."""
    for state in (State.UNCERTAIN, State.REFUSED, State.HELD):
        for delivery in Delivery.objects.in_state(state, now).with_states().order_by("pk")[:MOST]:
            yield _need(delivery, now)
    for delivery in Delivery.objects.come_back().with_states().order_by("pk")[:MOST]:
        yield _came_back(delivery, now)


def _came_back(delivery: Delivery, now: datetime) -> Need:
    back = {each.position for each in delivery.bounces.all() if each.is_final and not each.seen_to_at}
    who = ", ".join(str(each) for each in delivery.destinations.all() if each.position in back)
    return Need(
        key=f"{delivery.reference}:came_back",
        title=delivery.title,
        why=f"Came back: {who} did not get it. {delivery.bounce.words}".strip(),
        url=delivery.get_absolute_url(),
        standing="late",
        group="now",
        when=words.near(delivery.bounce.noted_at, now),
        reference=delivery.reference,
        weight=7,
        is_sensitive=delivery.is_sensitive,
        roles=(Role.PA, Role.STAFF_OFFICER),
        acts=showing.acts(delivery),
    )


def _need(delivery: Delivery, now: datetime) -> Need:
    state = delivery.state
    return Need(
        key=f"{delivery.reference}:{state}",
        title=delivery.title,
        why=f"{state.label}: {showing.sentence(delivery)}",
        url=delivery.get_absolute_url(),
        standing=showing.STANDINGS[state],
        group="today" if state == State.HELD else "now",
        when=words.near(delivery.made_at, now),
        reference=delivery.reference,
        weight=7,
        is_sensitive=delivery.is_sensitive,
        roles=(Role.PA, Role.STAFF_OFFICER),
        acts=showing.acts(delivery),
    )


def daypack(day: date) -> Iterator[PackPart]:
    """What went out in the Commander's name on the day and since the working day before it."""
    start, end = clock.moment(working_days.add(day, -1)), clock.moment(day + timedelta(days=1))
    sent = list(
        Delivery.objects.filter(in_name_of=Role.COMMANDER)
        .sent_between(start, end)
        .with_states()
        .order_by("closings__closed_at")
    )
    handling = dict.fromkeys(each.handling for each in sent if each.handling)
    yield PackPart(
        "sent",
        lines=tuple(_line(each) for each in sent),
        marking=max((each.marking for each in sent), default=1),
        handling="; ".join(handling),
    )


def _line(delivery: Delivery) -> PackLine:
    return PackLine(
        title=delivery.title,
        detail=f"To {showing.to_whom(delivery)}",
        when=words.near(showing.when(delivery)),
        standing="closed",
        reference=delivery.reference,
    )


def waiting() -> int:
    """How many want a person."""
    counts = Delivery.objects.counted(clock.now())
    back = Delivery.objects.come_back().count()
    return back + sum(counts.get(state, 0) for state in (State.UNCERTAIN, State.REFUSED, State.HELD))


room = Room(
    "Outbox",
    kinds=(
        Kind(
            Delivery,
            code="DEL",
            word="delivery",
            words="deliveries",
            path="deliveries",
            search=("title", "subject", "text", "destinations__name", "destinations__address"),
            keep=Keep(years=6),
            icon="letter",
        ),
    ),
    policy=policy.ROLES,
    phrases=policy.PHRASES,
    doors=(
        Door(
            "Outbox",
            "deliveries:deliveries",
            "letter",
            "Correspondence",
            key="o",
            verb="deliveries.view",
            waiting=waiting,
        ),
    ),
    today=needs,
    daypack=daypack,
    opens=ledger.OPENS,
    holdings=(Holding(Delivery, services.held_files, services.held_file),),
    jobs=(Every("* * * * *", tasks.send_due, "outbox"),),
    announces=("deliveries.sent",),
)
