"""Moving every kept file from one shelf to another, from the folder to a bucket or back, and proving each."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import islice

from privateoffice.foundations.offices.models import Office
from privateoffice.foundations.offices.verbs import trail, verb
from privateoffice.foundations.records import shelf
from privateoffice.foundations.records.models import Original, packs

AT_ONCE = 8
BATCH = 400


@dataclass
class Moved:
    """How many files were copied and proved, how many were there already, and which were not good."""

    copied: int = 0
    there: int = 0
    bad: list[str] = field(default_factory=list)


def move_files(source: shelf.Shelf, *, office: Office | None = None) -> Moved:
    """Copy the files of one office, or of all, from another shelf to the house's own. The source is left as it is.

    Each is read from the source, proved, written, read again where it now lies, and proved there; only then does
    its row leave its pack. It can be broken off and begun again. Raises Away.
    """
    moved = Moved()
    rows = Original.objects.order_by("pk").filter(**({"office": office} if office else {}))
    with ThreadPoolExecutor(AT_ONCE) as hands:
        for batch in _batches(rows.iterator(chunk_size=BATCH)):
            outcomes = list(hands.map(lambda one: _move(source, one), batch))
            _settle(batch, outcomes, moved)
        for outcome in hands.map(lambda name: _copy(source, name), _aside(source, office)):
            _count(outcome, moved)
    _record_move(office, moved.copied)
    return moved


@verb("keeping.move_files")
def _record_move(office: Office | None, copied: int) -> None:
    trail(office_id=office.pk if office else 0, count=copied)


def _batches(rows: Iterator[Original]) -> Iterator[list[Original]]:
    while batch := list(islice(rows, BATCH)):
        yield batch


def _move(source: shelf.Shelf, original: Original) -> str:
    """What became of one: an empty string where it was there, "copied", or what is wrong with it."""
    name = shelf.name_of(original.office_id, original.digest)
    if shelf.digest_now(original.office_id, original.digest) == original.digest:
        return ""
    raw = _read(source, original, name)
    if raw is None:
        return f"The file {original.digest[:12]} is missing or altered in the place that it comes from."
    shelf.keep(original.office_id, raw)
    if shelf.digest_now(original.office_id, original.digest) != original.digest:
        return f"The file {original.digest[:12]} is not the same where it was put."
    return "copied"


def _read(source: shelf.Shelf, original: Original, name: str) -> bytes | None:
    """The bytes from a file of their own or from a pack, if they are the ones that were kept."""
    for place, start in ((name, 0), (packs.name_of(original.office_id, original.pack), original.offset)):
        try:
            with source.open(place) as file:
                file.seek(start)
                raw = file.read(original.size)
        except shelf.Away:
            raise
        except OSError:
            continue
        if shelf.digest_of(raw) == original.digest:
            return raw
    return None


def _settle(batch: list[Original], outcomes: list[str], moved: Moved) -> None:
    for outcome in outcomes:
        _count(outcome, moved)
    good = zip(batch, outcomes, strict=True)
    whole = [one.pk for one, outcome in good if outcome in ("", "copied") and one.pack]
    Original.objects.filter(pk__in=whole).update(pack="", offset=0)


def _count(outcome: str, moved: Moved) -> None:
    if outcome == "copied":
        moved.copied += 1
    elif outcome:
        moved.bad.append(outcome)
    else:
        moved.there += 1


def _aside(source: shelf.Shelf, office: Office | None) -> Iterator[str]:
    """Uploads that wait, and what is in quarantine."""
    for area in shelf.ASIDE:
        yield from source.names(f"{area}/{office.pk}" if office else area)


def _copy(source: shelf.Shelf, name: str) -> str:
    goal, wanted = shelf.shelf(), shelf.digest_on(source, name)
    if shelf.digest_on(goal, name) == wanted:
        return ""
    with source.open(name) as file:
        goal.put(iter(lambda: file.read(1 << 20), b""), lambda: name, near=name.rpartition("/")[0])
    return "copied" if shelf.digest_on(goal, name) == wanted else f"{name} is not the same where it was put."
