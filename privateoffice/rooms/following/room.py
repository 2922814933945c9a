"""What following up declares to the house."""

from collections.abc import Iterator
from datetime import datetime

from privateoffice.foundations.clock import clock, words, working_days
from privateoffice.foundations.offices import scope
from privateoffice.foundations.registry.declarations import (
    MOST_COUNTED,
    Act,
    Beside,
    Door,
    Every,
    Need,
    Room,
)
from privateoffice.rooms.following import policy, services, tasks
from privateoffice.rooms.following.models import ReplyClock
from privateoffice.rooms.following.views import showing
from privateoffice.spine.correspondence.models import Conversation
from privateoffice.spine.letters.models import Draft

READ_BY = ("pa", "staff_officer")
MOST_ON_TODAY = 12
DAYS_NEAR = 1


def needs(now: datetime) -> Iterator[Need]:
    """What is late or due by the next working day, the hardest first, and one line for the others."""
    until = clock.closing(working_days.add(clock.day_of(now), DAYS_NEAR))
    pressing = list(ReplyClock.objects.pressing(until).for_list().order_by("reply_by", "pk")[:MOST_COUNTED])
    pressing.sort(key=lambda one: (-one.weight, one.next_by or now))
    yield from (_need(one, now) for one in pressing[:MOST_ON_TODAY])
    if len(pressing) > MOST_ON_TODAY:
        yield _others(len(pressing) - MOST_ON_TODAY)


def _need(one: ReplyClock, now: datetime) -> Need:
    place, is_reply = one.record.get_absolute_url(), _is_about_the_reply(one, now)
    by = (one.reply_by if is_reply else one.next_by) or now
    is_late = by < now
    late = max(_days(by, now), 0)
    return Need(
        key=f"{one.record.reference}:{'reply' if is_reply else 'acknowledge'}",
        title=one.record.title,
        why=f"{'Reply' if is_reply else 'Acknowledge'}: {one.name}, from {one.record.correspondent}.",
        url=place,
        standing="late" if is_late else "soon",
        group="now" if is_late else "today",
        due_at=by,
        when=words.due(by, now),
        reference=one.record.reference,
        weight=one.weight * 6 + min(late, 20) + is_reply,
        is_sensitive=one.record.is_sensitive,
        roles=READ_BY,
        instead_of=(f"{one.record.reference}:answer",),
        acts=(
            Act("Open", "o", place),
            Act("Holding reply", "l", f"{place}holding/", posts=True),
            Act("Kind", "t", f"{place}kind/"),
        ),
    )


def _is_about_the_reply(one: ReplyClock, now: datetime) -> bool:
    """Whether the reply presses; a reply that is late hurts more than an acknowledgement that is."""
    late = one.reply_by is not None and one.reply_by < now
    return late or not one.wants_acknowledgement() or one.next_by == one.reply_by


def _days(by: datetime, now: datetime) -> int:
    return (clock.day_of(now) - clock.day_of(by)).days


def _others(count: int) -> Need:
    office = scope.current().office
    return Need(
        key="following:others",
        title=f"{words.counted(count, 'more letter')} late or due",
        why="Those that hurt most stand above.",
        url=f"/{office.slug}/owed/" if office else "",
        standing="soon",
        group="today",
        weight=-1,
        roles=READ_BY,
    )


room = Room(
    "Following up",
    policy=policy.ROLES,
    phrases=policy.PHRASES,
    doors=(
        Door(
            "Replies owed",
            "following:clocks",
            "letter",
            "Correspondence",
            key="u",
            verb="following.view",
            waiting=lambda: ReplyClock.objects.running().filter(reply_by__lt=clock.now()).count_to(MOST_COUNTED),
        ),
    ),
    today=needs,
    jobs=(Every("*/5 * * * *", tasks.follow, "following.follow"),),
    receives={"conversations stirred": services.keep_step},
    listens={"deliveries.sent": services.follow_record},
    besides=(
        Beside(Conversation, "main", "following/_on_mail.html", showing.on_mail),
        Beside(Conversation, "aside", "following/_beside_mail.html", showing.beside_mail),
        Beside(Draft, "aside", "following/_beside_draft.html", showing.beside_draft),
    ),
)
