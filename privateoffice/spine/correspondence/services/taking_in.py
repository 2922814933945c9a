"""Taking mail in: any number of messages, in batches, each kept byte for byte and put into its conversation."""

from collections.abc import Iterable, Iterator

from privateoffice.connectors.mail.sources import Found
from privateoffice.foundations.clock import clock
from privateoffice.foundations.offices import policy, scope
from privateoffice.foundations.offices.models import Office
from privateoffice.foundations.offices.verbs import performing, trail
from privateoffice.foundations.quarantine.reader import Reader
from privateoffice.foundations.records import services as records
from privateoffice.foundations.records.models import Original
from privateoffice.spine.correspondence.models import ImportItem, ImportRun, Message
from privateoffice.spine.correspondence.services import runs
from privateoffice.spine.correspondence.services.boxes import OFFICE, Box
from privateoffice.spine.correspondence.services.conversing import write
from privateoffice.spine.correspondence.services.ourselves import addresses_of
from privateoffice.spine.correspondence.services.reading import READS, Item, Outcome, digest_of, read
from privateoffice.spine.correspondence.services.rows import message_of
from privateoffice.spine.correspondence.services.runs import Taken
from privateoffice.spine.correspondence.services.threading import Letter, people_of, threaded

VERB = "correspondence.take_in"
BATCH = 100
BATCH_BYTES = 16 * 1024 * 1024


def take_in(found: Iterable[Found], *, source: str, run: ImportRun | None = None) -> Taken:
    """Take in what was found. What is held is unchanged; what is damaged is kept, listed, and stops nothing.

    Each batch is one transaction, so that the office works on meanwhile and a broken import loses nothing;
    the run is one line of the trail. It reads and writes as the system, for an import must see what is there
    already, even where whoever began it stands in for somebody and sees less.
    """
    policy.require(VERB)
    office = scope.current().office
    if office is None:
        raise scope.NoScope
    with performing(VERB):
        run = run or runs.begin(office, source)
    taken = Taken(run=run)
    ours = addresses_of(office)
    with Reader(READS) as reader:
        for batch in _batches(found):
            with scope.acting_as_system("import", office=office):
                items = read_new(batch, reader, taken)
            with performing(VERB), scope.acting_as_system("import", office=office):
                keep(items, run, ours, taken)
    with performing(VERB):
        runs.end(run, taken)
        trail(office_id=office.pk, **taken.counts, outside=taken.outside)
    return taken


def _batches(found: Iterable[Found]) -> Iterator[list[Found]]:
    batch: list[Found] = []
    size = 0
    for one in found:
        batch.append(one)
        size += len(one.raw or b"")
        if len(batch) >= BATCH or size >= BATCH_BYTES:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def read_new(batch: list[Found], reader: Reader, taken: Taken) -> list[Item]:
    """Read what is not held yet; of the rest only count."""
    digests = [digest_of(one) for one in batch]
    known = _known(digests)
    taken.read += len(batch)
    items = []
    for one, digest in zip(batch, digests, strict=True):
        if digest in known:
            taken.unchanged += 1
            taken.needs_a_look += known[digest]
            continue
        items.append(read(one, digest, reader))
        known[digest] = bool(items[-1].outcome)
    return items


def _known(digests: list[str]) -> dict[str, bool]:
    """The digests that were taken in before, and whether each needs a look."""
    listed = ImportItem.objects.filter(digest__in=digests).values_list("digest", flat=True)
    held = Message.objects.filter(original__digest__in=digests)
    return {**dict.fromkeys(listed, True), **dict(held.values_list("original__digest", "needs_a_look"))}


def keep(items: list[Item], run: ImportRun, ours: frozenset[str], taken: Taken, box: Box = OFFICE) -> None:
    """Write one batch. The office's row is held, so that two imports of one mailbox wait for each other."""
    Office.objects.select_for_update().get(pk=run.office_id)
    known = _known([item.digest for item in items])
    fresh = [item for item in items if item.digest not in known]
    originals = _keep_originals(fresh)
    now = clock.now()
    written = [item for item in fresh if item.told is not None]
    messages = [message_of(item, originals[item.digest], ours, now) for item in written]
    letters = [
        Letter(item.told or {}, message.at, people_of(item.told or {}, ours), place)
        for place, (item, message) in enumerate(zip(written, messages, strict=True))
    ]
    write(threaded(letters, box.key), written, messages, box)
    _list(fresh, originals, run, taken)
    taken.new += len(fresh)
    taken.messages += len(messages)
    taken.unchanged += len(items) - len(fresh)
    taken.needs_a_look += sum(bool(item.outcome) for item in fresh) + sum(known.values())


def _keep_originals(items: list[Item]) -> dict[str, Original]:
    whole = [item.found.raw for item in items if item.is_kept and item.found.raw is not None]
    kept = records.keep_originals(whole)
    kept += [
        records.keep_original_in_pieces(item.found.pieces())
        for item in items
        if item.is_kept and item.found.raw is None
    ]
    return {original.digest: original for original in kept}


def _list(items: list[Item], originals: dict[str, Original], run: ImportRun, taken: Taken) -> None:
    listed = [item for item in items if item.outcome]
    rows = [
        ImportItem(
            office_id=run.office_id,
            run=run,
            outcome=item.outcome,
            place=item.found.place,
            digest=item.digest,
            size=item.found.size,
            reasons=item.reasons,
            original=originals.get(item.digest),
        )
        for item in listed
    ]
    runs.add(run, rows)
    taken.outside += sum(item.outcome == Outcome.HELD_OUTSIDE for item in listed)
    taken.listed += [(item.found.place, " ".join(item.reasons)) for item in listed[: 1000 - len(taken.listed)]]
