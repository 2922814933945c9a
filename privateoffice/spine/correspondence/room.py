"""What correspondence declares to the house."""

from collections.abc import Iterator
from datetime import date, datetime

from privateoffice.foundations.clock import clock, words
from privateoffice.foundations.offices import policy as gate
from privateoffice.foundations.offices import scope
from privateoffice.foundations.registry.declarations import (
    MOST_COUNTED,
    Act,
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
from privateoffice.spine.correspondence import ledger, policy, services, tasks
from privateoffice.spine.correspondence.models import Answer, Ask, Conversation, Disposition, ImportRun, Way
from privateoffice.spine.correspondence.views import showing

READ_BY = ("pa", "staff_officer")
SHOWN = 10
LATE = showing.LATE


def needs(now: datetime) -> Iterator[Need]:
    """What the Commander decides, what came back unanswered, the ten that have waited longest, one line for the
    others, and what imports listed."""
    yield from (_decision(row) for row in _before_the_commander())
    yield from (_back(row, now) for row in _came_back(now))
    yield from _answers_to_decide(now)
    waiting = Conversation.objects.unanswered().to_sort()
    for conversation in waiting.order_by("waiting_since", "pk")[:SHOWN]:
        yield _to_answer(conversation, now)
    others = waiting.count() - SHOWN
    if others > 0:
        yield _others(others)
    for run in ImportRun.objects.to_look_at().select_related("office")[:3]:
        yield _to_look_at(run)


def _to_answer(conversation: Conversation, now: datetime) -> Need:
    place, since = conversation.get_absolute_url(), conversation.waiting_since or now
    office = conversation.office.slug
    return Need(
        key=f"{conversation.reference}:answer",
        title=conversation.title,
        why=f"{conversation.correspondent}: unanswered since {words.day(since)}.",
        url=place,
        standing=showing.age_of(since, now),
        group="today",
        when=f"Since {words.short_day(since, now)}",
        reference=conversation.reference,
        is_sensitive=conversation.is_sensitive,
        roles=READ_BY,
        acts=(
            Act("Open", "o", place),
            Act("Log as enquiry", "q", f"/{office}/enquiries/new/?from={conversation.path}"),
        ),
    )


def _before_the_commander() -> list[Disposition]:
    rows = Disposition.objects.standing().filter(way=Way.COMMANDER)
    return list(rows.select_related("record__office", "ask__message").defer("ask__message__text")[:SHOWN])


def _decision(row: Disposition) -> Need:
    """One mail that wants the Commander's word."""
    ask = row.ask
    ask.record = ask.message.record = row.record
    return Need(
        key=f"{row.record.reference}:{ask.message.number}.{ask.number}:commander",
        title=row.record.title,
        why=f"Mail from {ask.message.sender}.",
        recommendation=row.words,
        is_decision=True,
        url=f"{ask.address}reading/",
        standing="waiting",
        group="today",
        when=words.near(row.disposed_at),
        reference=row.record.reference,
        weight=3,
        is_sensitive=row.record.is_sensitive,
        roles=("commander",),
        acts=showing.rulings_on(ask),
    )


def _came_back(now: datetime) -> list[Disposition]:
    """What is open again because nobody answered, or because the Commander has said what is to become of it."""
    ended = Disposition.objects.filter(ask__settled_at=None, undoing__undone_at__gte=now - LATE)
    ended = ended.exclude(undoing__how="undone").order_by("-undoing__undone_at")
    rows = ended.select_related("record__office", "ask__message", "undoing").defer("ask__message__text")
    return list({row.ask_id: row for row in reversed(rows[:SHOWN])}.values())


def _back(row: Disposition, now: datetime) -> Need:
    ask, undoing = row.ask, row.undoing
    ask.record = ask.message.record = row.record
    place = f"/{row.record.office.slug}/mail/?ask={ask.name}"
    return Need(
        key=f"{row.record.reference}:{ask.message.number}.{ask.number}:back",
        title=row.record.title,
        why=f"{undoing.get_how_display()}: {undoing.reason}" if undoing else "",
        url=place,
        standing="soon",
        group="today",
        when=words.near(undoing.undone_at, now) if undoing else "",
        reference=row.record.reference,
        weight=2,
        is_sensitive=row.record.is_sensitive,
        roles=READ_BY,
        acts=(Act("Open", "o", place),),
    )


def _answers_to_decide(now: datetime) -> Iterator[Need]:
    """One line for all answers to chasers that were not plain."""
    waiting = Answer.objects.to_decide().oldest_first().select_related("message")
    count = waiting.count_to(MOST_COUNTED)
    if not count:
        return
    place = f"/{_office_slug()}/mail/answers/"
    yield Need(
        key="mail:answers",
        title=f"{words.counted(count, 'answer')} to a chaser to decide on",
        why="They were not plain, and nothing was guessed.",
        url=place,
        standing="soon",
        group="today",
        when=f"Since {words.near(waiting[0].message.at, now)}",
        weight=2,
        roles=READ_BY,
        acts=(Act("Open", "o", place),),
    )


def _others(count: int) -> Need:
    slug = _office_slug()
    return Need(
        key="mail:others",
        title=f"{words.counted(count, 'more conversation')} unanswered",
        why="The ten that have waited longest stand above.",
        url=f"/{slug}/mail/?queue=open",
        standing="waiting",
        group="today",
        weight=-1,
        roles=READ_BY,
    )


def _to_look_at(run: ImportRun) -> Need:
    return Need(
        key=f"import:{run.number}",
        title=f"{words.counted(run.listed, 'item')} of an import to look at",
        why=f"{run.source}, imported {words.near(run.begun_at)}.",
        url=run.get_absolute_url(),
        standing="soon",
        group="today",
        when=words.near(run.begun_at),
        roles=READ_BY,
        acts=(Act("Open", "o", run.get_absolute_url()),),
    )


def _office_slug() -> str:
    office = scope.current().office
    return office.slug if office else ""


def owed(day: date) -> Iterator[PackPart]:
    """What has waited for our answer beyond what is promised, the longest first."""
    late = Conversation.objects.unanswered().to_sort().filter(waiting_since__lt=clock.moment(day) - LATE)
    shown = list(late.order_by("waiting_since", "pk")[:SHOWN])
    if not shown:
        return
    lines = [_owed_line(conversation) for conversation in shown]
    others = late.count() - len(shown)
    if others > 0:
        lines.append(PackLine(title=f"{words.counted(others, 'more conversation')} unanswered", standing="late"))
    highest = max(shown, key=lambda conversation: conversation.marking)
    yield PackPart("overdue_by", lines=tuple(lines), marking=highest.marking, handling=highest.handling)


def _owed_line(conversation: Conversation) -> PackLine:
    return PackLine(
        title=conversation.title,
        detail=conversation.correspondent,
        when=f"Unanswered since {words.day(conversation.waiting_since or conversation.last_at)}",
        standing="late",
        reference=conversation.reference,
        whose="Personal Assistant",
    )


def waiting() -> int:
    """How much is to sort, for whoever sorts; how much wants the Commander's word."""
    if gate.allows("correspondence.dispose"):
        return Ask.objects.to_sort(clock.now()).count_to(MOST_COUNTED)
    return Ask.objects.for_the_commander().count_to(MOST_COUNTED)


room = Room(
    "Mail",
    kinds=(
        Kind(
            Conversation,
            code="COR",
            word="conversation",
            words="conversations",
            path="mail",
            icon="mail",
            keep=Keep(years=2, after="made"),
            search=("title", "correspondent", "correspondent_address", "messages__subject", "messages__text"),
        ),
    ),
    policy=policy.ROLES,
    phrases=policy.PHRASES,
    doors=(
        Door(
            "Mail",
            "correspondence:conversations",
            "mail",
            "Correspondence",
            key="m",
            verb="correspondence.view",
            waiting=waiting,
        ),
    ),
    today=needs,
    daypack=owed,
    jobs=(
        Every("*/15 6-20 * * *", tasks.bring_back, "correspondence.bring_back"),
        Every("*/5 * * * *", tasks.read_answers, "correspondence.read_answers"),
    ),
    hands=("enquiry", "redirection", "engagement", "kinds of enquiry", "conversations stirred"),
    inbound=ledger.INBOUND,
    holdings=(Holding(Conversation, services.held_files, services.held_file),),
    receives={"mail": services.arrive, "whereabouts": services.notice},
)
