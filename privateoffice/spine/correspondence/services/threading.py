"""Which messages belong to one conversation: by the Message-IDs that they name, else by subject and people."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from privateoffice.connectors.mail.threads import chain, is_reply, plain_subject
from privateoffice.spine.correspondence.models import Conversation, ConversationQuerySet, Strand

STRANDS = 20
MOST_PEOPLE = 50
MOST_LEAPS = 10
NEAR = timedelta(days=90)
"""A reply that names no other message joins a conversation of its subject that is no farther away."""


def strand_of(message_id: str) -> str:
    """The digest of a Message-ID, angle brackets and all, by which conversations find each other."""
    return hashlib.sha256(message_id.encode("utf-8", "replace")).hexdigest()[:32]


@dataclass
class Letter:
    """What threading needs to know of one message."""

    told: dict[str, Any]
    at: datetime
    people: set[str]
    place: int  # of the message in its batch

    @property
    def keys(self) -> list[str]:
        """The first and the last strands of its chain, its own among them."""
        ids = chain(self.told)
        kept = ids if len(ids) <= STRANDS else [ids[0], *ids[1 - STRANDS :]]
        return [strand_of(one) for one in kept]

    @property
    def subject_key(self) -> str:
        return plain_subject(self.told["subject"])[:200]

    @property
    def is_lost(self) -> bool:
        """Whether it answers something and does not say what."""
        return not (self.told["references"] or self.told["in_reply_to"]) and is_reply(self.told["subject"])


@dataclass
class Thread:
    """A conversation, held already or about to be made, and what this batch adds to it."""

    conversation: Conversation | None = None
    letters: list[Letter] = field(default_factory=list)
    keys: set[str] = field(default_factory=set)
    people: set[str] = field(default_factory=set)
    first_at: datetime | None = None
    last_at: datetime | None = None

    def add(self, letter: Letter) -> None:
        self.letters.append(letter)
        self.keys.update(letter.keys)
        self.people |= letter.people
        self.first_at = min(filter(None, (self.first_at, letter.at)))
        self.last_at = max(filter(None, (self.last_at, letter.at)))

    def is_near(self, letter: Letter) -> bool:
        if self.first_at is None or self.last_at is None or not self.people & letter.people:
            return False
        return self.first_at - NEAR <= letter.at <= self.last_at + NEAR


class Loom:
    """The threads that a batch of letters makes up or joins."""

    def __init__(self, letters: list[Letter], box: str = ""):
        self.box = box
        self.threads: list[Thread] = []
        self.by_key: dict[str, Thread] = {}
        self.by_subject: dict[str, list[Thread]] = {}
        self.decided: set[str] = set()
        self.led_here: dict[str, list[str]] = {}
        self._take_up_held(letters)
        for letter in letters:
            self._weave(letter)

    def _take_up_held(self, letters: list[Letter]) -> None:
        """Begin with what is held already; of two conversations that hold one strand the older goes on."""
        keys = {key for letter in letters for key in letter.keys}
        strands = Strand.objects.filter(key__in=keys, record__box=self.box).order_by("is_decided", "-record_id")
        rows = list(strands.values_list("key", "record_id", "is_decided"))
        owners = {key: record_id for key, record_id, _ in rows}
        self.decided = {key for key, _, is_decided in rows if is_decided}
        lost = {letter.subject_key for letter in letters if letter.is_lost and letter.subject_key}
        of_box = Conversation.objects.filter(box=self.box)
        known = list(of_box.filter(pk__in=set(owners.values())))
        known += of_box.with_messages().filter(subject_key__in=lost).exclude(pk__in=[c.pk for c in known])
        known += self._homes_of_merged(of_box, lost, known)
        held = {conversation.pk: _thread_of(conversation) for conversation in known}
        self.by_key = {key: held[pk] for key, pk in owners.items() if pk in held}
        for conversation in sorted(known, key=lambda one: one.last_at, reverse=True):
            for subject in (conversation.subject_key, *self.led_here.get(conversation.reference, ())):
                self.by_subject.setdefault(subject, []).append(held[conversation.pk])
        self.decided &= self.by_key.keys()
        self.threads = list(held.values())

    def _homes_of_merged(
        self, of_box: ConversationQuerySet, lost: set[str], known: list[Conversation]
    ) -> list[Conversation]:
        """The conversations into which those of such a subject were merged: a lost reply follows them there."""
        for one in of_box.filter(subject_key__in=lost).exclude(went_to="").defer("people"):
            self.led_here.setdefault(home_of(one), []).append(one.subject_key)
        return list(of_box.filter(reference__in=self.led_here).exclude(pk__in=[one.pk for one in known]))

    def _weave(self, letter: Letter) -> None:
        thread = self._thread_for(letter)
        thread.add(letter)
        self.by_key.update(dict.fromkeys(thread.keys - self.decided, thread))
        named = self.by_subject.setdefault(letter.subject_key, [])
        if all(one is not thread for one in named):
            named.insert(0, thread)

    def _thread_for(self, letter: Letter) -> Thread:
        decided = [key for key in letter.keys if key in self.decided]
        if decided:
            return self.by_key[decided[-1]]
        found = list({id(t): t for key in letter.keys if (t := self.by_key.get(key))}.values())
        if not found and letter.is_lost and letter.subject_key:
            found = [one for one in self.by_subject.get(letter.subject_key, []) if one.is_near(letter)][:1]
        if not found:
            self.threads.append(Thread())
            return self.threads[-1]
        first = min(found, key=lambda one: one.conversation.pk if one.conversation else float("inf"))
        for other in found:
            if other is not first and other.conversation is None:
                self._tie(other, first)
        return first

    def _tie(self, other: Thread, first: Thread) -> None:
        """This letter shows that two threads are one."""
        for letter in other.letters:
            first.add(letter)
        self.by_key.update(dict.fromkeys(other.keys, first))
        self.threads = [one for one in self.threads if one is not other]
        for named in self.by_subject.values():
            named[:] = [one for one in named if one is not other]


def threaded(letters: list[Letter], box: str = "") -> list[Thread]:
    """The threads that the letters make up or join, among the conversations of one box."""
    return [thread for thread in Loom(letters, box).threads if thread.letters]


def home_of(merged: Conversation) -> str:
    """The reference of the conversation where the mail of a merged one lies now, however often it went on."""
    home = merged.went_to
    for _ in range(MOST_LEAPS):
        on = Conversation.objects.filter(reference=home).values_list("went_to", flat=True).first()
        if not on:
            break
        home = on
    return home


def people_of(told: dict[str, Any], ours: frozenset[str]) -> set[str]:
    """Who writes and is written to, but for ourselves."""
    named: Iterable[dict[str, str]] = [told["from"] or {}, *told["to"], *told["cc"]]
    people = {one.get("address", "").lower() for one in named} - ours - {""}
    return set(sorted(people)[:MOST_PEOPLE])


def _thread_of(conversation: Conversation) -> Thread:
    return Thread(
        conversation,
        people=set(conversation.people),
        first_at=conversation.first_at,
        last_at=conversation.last_at,
    )
