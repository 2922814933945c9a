"""Opening a mailbox of Microsoft 365: whose token goes with the calls, and what msal remembers of it, sealed."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from privateoffice.connectors.ports import mailbox as port
from privateoffice.foundations.clock import clock
from privateoffice.spine.mailboxes.models import Mailbox, SignedIn, secrets

if TYPE_CHECKING:
    from privateoffice.connectors.graph.mailbox import GraphMailbox
    from privateoffice.connectors.graph.session import Session
    from privateoffice.connectors.graph.tokens import Application, Cache, Tokens

BY_APPLICATION = ""
"""Who acts where nobody in person does."""


def application_of(mailbox: Mailbox) -> "Application":
    """The application as it is set up. Raises Locked."""
    from privateoffice.connectors.graph import tokens

    told = mailbox.place
    return tokens.Application(
        tenant=told["tenant"],
        client=told["client"],
        secret=mailbox.words.get("password", ""),
        login=told.get("login_url") or tokens.LOGIN,
        graph=told.get("graph_url") or tokens.GRAPH,
        authority=told.get("authority", ""),
    )


def user_of(mailbox: Mailbox) -> str:
    """The name under which the service knows the mailbox."""
    return str(mailbox.place.get("user") or mailbox.address)


@contextmanager
def opened(mailbox: Mailbox, lines: int = 1) -> "Iterator[GraphMailbox]":
    """The mailbox as the application reads it."""
    from privateoffice.connectors.graph.mailbox import GraphMailbox

    with session(mailbox) as line:
        yield GraphMailbox(line, lines)


@contextmanager
def session(mailbox: Mailbox, actor: str = BY_APPLICATION, user: str = "") -> "Iterator[Session]":
    """A line to the mailbox, or to another of the tenant, with the token of the application or of a person."""
    from privateoffice.connectors.graph.session import Session

    if mailbox.reaches_too_far and not user:
        raise port.Trouble("The application reaches mailboxes that are not this office's. See Set up the tenant.")
    with tokens_of(mailbox, actor) as (tokens, account):

        def give() -> str:
            return (
                tokens.for_application()
                if actor == BY_APPLICATION
                else _of_person(mailbox, actor, tokens, account)
            )

        line = Session(application_of(mailbox), user or user_of(mailbox), give)
        try:
            yield line
        finally:
            line.close()


def _of_person(mailbox: Mailbox, actor: str, tokens: "Tokens", account: str) -> str:
    """A person's token. A sign-in that has run out is forgotten, so that they are asked to sign in again."""
    from privateoffice.connectors.graph.tokens import SignInAgain

    try:
        return tokens.for_person(account)
    except SignInAgain:
        SignedIn.objects.filter(mailbox=mailbox, actor=actor).delete()
        raise


@contextmanager
def tokens_of(mailbox: Mailbox, actor: str) -> "Iterator[tuple[Tokens, str]]":
    """The tokens of the application or of a person, and the account. What msal learns is kept, sealed."""
    from privateoffice.connectors.graph.tokens import Cache, Tokens

    row = SignedIn.objects.filter(mailbox=mailbox, actor=actor).first()
    if row is None and actor != BY_APPLICATION:
        raise port.NotLetIn(f"{actor} has not signed in to Microsoft 365 for {mailbox.name}.")
    cache = Cache(_memory_of(row))
    tokens = Tokens(application_of(mailbox), cache)
    try:
        yield tokens, row.account if row else ""
    finally:
        tokens.close()
        if cache.is_changed and actor == BY_APPLICATION:
            remember(mailbox, actor, cache)
        elif cache.is_changed:  # a sign-in that was forgotten meanwhile is not brought back
            secret = secrets.sealed({"memory": cache.text})
            SignedIn.objects.filter(mailbox=mailbox, actor=actor).update(secret=secret)


def _memory_of(row: SignedIn | None) -> str:
    """What was remembered of the application is only a saving, so what cannot be opened is got anew."""
    if row is None:
        return ""
    try:
        return row.memory
    except secrets.Locked:
        if row.actor == BY_APPLICATION:
            return ""
        raise


def remember(mailbox: Mailbox, actor: str, cache: "Cache", account: str = "") -> None:
    """Keep what msal has learnt, sealed."""
    told = {"office": mailbox.office, "secret": secrets.sealed({"memory": cache.text})}
    if account:
        told |= {"account": account, "signed_in_at": clock.now()}
    SignedIn.objects.update_or_create(mailbox=mailbox, actor=actor, defaults=told)
