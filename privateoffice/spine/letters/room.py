"""What drafts declare to the house."""

from collections.abc import Iterator
from datetime import datetime

from privateoffice.foundations.clock import clock, words
from privateoffice.foundations.offices import scope
from privateoffice.foundations.registry.declarations import Act, Door, Every, Holding, Keep, Kind, Need, Room
from privateoffice.spine.correspondence.models import Conversation
from privateoffice.spine.letters import ledger, policy, services, tasks
from privateoffice.spine.letters.models import Dispatch, Draft, StandardLine

WRITTEN_BY = ("pa", "staff_officer")
MOST = 20


def needs(now: datetime) -> Iterator[Need]:
    """What came back, what nobody answered, and agreed lines that run out."""
    back = Dispatch.objects.filter(ended_at__isnull=False).order_by("-ended_at").select_related("draft__office")
    again = {row.draft_id: row for row in back[: MOST * 3]}
    in_hand = {draft.pk: draft for draft in Draft.objects.in_hand().filter(pk__in=again)[:MOST]}
    yield from (_came_back(draft, again[pk], now) for pk, draft in in_hand.items())
    yield from (_silent(draft) for draft in _unanswered())
    ending = list(StandardLine.objects.filter(withdrawn_at=None, until_on__lt=clock.today())[:MOST])
    if ending:
        yield _run_out(ending)


def _came_back(draft: Draft, gone: Dispatch, now: datetime) -> Need:
    return Need(
        key=f"{draft.reference}:back:{gone.version}",
        title=draft.title,
        why=gone.why_ended,
        url=draft.get_absolute_url(),
        standing="soon",
        group="today",
        when=words.near(gone.ended_at, now) if gone.ended_at else "",
        reference=draft.reference,
        weight=5,
        is_sensitive=draft.is_sensitive,
        roles=WRITTEN_BY,
        acts=(Act("Open", "o", draft.get_absolute_url()),),
    )


def _unanswered() -> list[Draft]:
    """Those sent that wanted an answer by a day now past, in whose conversation we were the last to write."""
    sent = list(Draft.objects.silent(clock.today()).order_by("-answer_by")[:MOST])
    names = [draft.answered_in for draft in sent if draft.answered_in]
    answered = Conversation.objects.filter(reference__in=names, waiting_since__isnull=False)
    heard = set(answered.values_list("reference", flat=True))
    return [draft for draft in sent if draft.answered_in not in heard]


def _silent(draft: Draft) -> Need:
    return Need(
        key=f"{draft.reference}:silent",
        title=draft.title,
        why="Sent, and no answer has come.",
        url=draft.get_absolute_url(),
        standing="soon",
        group="today",
        when=f"Wanted by {words.short_day(draft.answer_by)}" if draft.answer_by else "",
        reference=draft.reference,
        weight=1,
        is_sensitive=draft.is_sensitive,
        roles=WRITTEN_BY,
        acts=(Act("Open", "o", draft.get_absolute_url()),),
    )


def _run_out(lines: list[StandardLine]) -> Need:
    office = scope.current().office
    return Need(
        key="letters:lines",
        title=f"{words.counted(len(lines), 'standard line')} run out",
        why=", ".join(line.title for line in lines[:3]),
        url=f"/{office.slug if office else ''}/drafts/lines/",
        standing="soon",
        group="today",
        weight=-1,
        roles=WRITTEN_BY,
    )


room = Room(
    "Drafts",
    kinds=(
        Kind(
            Draft,
            code="DRA",
            word="draft",
            words="drafts",
            path="drafts",
            icon="reply",
            keep=Keep(years=2),
            search=("title", "subject", "text"),
        ),
    ),
    policy=policy.ROLES,
    phrases=policy.PHRASES,
    doors=(
        Door(
            "Drafts",
            "letters:drafts",
            "reply",
            "Correspondence",
            key="w",
            verb="letters.view",
            waiting=lambda: Draft.objects.in_hand().count_to(100),
        ),
    ),
    today=needs,
    opens=ledger.OPENS,
    holdings=(Holding(Draft, services.held_files, services.held_file),),
    jobs=(Every("*/5 * * * *", tasks.follow, "letters.follow"),),
    listens={
        "deliveries.sent": services.follow_record,
        "approvals.returned": services.follow_record,
        "approvals.withdrawn": services.follow_record,
    },
)
