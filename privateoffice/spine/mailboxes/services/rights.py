"""Whose rights go with the calls: that the application keeps to its own mailboxes, and people's own sign-ins."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from privateoffice.connectors.ports import mailbox as port
from privateoffice.foundations.clock import clock
from privateoffice.foundations.offices import policy, scope
from privateoffice.foundations.offices.policy import require_reach
from privateoffice.foundations.offices.verbs import fact, performing, trail, verb
from privateoffice.spine.mailboxes.models import Mailbox, SignedIn
from privateoffice.spine.mailboxes.models.secrets import Locked
from privateoffice.spine.mailboxes.services import ends, lines, microsoft

if TYPE_CHECKING:
    from privateoffice.connectors.graph import live

PROBE = "mailboxes.probe"
KEEPS = "the application is refused elsewhere"
TOO_FAR = (
    "{outside} can be opened: the application reaches mailboxes that are not this office's. Take its permissions"
    " away in Entra ID, for they add to the scope's, and probe again."
)


class NotOfThisKind(Exception):
    """Only mailboxes of Microsoft 365 have this."""


class NothingToForget(Exception):
    """You are not signed in for this mailbox."""


def probe(mailbox: Mailbox, *, outside: str) -> str:
    """Try to open a mailbox that the application must not reach; returns what was found, in words."""
    require_reach(PROBE, mailbox.office_id)
    policy.require(PROBE)
    reached, words = _opens(mailbox, outside)
    if reached is None:
        return words
    with performing(PROBE):
        Mailbox.objects.filter(pk=mailbox.pk).update(probed_at=clock.now(), reaches_too_far=reached)
        outcome = fact("it reaches further" if reached else "it does")
        trail(office_id=mailbox.office_id, address=fact(mailbox.address), outcome=outcome)
    return f"{words} Nothing is read or sent until then." if reached else words


def _opens(mailbox: Mailbox, outside: str) -> tuple[bool | None, str]:
    """Whether a mailbox opens to the application, or nothing where that could not be found out."""
    try:
        with ends.within(mailbox), lines.taken(mailbox), microsoft.session(mailbox, user=outside) as line:
            line.get("/mailFolders", {"$top": "1", "$select": "id"})
    except port.NotLetIn as refusal:
        if "ErrorAccessDenied" in str(refusal):
            return False, f"{outside} is refused, as it should be."
        return None, str(refusal)
    except port.Gone:
        return None, f"There is no mailbox {outside}. Name one that exists, or the probe proves nothing."
    except port.Trouble as fault:
        return None, str(fault)
    return True, TOO_FAR.format(outside=outside)


def try_live(mailbox: Mailbox, *, outside: str = "") -> "Iterator[live.Finding]":
    """Scenario after scenario against the service itself, reading only; then whether it keeps to its mailboxes."""
    from privateoffice.connectors.graph import live

    policy.require("mailboxes.pull", mailbox.office)
    try:
        with lines.taken(mailbox), microsoft.session(mailbox) as line:
            yield from live.findings(line)
    except (port.Trouble, Locked) as fault:
        yield live.Finding("the mailbox is opened", live.FAULT, str(fault))
    if not outside:
        yield live.Finding(KEEPS, live.NOT_TRIED, "name a mailbox with --outside")
        return
    reached, words = _opens(mailbox, outside)
    yield live.Finding(KEEPS, live.OK if reached is False else live.FAULT, words)


def begin_sign_in(mailbox: Mailbox, *, back_to: str, hint: str) -> dict[str, Any]:
    """Begin a person's own sign-in; what is returned belongs into their session. Raises Trouble or Locked."""
    from privateoffice.connectors.graph.tokens import Cache, Tokens

    policy.require("mailboxes.sign_in", mailbox.office)
    tokens = Tokens(microsoft.application_of(mailbox), Cache())
    try:
        return tokens.begin_sign_in(back_to, hint)
    finally:
        tokens.close()


def sign_in(mailbox: Mailbox, *, flow: dict[str, Any], answer: dict[str, str]) -> str:
    """Finish a person's own sign-in and keep it, sealed, for what they send; returns the account."""
    from privateoffice.connectors.graph.tokens import Cache, Tokens

    policy.require("mailboxes.sign_in", mailbox.office)
    if not mailbox.sends_by_person:
        raise NotOfThisKind(NotOfThisKind.__doc__)
    cache = Cache()
    tokens = Tokens(microsoft.application_of(mailbox), cache)
    try:
        account = tokens.finish_sign_in(flow, answer)
    finally:
        tokens.close()
    with performing("mailboxes.sign_in"):
        microsoft.remember(mailbox, scope.current().actor, cache, account)
        trail(office_id=mailbox.office_id, address=fact(mailbox.address), account=fact(account))
    return account


@verb("mailboxes.forget_sign_in")
def forget_sign_in(mailbox: Mailbox) -> None:
    """End one's own sign-in: what was posted and not sent waits until there is one again."""
    mine = SignedIn.objects.filter(mailbox=mailbox, actor=scope.current().actor)
    if not mine.delete()[0]:
        raise NothingToForget(NothingToForget.__doc__)
    trail(office_id=mailbox.office_id, address=fact(mailbox.address))
