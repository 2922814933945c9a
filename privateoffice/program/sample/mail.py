"""The Commander's mailbox: three months of letters written as mail programs write them, taken in by the verb."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from privateoffice.connectors.mail.sources import Found
from privateoffice.connectors.mail.writing import Attached, Outgoing, Person, compose
from privateoffice.foundations.clock import clock
from privateoffice.program.sample.callers import Callers
from privateoffice.program.sample.cast import Cast
from privateoffice.program.sample.days import Days
from privateoffice.program.sample.past import Past
from privateoffice.program.sample.sorting import Sorter
from privateoffice.program.sample.words import fields, sentences
from privateoffice.spine.correspondence import services
from privateoffice.spine.correspondence.models import Conversation, Message

PART = "mail"
CONVERSATIONS = 100
PULLS_AGO = (60, 40, 20, 5)
"""Days ago on which the mailbox was read, besides now."""

UNANSWERED, AGAIN = 0.12, 0.25
SOURCE = "The Commander’s mailbox (sample)"
EXTRACT = b"Unit,Strength,Changed\r\nMIT 91,24,2\r\nMIT 92,23,0\r\n"


@dataclass(frozen=True)
class Letter:
    """One message, and when it came."""

    at: datetime
    raw: bytes
    place: str

    @property
    def found(self) -> Found:
        return Found(self.raw, self.place, "eml", Path(self.place), size=len(self.raw))


class Mailbox:
    """What one office wrote and was written."""

    def __init__(self, past: Past, cast: Cast, days: Days, callers: Callers):
        self.past, self.cast, self.days, self.callers = past, cast, days, callers
        self.dice = days.dice
        self.us = _office_of(cast)
        self.letters: list[Letter] = []

    def plan(self, scale: float) -> None:
        """Write it all, then read the mailbox on some days of the past and now."""
        said = sentences("mail")
        how_many = max(len(said), int(CONVERSATIONS * scale))
        for place in range(how_many):
            self._write(said[place % len(said)], self.days.before(self.dice.randrange(1, 62)))
        self._write_awkward()
        since = datetime.min.replace(tzinfo=self.past.now.tzinfo)
        moments = [self.past.now - timedelta(days=ago) for ago in (PULLS_AGO if scale >= 1 else PULLS_AGO[-1:])]
        for until in (*moments, self.past.now - timedelta(seconds=1)):
            batch = sorted((x for x in self.letters if since < x.at <= until), key=lambda x: x.at)
            self._act(until, lambda batch=batch: take_in(batch))
            since = until
        Sorter(self.past, self.cast, self.days).plan([*moments, self.past.now - timedelta(minutes=6)])

    def _write(self, said: dict[str, str], at: datetime) -> None:
        """A conversation of one to three letters; some of those that want an answer still wait for it."""
        who = self.callers.one(said["from"])
        chosen = fields(self.dice, self.cast.plan.units, who.organisation)
        texts = {key: text.format_map(chosen) for key, text in said.items()}
        them = Person(who.email, who.name)
        subject = texts["subject"][0].upper() + texts["subject"][1:]
        papers = (Attached("extract.csv", "text/csv", EXTRACT),) if "attached" in texts["first"] else ()
        first = self._add(at, them, self.us, subject, _signed(texts["first"], who.name), papers=papers)
        if not texts["reply"] or self.dice.random() < UNANSWERED:
            return
        answered = self.days.after(at, self.dice.randrange(0, 4))
        words = _signed(texts["reply"], f"{self.cast.pa.name}\nfor {self.cast.commander.ranked_name}")
        second = self._add(answered, self.us, them, f"Re: {subject}", words, thread=(first,))
        if texts["second"] and self.dice.random() < AGAIN:
            words = _signed(texts["second"], who.name)
            again = self.days.after(answered, self.dice.randrange(0, 3))
            self._add(again, them, self.us, f"Re: {subject}", words, thread=(first, second))

    def _write_awkward(self) -> None:
        """What no mailbox is without: a marked subject, an automatic answer, names that need care."""
        held = "OFFICIAL-SENSITIVE: Confidential word about a posting"
        text = "Could we speak in private this week? Please do not pass this on."
        self._add(
            self.days.before(2), Person("l.wyrembek@example.org", "Łukasz O’Wyrembek-Ünal"), self.us, held, text
        )
        away = "I am out of the office until Monday. In urgent cases ring 020 7946 0155."
        who = Person("conor.oraghallmore@example.net", "Conor Ó Raghallmore")
        self._add(self.days.before(3), who, self.us, "Automatic reply: Partnership board", away, is_automatic=True)
        self._add(
            self.days.ago(35),
            Person("d.arcambal@example.com", "Zoë D’Arcambal"),
            self.us,
            "",
            "Did this reach you?",
        )

    def _add(
        self,
        at: datetime,
        author: Person,
        to: Person,
        subject: str,
        text: str,
        *,
        thread: tuple[str, ...] = (),
        papers: tuple[Attached, ...] = (),
        is_automatic: bool = False,
    ) -> str:
        """Write one letter, unless it lies ahead; returns its Message-ID."""
        key = f"<{self.dice.getrandbits(64):016x}@{author.address.partition('@')[2]}>"
        if at <= self.past.now:
            raw = compose(
                Outgoing(
                    author=author,
                    to=[to],
                    subject=subject,
                    text=text,
                    message_id=key,
                    date=clock.london(at).replace(microsecond=0),
                    in_reply_to=thread[-1] if thread else "",
                    references=thread,
                    attachments=papers,
                    is_automatic=is_automatic,
                )
            )
            folder = "Sent Items" if author is self.us else "Inbox"
            self.letters.append(Letter(at, raw, f"{folder}/{len(self.letters) + 1:04d}.eml"))
        return key

    def _act(self, at: datetime, do: Callable[[], object]) -> None:
        self.past.plan(PART, at, self.cast.office, self.cast.pa, do)


def take_in(letters: Iterable[Letter]) -> None:
    services.take_in([letter.found for letter in letters], source=SOURCE)


def conversation_of(cast: Cast, who: Person, subject: str, text: str) -> Conversation:
    """One letter that arrives at this moment, and the conversation that it begins."""
    key = _key(subject)
    take_in([_written(who, _office_of(cast), subject, text, key)])
    return Message.objects.select_related("record").get(message_id__contains=key.strip("<>")).record


def answer(cast: Cast, conversation: Conversation, to: Person, text: str) -> None:
    """Our answer to a conversation, as it lies in the mailbox once it was sent."""
    first = conversation.messages.get(number=1)
    subject = f"Re: {first.subject}"
    take_in([_written(_office_of(cast), to, subject, text, _key(subject), f"<{first.message_id.strip('<>')}>")])


def answer_to_us(cast: Cast, who: Person, subject: str, text: str, asked: str) -> None:
    """A mail that answers a letter of ours, as it comes in at this moment."""
    take_in(
        [
            _written(
                who, _office_of(cast), subject, f"{text}\n\n{who.name}\n", _key(subject), f"<{asked.strip('<>')}>"
            )
        ]
    )


def _office_of(cast: Cast) -> Person:
    return Person(cast.office.email, cast.commander.ranked_name)


def _key(subject: str) -> str:
    words = re.sub("[^a-z0-9]+", ".", subject.lower()).strip(".")
    return f"<{words}.{clock.now():%Y%m%d%H%M%S}@example.org>"


def _written(author: Person, to: Person, subject: str, text: str, key: str, answers: str = "") -> Letter:
    at = clock.now()
    raw = compose(
        Outgoing(
            author=author,
            to=[to],
            subject=subject,
            text=text,
            message_id=key,
            date=clock.london(at).replace(microsecond=0),
            in_reply_to=answers,
            references=(answers,) if answers else (),
        )
    )
    return Letter(at, raw, f"{at:%Y%m%d%H%M%S}.eml")


def _signed(text: str, name: str) -> str:
    return text.replace(" / ", "\n\n") + f"\n\n{name}\n"
