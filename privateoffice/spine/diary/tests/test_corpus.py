"""Other people's calendars, taken in twice; the pages of what came of them open."""

import os
from collections import Counter
from pathlib import Path

import pytest
from django.test import Client

from privateoffice.foundations.offices import scope
from privateoffice.spine.diary import services
from privateoffice.spine.diary.models import Engagement, ImportItem, ImportRun, Occurrence

ROOT = (
    Path(os.environ.get("PRIVATE_OFFICE_CORPORA", Path(__file__).parents[5] / "shared" / "corpora")) / "calendar"
)
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not ROOT.is_dir(), reason="the corpora are not on this machine (PRIVATE_OFFICE_CORPORA)"),
]
EVERY = int(os.environ.get("PRIVATE_OFFICE_EVERY_PAGE", "10"))
"""Of the pages of engagements in order every tenth is opened, and each that needs a look; 1 opens all."""
EVERY_FILE = int(os.environ.get("PRIVATE_OFFICE_EVERY_CALENDAR", "8"))
"""Every eighth file in order is taken in: some hold thousands of engagements; 1 takes all."""

NO_CALENDARS = ("vcards", "recurrence-vectors")
SUMMARY = (
    "{files} files: {read} read, {new} new, {unchanged} unchanged, {needs_a_look} need a look; "
    "{engagements} engagements, {occurrences} occurrences, {listed} listed"
)


def files() -> list[Path]:
    return [path for path in sorted(ROOT.glob("*/*")) if path.parent.name not in NO_CALENDARS][::EVERY_FILE]


def taken() -> dict[str, int]:
    total = dict.fromkeys(("read", "new", "unchanged", "needs_a_look"), 0)
    for path in files():
        counts = services.take_in(path.read_bytes(), calendar=path.name, source=path.name).counts
        total = {name: total[name] + counts[name] for name in total}
    return total


def test_everything_is_taken_in_and_its_pages_open(cast, capsys):
    with scope.acting(cast.pa, office=cast.homicide):
        first = taken()
        before = (Engagement.objects.count(), Occurrence.objects.count(), ImportItem.objects.count())
        second = taken()
        after = (Engagement.objects.count(), Occurrence.objects.count(), ImportItem.objects.count())
        shown = Engagement.objects.in_brief().order_by("pk")
        places = [one.get_absolute_url() for n, one in enumerate(shown) if one.needs_a_look or n % EVERY == 0]
        listing = ImportRun.objects.filter(listed__gt=0).select_related("office")
        places += [run.get_absolute_url() for run in listing]
        lost = [one.reference for one in Engagement.objects.filter(original=None)]
        outcomes = Counter(ImportItem.objects.values_list("outcome", flat=True))
        unread = [item.reasons for item in ImportItem.objects.filter(title="Part of the file")]
    with capsys.disabled():
        said = dict(zip(("engagements", "occurrences", "listed"), before, strict=True))
        print("\n" + SUMMARY.format(files=len(files()), **first, **said), dict(outcomes))  # noqa: T201
    assert (second, after) == ({**first, "new": 0, "unchanged": first["read"]}, before)
    assert (lost, unread) == ([], [])
    pa = Client()
    pa.force_login(cast.pa)
    assert [place for place in places if pa.get(place).status_code != 200] == []
