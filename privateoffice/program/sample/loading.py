"""Loading the sample office: all of it or, where anything fails, none."""

from collections import Counter
from datetime import datetime, timedelta
from random import Random

from django.db import transaction

from privateoffice.foundations.clock import clock
from privateoffice.foundations.offices.models import Office
from privateoffice.foundations.records import search
from privateoffice.program.sample import (
    actions,
    alive,
    approvals,
    covers,
    diary,
    following,
    mail,
    mailboxes,
    matters,
    office_cover,
    rotas,
    staff,
    writing,
)
from privateoffice.program.sample.callers import Callers
from privateoffice.program.sample.cast import Cast, open_offices
from privateoffice.program.sample.days import Days
from privateoffice.program.sample.enquiries import Writer
from privateoffice.program.sample.ledger import Ledger
from privateoffice.program.sample.living import Life
from privateoffice.program.sample.past import Past

SEED = 1126
LONG_AGO = timedelta(days=400)
NEW = timedelta(days=5)
"""Enquiries as new as this, and all with a turn in them, are lived one by one."""

CALLERS = 420
PARTS = ("enquiries", "actions", "approvals", "matters", "mail", "diary", "rotas", "writing", "following")


class AlreadyAnOffice(Exception):
    """There is an office here already, and the sample is only ever loaded into an empty house."""


@transaction.atomic
def load(seed: int = SEED, scale: float = 1.0) -> Counter[str]:
    """Load the sample as of now; returns the seconds that each part took. The same seed gives the same sample."""
    if Office.objects.exists():
        raise AlreadyAnOffice(str(AlreadyAnOffice.__doc__))
    now = clock.now()
    past = Past(now)
    with past.timed("offices and people"), clock.stopped_at(now - LONG_AGO):
        casts = open_offices()
        staff.recruit(casts, Random(f"{seed} staff"), scale, clock.day_of(now))
        mailboxes.set_up(casts)
    for cast in casts:
        with past.timed("planning"):
            _plan(past, cast, seed, scale, now)
    covers.plan(past, casts)
    office_cover.plan(past, casts, Days(now, Random(f"{seed} office cover")))
    with search.indexed_at_the_end():
        past.live()
    return past.seconds


def _plan(past: Past, cast: Cast, seed: int, scale: float, now: datetime) -> None:
    """Plan what happened in one office. Each part has dice of its own, so that one can grow alone."""
    days = {part: Days(now, Random(f"{seed} {cast.plan.slug} {part}")) for part in PARTS}
    callers = Callers(days["enquiries"].dice, max(20, int(CALLERS * scale)))
    _plan_enquiries(past, cast, days["enquiries"], callers, scale)
    actions.Register(past, cast, days["actions"], staff.leaver_of(cast)).plan(scale)
    approvals.Desk(past, cast, days["approvals"], callers).plan(scale)
    matters.plan(past, cast, days["matters"], callers, scale)
    mail.Mailbox(past, cast, days["mail"], callers).plan(scale)
    diary.Calendar(past, cast, days["diary"]).plan(scale)
    rotas.Roster(past, cast, days["rotas"]).plan(scale)
    writing.plan(past, cast, days["writing"])
    following.plan(past, cast, days["following"], callers)


def _plan_enquiries(past: Past, cast: Cast, days: Days, callers: Callers, scale: float) -> None:
    writer = Writer(cast, days, callers)
    courses = writer.courses(scale)
    old = [course for course in courses if course.received_at < days.now - NEW]
    new = [course for course in courses if course.received_at >= days.now - NEW]
    Ledger(past, cast, old).plan()
    for course in [*new, *alive.courses(writer)]:
        Life(past, cast, days, course).plan()
