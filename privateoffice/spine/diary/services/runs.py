"""The rows of one import: begun, added to batch by batch, ended with its counts."""

from dataclasses import dataclass

from django.db.models import F, Max

from privateoffice.foundations.clock import clock
from privateoffice.foundations.offices import scope
from privateoffice.foundations.offices.models import Office
from privateoffice.spine.diary.models import ImportItem, ImportRun


@dataclass
class Taken:
    """What an import did. `needs_a_look` counts what was read in this run, whether it is new or not."""

    read: int = 0
    new: int = 0
    unchanged: int = 0
    needs_a_look: int = 0
    outside: int = 0
    run: ImportRun | None = None

    @property
    def counts(self) -> dict[str, int]:
        return {name: getattr(self, name) for name in ("read", "new", "unchanged", "needs_a_look")}


def begin(office: Office, source: str, calendar: str, *, spool: str = "") -> ImportRun:
    """A new run with the office's next number."""
    Office.objects.select_for_update().get(pk=office.pk)
    with scope.acting_as_system("import", office=office):  # under cover other people's runs are not seen
        last = ImportRun.objects.filter(office=office).aggregate(last=Max("number"))["last"] or 0
    return ImportRun.objects.create(
        office=office,
        number=last + 1,
        source=source[:300] or "A calendar",
        calendar=calendar,
        begun_at=clock.now(),
        begun_by=scope.current().actor,
        spool=spool,
    )


def add(run: ImportRun, items: list[ImportItem]) -> None:
    """List items under a run, numbered in the order of their coming."""
    for number, item in enumerate(items, start=run.items.count() + 1):
        item.number = number
    ImportItem.objects.bulk_create(items, batch_size=500)
    ImportRun.objects.filter(pk=run.pk).update(listed=F("listed") + len(items))


def end(run: ImportRun, taken: Taken) -> None:
    """Write what the run did."""
    ImportRun.objects.filter(pk=run.pk).update(
        ended_at=clock.now(), spool="", original=run.original, **taken.counts
    )
    run.refresh_from_db()
