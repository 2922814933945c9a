"""What the room of enquiries declares to the house."""

from collections.abc import Iterator
from datetime import datetime

from privateoffice.foundations.clock import clock, words
from privateoffice.foundations.offices import scope
from privateoffice.foundations.registry.declarations import (
    MOST_COUNTED,
    Act,
    Door,
    Every,
    Keep,
    Kind,
    Need,
    New,
    Room,
)
from privateoffice.rooms.enquiries import ledger, policy, services, tasks
from privateoffice.rooms.enquiries.models import Enquiry, EnquiryQuerySet, Redirection

ANSWERED_BY = ("pa", "staff_officer")
MOST_ON_TODAY = 100


def needs(now: datetime) -> Iterator[Need]:
    """Enquiries that are late, due today or not acknowledged in time; and those that nobody has accepted."""
    tonight = clock.closing(clock.day_of(now))
    due = list(_some(Enquiry.objects.in_hand().filter(due_at__lte=tonight)))
    yield from (_to_answer(enquiry, now) for enquiry in due)
    if len(due) == MOST_ON_TODAY:
        yield _others()
    late_to_acknowledge = Enquiry.objects.unacknowledged().filter(acknowledge_by__lte=tonight, due_at__gt=tonight)
    for enquiry in late_to_acknowledge.for_list().order_by("due_at", "pk")[:MOST_ON_TODAY]:
        yield _to_acknowledge(enquiry, now)
    for redirection in Redirection.objects.of_open().order_by("chase_at", "pk")[:MOST_ON_TODAY]:
        yield _to_be_accepted(redirection, now)


def _some(enquiries: EnquiryQuerySet) -> EnquiryQuerySet:
    """As many as a board can show: what belongs elsewhere and leaves today, then the soonest due."""
    return enquiries.for_list().order_by("-enquiry_kind__is_wrong_door", "due_at", "pk")[:MOST_ON_TODAY]


def _others() -> Need:
    """That there are more than a board can show."""
    office = scope.current().office
    return Need(
        key="enquiries:others",
        title="More enquiries are late or due today",
        why=f"The {MOST_ON_TODAY} that press most stand here.",
        url=f"/{office.slug}/enquiries/?show=late" if office else "",
        standing="soon",
        group="now",
        weight=-1,
        roles=ANSWERED_BY,
    )


def _to_answer(enquiry: Enquiry, now: datetime) -> Need:
    kind = enquiry.enquiry_kind
    why = kind.must_happen.split(".")[0] if kind.is_wrong_door else _from_whom(enquiry)
    return _need(
        enquiry,
        key="answer",
        why=f"{why}.",
        standing="late" if enquiry.is_late(now) else "soon",
        group="now" if enquiry.is_late(now) or kind.is_wrong_door else "today",
        due_at=enquiry.due_at,
        when=words.due(enquiry.due_at or now, now),
        weight=9 if kind.slug == "threat-to-life" else 5 if kind.is_wrong_door else 3,
        acts=(Act("Resolve", "e", f"{enquiry.get_absolute_url()}resolution/"), *_acts(enquiry)),
    )


def _to_acknowledge(enquiry: Enquiry, now: datetime) -> Need:
    is_late = enquiry.acknowledge_by < now
    return _need(
        enquiry,
        key="acknowledge",
        why=f"Tell the caller that we have it. {_from_whom(enquiry)}.",
        standing="late" if is_late else "soon",
        group="now" if is_late else "today",
        due_at=enquiry.acknowledge_by,
        when=words.due(enquiry.acknowledge_by, now),
        weight=2,
        acts=(Act("Acknowledge", "e", f"{enquiry.get_absolute_url()}acknowledgement/"), *_acts(enquiry)),
    )


def _to_be_accepted(asked: Redirection, now: datetime) -> Need:
    enquiry = asked.enquiry
    is_due = asked.chase_at <= now
    chased = f", chased {words.counted(asked.chased, 'time')}" if asked.chased else ""
    return _need(
        enquiry,
        key="accept",
        why=f"Re-directed to {asked.unit} and not accepted yet{chased}.",
        standing="soon" if is_due else "waiting",
        group="today" if is_due else "waiting",
        due_at=asked.chase_at,
        when="Chase now" if is_due else words.near(asked.chase_at, now),
        whose=asked.unit.name,
        acts=(
            Act("Chase", "h", f"{enquiry.get_absolute_url()}chaser/", posts=True),
            Act("Accepted", "e", f"{enquiry.get_absolute_url()}acceptance/"),
        ),
    )


def _need(enquiry: Enquiry, *, key: str, **said) -> Need:
    mine = {"roles": ANSWERED_BY, "whose": _whose(enquiry)} | said
    return Need(
        key=f"{enquiry.reference}:{key}",
        title=enquiry.title,
        url=enquiry.get_absolute_url(),
        reference=enquiry.reference,
        is_sensitive=enquiry.is_sensitive,
        **mine,
    )


def _whose(enquiry: Enquiry) -> str:
    is_mine = enquiry.owner is None and enquiry.owner_role in scope.current().roles
    return "You" if is_mine else enquiry.whose


def _acts(enquiry: Enquiry) -> tuple[Act, ...]:
    place = enquiry.get_absolute_url()
    return (Act("Re-direct", "x", f"{place}redirection/"), Act("Pass on", "p", f"{place}owner/"))


def _from_whom(enquiry: Enquiry) -> str:
    who = f", from {enquiry.caller}" if enquiry.caller else ""
    return f"{enquiry.enquiry_kind}{who}, {enquiry.get_channel_display().lower()}"


room = Room(
    "Enquiries",
    kinds=(
        Kind(
            Enquiry,
            code="ENQ",
            word="enquiry",
            words="enquiries",
            path="enquiries",
            icon="enquiries",
            keep=Keep(years=2),
            search=(
                "title",
                "asked",
                "caller__name",
                "caller__organisation",
                "caller__phone",
                "caller__email",
                "enquiry_kind__name",
                "notes__text",
                "closings__words",
            ),
        ),
    ),
    policy=policy.ROLES,
    phrases=policy.PHRASES,
    doors=(
        Door(
            "Enquiries",
            "enquiries:enquiries",
            "enquiries",
            "Correspondence",
            key="q",
            verb="enquiries.view",
            waiting=lambda: Enquiry.objects.in_hand().filter(due_at__lt=clock.now()).count_to(MOST_COUNTED),
        ),
    ),
    new=(New("Enquiry", "enquiries:new", "enquiries.log", key="e"),),
    today=needs,
    jobs=(Every("10 8-17 * * mon-fri", tasks.chase_units, "enquiries.chase_units"),),
    receives={
        "enquiry": services.log_from,
        "kinds of enquiry": services.kinds,
        "redirection": services.redirect_from,
        "enquiry taken back": services.take_back,
    },
    inbound=ledger.INBOUND,
    opens=ledger.OPENS,
)
