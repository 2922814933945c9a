"""Whom a sender could be taken for: our domains, people of the directory, those who have written before."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from django.db.models import Q
from django.db.models.functions import Lower

from privateoffice.connectors.mail.addresses import domain_of
from privateoffice.connectors.mail.lookalikes import imitates, passes_for, skeleton
from privateoffice.connectors.mail.senders import in_letters
from privateoffice.foundations.clock import clock
from privateoffice.foundations.offices import scope
from privateoffice.foundations.offices.models import Person
from privateoffice.foundations.records.asking import words_of
from privateoffice.spine.correspondence.models import Conversation, Message
from privateoffice.spine.correspondence.services.ourselves import addresses_of

REMEMBERED = 2_000
"""Of so many of the last conversations the domains are known."""

MOST_WORDS = 300


@dataclass(frozen=True)
class Known:
    """What an office knows of who writes to it, as far as some messages need it."""

    own: frozenset[str]
    written: Counter[str] = field(default_factory=Counter)
    people: dict[str, list[Person]] = field(default_factory=dict)

    def mistaken(self, message: Message) -> list[str]:
        """A sentence for each thing for which the sender could be mistaken. We are not looked at ourselves."""
        if message.is_from_us:
            return []
        domain = domain_of(message.from_address)
        found = [self._of_domain(domain), self._of_name(message), _of_letters(domain)]
        return [sentence for sentence in found if sentence]

    def _of_domain(self, domain: str) -> str:
        if not domain or domain in self.own:
            return ""
        if own := next((one for one in sorted(self.own) if passes_for(domain, one)), ""):
            return f"Its domain ({domain}) looks like our own {own} and is another."
        if other := self._imitated.get(domain, ""):
            return f"Its domain ({domain}) looks like {other}, from which more mail has come, and is another."
        return ""

    @cached_property
    def _imitated(self) -> dict[str, str]:
        """Each domain that looks like another from which more has come, by what it looks like."""
        alike: dict[str, list[str]] = {}
        for domain, _ in self.written.most_common():
            alike.setdefault(skeleton(in_letters(domain)), []).append(domain)
        return {
            later: first
            for first, *others in alike.values()
            for later in others
            if self.written[later] < self.written[first] and imitates(later, first)
        }

    def _of_name(self, message: Message) -> str:
        namesakes = self.people.get(_name_seen(message.from_name), [])
        address = message.from_address.lower()
        if not namesakes or any(one.email.lower() == address for one in namesakes):
            return ""
        if domain_of(address) in self.own:
            return ""
        true = next((one.email for one in namesakes if one.email), "")
        return f"It bears the name of {namesakes[0].ranked_name}, whose address is {true}." if true else ""


def known_to(messages: Sequence[Message]) -> Known:
    """What is needed to judge these messages, in a fixed number of queries."""
    office = scope.current().office
    if office is None or not messages:
        return Known(frozenset())
    own = frozenset({domain_of(address) for address in addresses_of(office)} - {""})
    written = Conversation.objects.exclude(correspondent_address="").newest_first()
    domains = map(domain_of, written.values_list("correspondent_address", flat=True)[:REMEMBERED])
    return Known(own, Counter(filter(None, domains)), _people_named(messages))


def _people_named(messages: Sequence[Message]) -> dict[str, list[Person]]:
    """Those of the directory whose surname stands in the name of a sender, by how their name looks."""
    names = {word.lower() for one in messages for word in words_of(one.from_name)}
    words = sorted(word for word in names if len(word) > 1)[:MOST_WORDS]
    serving = Person.objects.serving(clock.today()).annotate(low=Lower("surname"))
    whole = sorted({one.from_name.lower() for one in messages})[:MOST_WORDS]
    found: dict[str, list[Person]] = {}
    for person in serving.filter(Q(low__in=words) | Q(low__in=whole)).exclude(email=""):
        found.setdefault(_name_seen(person.name), []).append(person)
    return found


def _name_seen(name: str) -> str:
    """A name as it is seen: its words in order of the alphabet, without rank, comma or initials."""
    return " ".join(sorted(word for word in words_of(skeleton(name)) if len(word) > 1 and word not in RANKS))


RANKS = {
    skeleton(rank) for rank in ("pc", "dc", "ps", "ds", "di", "dci", "supt", "det", "dsupt", "cmdr", "commander")
}


def _of_letters(domain: str) -> str:
    """A domain that is written as xn-- is shown in the letters for which that stands."""
    shown = in_letters(domain)
    return f"Its domain ({domain}) stands for {shown} in letters of other scripts." if shown != domain else ""
