"""What an office keeps for its letters: agreed lines, templates, rules that sort, and a reply just begun."""

from collections.abc import Callable
from datetime import timedelta

from privateoffice.foundations.clock import clock
from privateoffice.foundations.offices.roles import Role
from privateoffice.program.sample.cast import Cast
from privateoffice.program.sample.days import Days
from privateoffice.program.sample.past import Past
from privateoffice.program.sample.words import sentences
from privateoffice.spine.correspondence import services as correspondence
from privateoffice.spine.correspondence.models import Ask, Way
from privateoffice.spine.letters import services as letters

PART = "writing"
RULES = (
    {"name": "Automatic replies", "words": "automatic reply", "way": Way.NO_ACTION},
    {
        "name": "Extracts of figures",
        "words": "extract",
        "way": Way.ACTION,
        "owner_role": Role.STAFF_OFFICER,
        "days": 3,
    },
)
TRIED_ONLY = {"name": "Minutes to be kept", "words": "minutes", "way": Way.FILED, "filed_as": "correspondence"}
BEGUN = "Thank you for writing. I have asked the unit, and will write again by Friday."


def plan(past: Past, cast: Cast, days: Days) -> None:
    """Two months ago the lines and templates, two weeks ago the rules, and a reply just now."""

    def act(at, do: Callable[[], object]) -> None:
        past.plan(PART, at, cast.office, cast.pa, do)

    act(days.before(40), _keep_words)
    act(days.before(10), _keep_rules)
    act(past.now, _begin_a_reply)


def _keep_words() -> None:
    for row in sentences("lines"):
        said = {name: row[name] for name in ("title", "terms", "owner_role", "text")}
        letters.keep_line(**said, until_on=clock.today() + timedelta(days=60 + int(row["days"])))
    for row in sentences("templates"):
        letters.keep_template(**row | {"text": row["text"].replace(" / ", "\n\n")})


def _keep_rules() -> None:
    for said in RULES:
        rule = correspondence.try_rule(correspondence.keep_rule(**said))
        correspondence.switch_on(rule)
    correspondence.try_rule(correspondence.keep_rule(**TRIED_ONLY))


def _begin_a_reply() -> None:
    """To the oldest that still waits for somebody to deal with it."""
    waiting = Ask.objects.to_sort(clock.now()).select_related("record__office", "message").order_by("at", "pk")
    for ask in [ask for ask in waiting[:5] if not ask.record.is_sensitive and ask.message.from_address][:1]:
        draft = letters.answer(ask)
        letters.write(draft, seen=draft.version, text=BEGUN)
