"""Setting mailboxes up: added, settled, tried, paused and taken up again."""

from typing import Any

from privateoffice.connectors.ports import mailbox as port
from privateoffice.foundations.clock import clock
from privateoffice.foundations.offices import policy, scope
from privateoffice.foundations.offices.models import Office
from privateoffice.foundations.offices.policy import require_reach
from privateoffice.foundations.offices.verbs import fact, performing, trail, verb
from privateoffice.spine.mailboxes.models import Mailbox, Pause, secrets
from privateoffice.spine.mailboxes.models.secrets import Locked
from privateoffice.spine.mailboxes.services import ends

TRY_OUT = "mailboxes.try_out"
SETTLED = ("name", "address", "readers", "sends", "place")


class NotPaused(Exception):
    """It is not paused."""


class PausedAlready(Exception):
    """It is paused already."""


@verb("mailboxes.add")
def add(office: Office, *, slug: str, kind: str, words: dict[str, str] | None = None, **settled: Any) -> Mailbox:
    """Add a mailbox to an office. `words` are its secrets: they are sealed before they are written."""
    mailbox = Mailbox(
        office=office,
        slug=slug,
        kind=kind,
        secret=secrets.sealed(words or {}),
        added_at=clock.now(),
        added_by=scope.current().actor,
        **settled,
    )
    mailbox.full_clean(exclude=["place", "office"])
    mailbox.save()
    _say(mailbox)
    return mailbox


@verb("mailboxes.settle")
def settle(mailbox: Mailbox, *, words: dict[str, str] | None = None, **settled: Any) -> Mailbox:
    """Change how a mailbox is reached or who reads it. Secrets that are not given stay as they are."""
    require_reach("mailboxes.settle", mailbox.office_id)
    for name in SETTLED:
        setattr(mailbox, name, settled.get(name, getattr(mailbox, name)))
    if words:
        mailbox.secret = secrets.sealed(words)
    mailbox.is_closed_to_us, mailbox.not_before, mailbox.trouble, mailbox.trouble_since = False, None, "", None
    mailbox.failures = 0
    mailbox.save()
    _say(mailbox)
    return mailbox


def try_out(mailbox: Mailbox) -> str:
    """Sign in and look at the folders, and nothing more; returns what was found, in words."""
    require_reach(TRY_OUT, mailbox.office_id)
    policy.require(TRY_OUT)
    try:
        with ends.opened(mailbox) as end:
            count = len(end.folders())
    except (port.Trouble, Locked) as fault:
        _note(
            mailbox,
            "it could not be read",
            trouble=str(fault)[:500],
            trouble_since=mailbox.trouble_since or clock.now(),
        )
        return str(fault)
    _note(
        mailbox,
        "it can be read",
        trouble="",
        trouble_since=None,
        not_before=None,
        failures=0,
        is_closed_to_us=False,
    )
    told = f"It can be read: {count} folders." if count != 1 else "It can be read: one folder."
    return f"{told} {_of_sending(mailbox)}".strip()


def _note(mailbox: Mailbox, outcome: str, **told: Any) -> None:
    """Written only after the service was asked: no transaction is held open while it makes up its mind."""
    with performing(TRY_OUT):
        Mailbox.objects.filter(pk=mailbox.pk).update(**told)
        _say(mailbox, outcome=fact(outcome))


def _of_sending(mailbox: Mailbox) -> str:
    """What is not tried, because it cannot be without a letter leaving."""
    if mailbox.kind != Mailbox.Kind.GRAPH or not mailbox.sends:
        return ""
    if not mailbox.sends_by_person:
        return "It sends as the application; the first letter will show whether it may."
    with ends.within(mailbox):
        who = list(mailbox.sign_ins.exclude(actor="").order_by("actor").values_list("actor", flat=True))
    return f"Signed in to send from it: {', '.join(who)}." if who else "Nobody has signed in to send from it yet."


@verb("mailboxes.pause")
def pause(mailbox: Mailbox, *, reason: str) -> Pause:
    """Stop reading a mailbox and sending from it, until it is taken up again."""
    require_reach("mailboxes.pause", mailbox.office_id)
    if mailbox.pauses.filter(ended_at=None).exists():
        raise PausedAlready(PausedAlready.__doc__)
    begun = Pause.objects.create(
        mailbox=mailbox, office=mailbox.office, reason=reason, began_at=clock.now(), began_by=scope.current().actor
    )
    _say(mailbox, reason=reason)
    return begun


@verb("mailboxes.take_up")
def take_up(mailbox: Mailbox) -> None:
    """Go on with a mailbox that was paused."""
    require_reach("mailboxes.take_up", mailbox.office_id)
    if not mailbox.pauses.filter(ended_at=None).update(ended_at=clock.now()):
        raise NotPaused(NotPaused.__doc__)
    _say(mailbox)


def _say(mailbox: Mailbox, **said: Any) -> None:
    trail(office_id=mailbox.office_id, address=fact(mailbox.address), **said)
