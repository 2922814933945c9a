"""Looking through the kept files, naming what a damaged one belongs to, and putting it back from a backup."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import models

from privateoffice.foundations.clock import clock
from privateoffice.foundations.keeping import restoring
from privateoffice.foundations.keeping.container import Lock, reading
from privateoffice.foundations.keeping.models import Damage
from privateoffice.foundations.offices.verbs import trail, verb
from privateoffice.foundations.records import shelf
from privateoffice.foundations.records.models import KeptDigest, Original, Part, Record

BATCH = 500


@dataclass(frozen=True)
class Affected:
    """A damaged file, and the references of the records that speak of it."""

    damage: Damage
    references: tuple[str, ...]

    @property
    def sentence(self) -> str:
        whose = ", ".join(self.references) or "no record"
        return f"{self.damage.words} It belongs to {whose}."


def look_through() -> list[Affected]:
    """Read every kept file again, note what is damaged and what is whole again. Returns what is damaged.

    Raises Away where the store does not answer: of what cannot be asked, nothing is said.
    """
    found = {original.pk: said for original in _originals() if (said := _fault_of(original))}
    _note(found)
    return affected()


@verb("keeping.note_damage")
def _note(found: dict[int, str]) -> None:
    standing = Damage.objects.standing()
    standing.exclude(original_id__in=found).update(mended_at=clock.now())
    known = set(standing.values_list("original_id", flat=True))
    fresh = [
        Damage(original_id=pk, words=said, found_at=clock.now()) for pk, said in found.items() if pk not in known
    ]
    Damage.objects.bulk_create(fresh)
    if fresh:
        trail(office_id=0, count=len(fresh))


def affected() -> list[Affected]:
    """What is known to be damaged, hardest to lose first: what most records speak of."""
    standing = Damage.objects.standing().select_related("original")
    named = [Affected(damage, tuple(_references(damage.original))) for damage in standing]
    return sorted(named, key=lambda one: (-len(one.references), one.damage.pk))


def mend(place: Path, *, lock: Lock | None = None) -> list[str]:
    """Put back, from a backup, the files that are missing or altered; returns their digests. Raises NotGood."""
    with place.open("rb") as file:
        restoring.prove(file, lock)
        wanted = {shelf.name_of(one.office_id, one.digest): one for one in _originals() if _fault_of(one)}
        put = []
        with reading(file, key=settings.BACKUP_KEY, lock=lock) as one:
            for part in one.parts():
                name = part.name.removeprefix("files/")
                if name in wanted:
                    restoring.put_file(part, name)
                    put.append(wanted[name].digest)
    _record_mending(put)
    return put


@verb("keeping.mend")
def _record_mending(put: list[str]) -> None:
    Damage.objects.standing().filter(original__digest__in=put).update(mended_at=clock.now())
    trail(office_id=0, count=len(put))


def _originals() -> Iterator[Original]:
    return Original.objects.order_by("pk").iterator(chunk_size=BATCH)


def _fault_of(original: Original) -> str:
    now = original.digest_now
    if now == original.digest:
        return ""
    return f"The file {original.digest[:12]} {'was altered' if now else 'is missing'}."


def _references(original: Original) -> Iterator[str]:
    """The references of the records that speak of an original, by key or by digest."""
    found: set[int] = set()
    for model in apps.get_models():
        found |= set(_speaking(model, original))
    yield from sorted(Record.objects.filter(pk__in=found).values_list("reference", flat=True))


def _speaking(model: type[models.Model], original: Original) -> Iterable[int]:
    for field in model._meta.local_concrete_fields:
        said: dict[str, Any] = {}
        if field.related_model is Original and model is not Damage:
            said = {field.name: original}
        elif isinstance(field, KeptDigest):
            said = {field.name: original.digest}
        if said and issubclass(model, Part):
            yield from model._default_manager.filter(**said, **_office(model, original)).values_list(
                f"{model.owner}_id", flat=True
            )
        elif said and issubclass(model, Record):
            yield from model._default_manager.filter(**said).values_list("pk", flat=True)


def _office(model: type[Part], original: Original) -> dict[str, int]:
    return {f"{model.owner}__office_id": original.office_id}
