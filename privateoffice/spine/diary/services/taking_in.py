"""Taking a calendar in: each item kept byte for byte, once, and what is odd about it listed by name."""

import hashlib
from collections import defaultdict

from privateoffice.foundations.offices import policy, scope
from privateoffice.foundations.offices.models import Office
from privateoffice.foundations.offices.verbs import performing, trail
from privateoffice.foundations.records import search
from privateoffice.foundations.records import services as records
from privateoffice.foundations.records.models import Original
from privateoffice.spine.diary.models import Engagement, ImportItem, ImportRun
from privateoffice.spine.diary.services import ahead, runs
from privateoffice.spine.diary.services.judging import Judgement, Outcome, judge
from privateoffice.spine.diary.services.reading import Item, Reading, read
from privateoffice.spine.diary.services.renewing import renew
from privateoffice.spine.diary.services.rows import row_of
from privateoffice.spine.diary.services.runs import Taken

VERB = "diary.take_in"
BATCH = 500

Key = tuple[str, str]
Held = dict[Key, list[Engagement]]


def take_in(raw: bytes, *, calendar: str = "", source: str = "", run: ImportRun | None = None) -> Taken:
    """Take a calendar file in: what is held already is unchanged; what is damaged is kept, listed, stops nothing.

    `calendar` names the calendar that it belongs to (the file's own name where nothing is said): the same
    name of an engagement in two calendars is two engagements. Each batch is one transaction and the run one
    line of the trail. It reads and writes as the system, for an import must see what is there already, even
    where whoever began it stands in for somebody and sees less.
    """
    policy.require(VERB)
    office = scope.current().office
    if office is None:
        raise scope.NoScope
    reading = read(raw)
    calendar = (calendar or reading.name)[:200]
    with performing(VERB):
        run = run or runs.begin(office, source, calendar)
    taken = Taken(run=run)
    made: set[int] = set()
    for batch in ahead.in_batches(_together(reading.items), BATCH):
        with performing(VERB), scope.acting_as_system("import", office=office):
            _keep(batch, calendar, run, made, taken)
    with performing(VERB), scope.acting_as_system("import", office=office):
        _list_the_file(raw, reading, run, taken)
    ahead.work_out(office)
    with performing(VERB):
        runs.end(run, taken)
        trail(office_id=office.pk, **taken.counts, outside=taken.outside)
    return taken


def _together(items: list[Item]) -> list[Item]:
    """The items of one name beside each other, in the order of the file otherwise."""
    first: dict[str, int] = {}
    for place, item in enumerate(items):
        first.setdefault(item.key[0], place)
    return sorted(items, key=lambda item: first[item.key[0]])


def _keep(batch: list[Item], calendar: str, run: ImportRun, made: set[int], taken: Taken) -> None:
    """Write one batch. The office's row is held, so that two imports of one calendar wait for each other."""
    Office.objects.select_for_update().get(pk=run.office_id)
    batch, doubled = _each_once(batch)
    held = _held(batch, calendar)
    listed = _listed(batch)
    digests = {item.digest for item in batch}
    made |= {one.pk for versions in held.values() for one in versions if one.digest in digests}
    judged = [judge(item, held.get(item.key, []), listed, made) for item in batch]
    originals = _originals([one.item for one in judged if not one.is_known and not one.item.is_above_ceiling])
    references = _write(judged, calendar, originals, made)
    _wake(judged, calendar)
    runs.add(
        run, [_listing(one, run, originals, references) for one in judged if one.outcome and not one.is_known]
    )
    _count(judged, doubled, taken)


def _each_once(batch: list[Item]) -> tuple[list[Item], int]:
    """Without the items that are there twice, letter for letter; and how many those are."""
    once = {(item.key, item.told["method"], item.digest): item for item in reversed(batch)}
    return list(reversed(once.values())), len(batch) - len(once)


def _held(batch: list[Item], calendar: str) -> Held:
    held: Held = defaultdict(list)
    rows = Engagement.objects.filter(calendar=calendar, uid__in={item.key[0] for item in batch})
    for one in rows.defer("description").order_by("pk"):
        held[(one.uid, one.recurrence_id)].append(one)
    return held


def _listed(batch: list[Item]) -> set[str]:
    digests = [item.digest for item in batch]
    return set(ImportItem.objects.filter(digest__in=digests).values_list("digest", flat=True))


def _originals(items: list[Item]) -> dict[str, Original]:
    kept = records.keep_originals([item.raw for item in items])
    return {item.digest: original for item, original in zip(items, kept, strict=True)}


def _write(
    judged: list[Judgement], calendar: str, originals: dict[str, Original], made: set[int]
) -> dict[str, str]:
    """Make what is new, renew what is older; returns the reference of each by its digest."""
    new = [one for one in judged if one.goes_in]
    rows = [row_of(one.item, calendar, originals[one.item.digest]) for one in new]
    engagements = records.make_many(Engagement, rows)
    search.index_many(engagements)
    made |= {one.pk for one in engagements}
    renewed = [
        renew(one.renews, row=row_of(one.item, calendar, originals[one.item.digest]))
        for one in judged
        if one.renews and not one.is_known
    ]
    return {one.digest: one.reference for one in (*engagements, *renewed)}


def _wake(judged: list[Judgement], calendar: str) -> None:
    """The times of a series are worked out again when anything of it is new."""
    uids = {one.item.key[0] for one in judged if one.renews or one.goes_in}
    Engagement.objects.filter(calendar=calendar, uid__in=uids).update(shown_until=None)


def _listing(
    one: Judgement, run: ImportRun, originals: dict[str, Original], references: dict[str, str]
) -> ImportItem:
    item = one.item
    is_outside = one.outcome == Outcome.HELD_OUTSIDE
    return ImportItem(
        office_id=run.office_id,
        run=run,
        outcome=one.outcome,
        line=item.told["line"],
        title="" if is_outside else item.open_title,
        reference=references.get(item.digest, ""),
        digest=item.digest,
        size=len(item.raw),
        reasons=one.reasons,
        is_open=not (is_outside or item.is_private or item.marking > 1),
        original=originals.get(item.digest),
    )


def _count(judged: list[Judgement], doubled: int, taken: Taken) -> None:
    taken.read += len(judged) + doubled
    taken.new += sum(not one.is_known for one in judged)
    taken.unchanged += sum(one.is_known for one in judged) + doubled
    taken.needs_a_look += sum(bool(one.outcome) for one in judged)
    taken.outside += sum(one.outcome == Outcome.HELD_OUTSIDE for one in judged)


def _list_the_file(raw: bytes, reading: Reading, run: ImportRun, taken: Taken) -> None:
    """Keep the file, and list what was wrong with it as a whole and what could not be read at all."""
    run.original = records.keep_original(raw) if reading.may_be_kept else None
    rows = [_unread(piece, words, run) for piece, words in reading.unread]
    faults = [f"Line {one['line']:,}: {one['words']}" for one in reading.faults if one["look"]]
    if faults:
        is_open = not any(item.is_private or item.marking > 1 for item in reading.items)
        reasons = faults if is_open and reading.may_be_kept else ["Some lines of the file could not be read."]
        rows.append(
            ImportItem(
                office_id=run.office_id,
                run=run,
                outcome=Outcome.UNREAD,
                title="The file itself",
                digest=hashlib.sha256(raw).hexdigest(),
                size=len(raw),
                reasons=reasons,
                is_open=is_open and reading.may_be_kept,
                original=run.original,
            )
        )
    known = set(ImportItem.objects.filter(digest__in=[r.digest for r in rows]).values_list("digest", flat=True))
    runs.add(run, [row for row in rows if row.digest not in known])
    taken.read += len(reading.unread)
    taken.new += sum(row.digest not in known for row in rows[: len(reading.unread)])
    taken.unchanged += sum(row.digest in known for row in rows[: len(reading.unread)])
    taken.needs_a_look += len(rows)


def _unread(piece: bytes, words: str, run: ImportRun) -> ImportItem:
    return ImportItem(
        office_id=run.office_id,
        run=run,
        outcome=Outcome.UNREAD,
        title="Part of the file",
        digest=hashlib.sha256(piece).hexdigest(),
        size=len(piece),
        reasons=[words],
        original=records.keep_original(piece),
    )
