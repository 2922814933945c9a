"""The laws and customs of rotas as dated data, each with the text it comes from.

A unit takes `catalogue(day)` as it starts, changes numbers and prices, and keeps its own rows. What a kind of rule
means is said once here in words, tested once in the solver and once, apart, in the checker.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from .model import COURSE, COURT, LEAVE, NIGHT, OFFICERS, RESTRICTED, SICK, STAFF, Rule

WORKING_TIME = "Working Time Regulations 1998"
POLICE = "Police Regulations 2003, regulation 22 and annexes"
CUSTOM = "Custom of the unit"
SINCE_WORKING_TIME = date(1998, 10, 1)
SINCE_POLICE = date(2003, 4, 1)


@dataclass(frozen=True)
class Kind:
    """What a rule of this kind says, with its numbers in braces, and what each number is called on a page."""

    says: str
    numbers: Mapping[str, str]


def _kind(says: str, **numbers: str) -> Kind:
    return Kind(says, MappingProxyType(numbers))


KINDS: Mapping[str, Kind] = MappingProxyType(
    {
        "one-at-a-time": _kind("Nobody does two duties at once."),
        "in-post": _kind("Nobody is on duty before or after their time in post."),
        "away": _kind("Nobody is on duty on a day on which they are away: {words}."),
        "skills": _kind("Each skill that the duty needs is in date on every day of it."),
        "ranks": _kind("Only the ranks that the duty names do it."),
        "pattern": _kind("Nobody is on duty on a day that their working pattern leaves free."),
        "restrictions": _kind("Nobody does a night, weekend or bank holiday from which they are excused."),
        "rest": _kind("{minutes} minutes of rest lie between two tours.", minutes="Minutes of rest"),
        "weekly-rest": _kind(
            "Each week has {minutes} minutes of rest in one piece, or its fortnight {fortnight_minutes}.",
            minutes="Minutes in a week",
            fortnight_minutes="Minutes in a fortnight",
        ),
        "average-hours": _kind(
            "No more than {minutes_a_week} minutes of work a week on average over {weeks} weeks.",
            minutes_a_week="Minutes a week",
            weeks="Weeks",
        ),
        "followers": _kind(
            "A duty that may not follow another does not begin within {days} days of its last day.", days="Days"
        ),
        "weeks-running": _kind("Nobody is on duty in more than {weeks} weeks running.", weeks="Weeks"),
        "of-blocks": _kind("Nobody has more than {at_most} of any {of} blocks.", at_most="At most", of="Of"),
        "at-most": _kind("Nobody has more than {duties} duties in {days} days.", duties="Duties", days="Days"),
        "at-most-credits": _kind(
            "Nobody has more than {at_most} of these in the rota: {words}.", at_most="At most"
        ),
        "runs-of-days": _kind(
            "Nobody is on duty for fewer than {shortest} or more than {longest} days running, "
            "and then {rest} days are free.",
            shortest="Fewest days running",
            longest="Most days running",
            rest="Free days after them",
        ),
        "weekends-worked": _kind(
            "Nobody is on duty on more than {at_most} weekends of the rota.", at_most="Weekends"
        ),
        "together": _kind("Of these people no more than {at_most} are on at the same time.", at_most="At most"),
        "company": _kind("These people are on only beside somebody else who has the skill: {words}."),
        "notice": _kind(
            "A published duty does not change with less than {days} clear days of notice.", days="Clear days"
        ),
        "holiday-notice": _kind(
            "Nobody is put on a bank holiday of theirs with less than {days} clear days of notice.",
            days="Clear days",
        ),
        "publication": _kind("The rota is published {days} days before it begins.", days="Days"),
    }
)

NEVER_FREE = (LEAVE, COURT, COURSE, SICK, RESTRICTED)
"""The kinds of absence that the rule `away` names in the catalogue."""

RULES: tuple[Rule, ...] = (
    Rule("one-at-a-time", "one-at-a-time", "One duty at a time", "Plain sense"),
    Rule("in-post", "in-post", "In post", "The staff directory"),
    Rule("ranks", "ranks", "Rank", CUSTOM),
    Rule("skills", "skills", "Skill in date", "Training records of the force"),
    Rule("sick", "away", "Not while sick", "Plain sense", words=(SICK,)),
    Rule("leave", "away", "Not on leave", f"{POLICE}: leave granted is kept", words=(LEAVE,), waiver=5000),
    Rule("court", "away", "Not on a court day", "Witness warning", words=(COURT,)),
    Rule("course", "away", "Not on a course", CUSTOM, words=(COURSE,), waiver=3000),
    Rule("restricted", "away", "Not on restricted days", "Occupational health advice", words=(RESTRICTED,)),
    Rule("pattern", "pattern", "Working pattern", f"{POLICE}: part-time pattern as agreed", waiver=3000),
    Rule("restrictions", "restrictions", "Restricted duties", "Occupational health advice"),
    Rule(
        "rest-11",
        "rest",
        "11 hours of rest between tours",
        f"{WORKING_TIME}, daily rest; {POLICE}. Where an exception allows less, it is owed back",
        {"minutes": 660},
        waiver=2000,
        valid_from=SINCE_WORKING_TIME,
    ),
    Rule(
        "weekly-rest",
        "weekly-rest",
        "24 hours of rest a week, or 48 a fortnight",
        f"{WORKING_TIME}, weekly rest; the week begins on Monday",
        {"minutes": 1440, "fortnight_minutes": 2880},
        waiver=2000,
        valid_from=SINCE_WORKING_TIME,
    ),
    Rule(
        "average-48",
        "average-hours",
        "48 hours a week on average over 17 weeks",
        f"{WORKING_TIME}, maximum weekly working time; does not bind who opted out in writing",
        {"minutes_a_week": 2880, "weeks": 17},
        waiver=4000,
        valid_from=SINCE_WORKING_TIME,
    ),
    Rule("followers", "followers", "What may follow", CUSTOM, {"days": 1}, waiver=300),
    Rule("weeks-running", "weeks-running", "No two weeks running", CUSTOM, {"weeks": 1}, waiver=300),
    Rule("two-of-three", "of-blocks", "At most 2 of 3 blocks", CUSTOM, {"at_most": 2, "of": 3}, waiver=400),
    Rule(
        "publication",
        "publication",
        "Published one month before it begins",
        f"{POLICE}: rosters of constables and sergeants, one month before the start",
        {"days": 28},
        words=("constable", "sergeant"),
        waiver=0,
        valid_from=SINCE_POLICE,
    ),
    Rule(
        "notice",
        "notice",
        "Notice of a change",
        f"{POLICE}: later changes need exigencies of duty, own request or agreement; told at once",
        {"days": 7},
        waiver=50,
        valid_from=SINCE_POLICE,
    ),
    Rule(
        "holiday-notice-officers",
        "holiday-notice",
        "15 clear days' notice of a public holiday",
        f"{POLICE}: under 15 clear days needs the authority of a chief officer",
        {"days": 15},
        words=(OFFICERS,),
        waiver=200,
        valid_from=SINCE_POLICE,
    ),
    Rule(
        "holiday-notice-staff",
        "holiday-notice",
        "Notice of a bank holiday to staff",
        "Staff handbook of the force: agreed beforehand; the number is the unit's",
        {"days": 28},
        words=(STAFF,),
        waiver=100,
    ),
)

BY_THE_DAY: tuple[Rule, ...] = (
    Rule(
        "runs-of-days",
        "runs-of-days",
        "Days running and days free",
        f"{CUSTOM}; {WORKING_TIME}, adequate rest",
        {"shortest": 2, "longest": 5, "rest": 2},
        waiver=300,
    ),
    Rule("weekends-worked", "weekends-worked", "Weekends worked", CUSTOM, {"at_most": 3}, waiver=300),
    Rule("most-nights", "at-most-credits", "Nights in a rota", CUSTOM, {"at_most": 8}, words=(NIGHT,), waiver=300),
)
"""More rules, for rotas whose people have several duties in a week."""

ONLY_BY_BLOCKS = frozenset({"weeks-running", "two-of-three"})
"""The rules of `RULES` that say nothing sensible of duties of one day."""


def catalogue(on: date) -> tuple[Rule, ...]:
    """The rules that hold on this day."""
    return tuple(each for each in RULES if (each.valid_from or on) <= on <= (each.valid_until or on))


def in_words(rule: Rule) -> str:
    """The rule as a sentence, with its own numbers."""
    return KINDS[rule.kind].says.format(**rule.numbers, words=", ".join(rule.words) or "any")
