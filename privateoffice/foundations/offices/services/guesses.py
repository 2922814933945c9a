"""Wrong passwords: counted for each name and for each password, and slowed where either is tried too often.

The counts are rows of the database, so that several machines slow the same guesser. A try that has to wait is not
looked at: it costs nobody anything, and says nothing of whether the name exists.
"""

import hashlib
import hmac
from datetime import datetime, timedelta

from django.db.models import Max

from privateoffice.foundations.clock import clock
from privateoffice.foundations.offices import scope
from privateoffice.foundations.offices.models import Failure, User
from privateoffice.foundations.offices.verbs import fact, performing, trail
from privateoffice.settings import derived_key

FREE = 5
"""So many wrong passwords for a name, or names for a password, before anybody waits."""

COUNTED, KEPT = timedelta(hours=1), timedelta(days=30)
SHORTEST, LONGEST = timedelta(seconds=30), timedelta(minutes=15)


def must_wait(name: str, word: str) -> bool:
    """Whether this try comes too soon, because of its name or because of its password."""
    recent = Failure.objects.since(clock.now() - COUNTED)
    of_name = recent.of_name(_mark(name.lower(), 16))
    found = [(of_name.count(), of_name.aggregate(Max("at"))["at__max"])]
    found.append(recent.names_tried_with(_mark(word, 3)))
    return any(_opens_at(tries, last) > clock.now() for tries, last in found if tries >= FREE)


def _opens_at(tries: int, last: datetime) -> datetime:
    """Each further try doubles the wait: half a minute, one, two, to a quarter of an hour."""
    return last + min(LONGEST, SHORTEST * 2 ** min(tries - FREE, 10))


def note(name: str, word: str, place: str | None) -> None:
    """Keep that a wrong password was tried, and write it down once where somebody begins to be slowed."""
    Failure.objects.filter(at__lt=clock.now() - KEPT).delete()
    marks = {"name_mark": _mark(name.lower(), 16), "word_mark": _mark(word, 3)}
    Failure.objects.create(**marks, place=place, at=clock.now())
    recent = Failure.objects.since(clock.now() - COUNTED)
    if recent.of_name(marks["name_mark"]).count() == FREE:
        _write_down(User.objects.filter(email__iexact=name).select_related("person__office").first())
    if recent.names_tried_with(marks["word_mark"])[0] == FREE:
        _write_down(None)


def _write_down(user: User | None) -> None:
    """The same work whether the name is known or not, so that the time of an answer tells nothing."""
    person = user.person if user else None
    office = person.office if person else None
    with scope.acting_as_system("sign-in", office=office), performing("offices.slow_sign_in"):
        trail(
            office_id=office.pk if office else 0,
            person=fact(person.name if person else "names that it does not know, or one password for many names"),
        )


def untold(user: User) -> tuple[int, datetime | None]:
    """How many wrong passwords were tried with an account's name since its owner was last told, and when last."""
    found = Failure.objects.of_name(_mark(user.email.lower(), 16))
    return found.count(), found.aggregate(Max("at"))["at__max"]


def have_told(user: User) -> None:
    """The owner is in, and knows: their name is no longer slowed."""
    Failure.objects.of_name(_mark(user.email.lower(), 16)).update(told_at=clock.now())


def _mark(text: str, size: int) -> str:
    return hmac.new(derived_key("wrong passwords"), text.encode(), hashlib.sha256).digest()[:size].hex()
