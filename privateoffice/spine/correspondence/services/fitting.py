"""Whether a rule fits a mail. Plain comparisons: nothing that a person types is a pattern."""

from dataclasses import dataclass
from functools import cached_property
from unicodedata import normalize

from privateoffice.connectors.mail.addresses import domain_of
from privateoffice.foundations.records.asking import words_of
from privateoffice.spine.correspondence.models import Ask, Message, SortingRule

LONGEST = 20_000
"""So much of a text is looked through."""


@dataclass(frozen=True)
class Seen:
    """What a rule looks at. `is_doubtful` where the mail may not be from whom it says."""

    sender: str
    list_id: str
    marking: int
    subject: str
    text: str
    is_doubtful: bool = False

    @cached_property
    def in_subject(self) -> str:
        return plain(self.subject)

    @cached_property
    def letters(self) -> str:
        """The text before it is taken apart into words, which costs: most texts hold no word of a rule."""
        return normalize("NFKC", self.text[:LONGEST].casefold())

    @cached_property
    def in_text(self) -> str:
        return plain(self.text[:LONGEST])


def seen_of(message: Message, text: str | None = None) -> Seen:
    """A message as a rule looks at it, or a part of its text that was split off."""
    return Seen(
        sender=message.from_address,
        list_id=message.list_id,
        marking=message.marked,
        subject=message.subject,
        text=message.text if text is None else text,
        is_doubtful=bool(message.sender_warnings),
    )


def seen_in(ask: Ask) -> Seen:
    return seen_of(ask.message, ask.quoted or None)


def fits(rule: SortingRule, seen: Seen) -> bool:
    """Whether everything that the rule looks for is there. One that names a sender passes over doubtful ones."""
    return (
        (not rule.sender or (not seen.is_doubtful and _is_from(rule.sender, seen.sender)))
        and (not rule.list_id or rule.list_id.lower() in seen.list_id.lower())
        and (rule.marked is None or rule.marked == seen.marking)
        and (not rule.words or any(_stands_in(term, rule, seen) for term in rule.terms))
    )


def _is_from(named: str, address: str) -> bool:
    """An address is that address; a domain is everybody there and below."""
    named, address = named.lower(), address.lower()
    if "@" in named:
        return named == address
    domain = domain_of(address)
    return domain == named or domain.endswith(f".{named}")


def _stands_in(term: str, rule: SortingRule, seen: Seen) -> bool:
    words = plain(term)
    if not words.strip():
        return False
    if words in seen.in_subject:
        return True
    return rule.looks_in_text and all(word in seen.letters for word in words.split()) and words in seen.in_text


def plain(text: str) -> str:
    """The words of a text with a blank before and after each, so that a whole word is found by comparison."""
    return f" {' '.join(words_of(text.casefold()))} "
