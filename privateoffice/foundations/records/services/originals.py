"""Keeping bytes byte for byte, files first, then the rows that speak of them; and letting them go, rows first."""

import hashlib
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any

from django.apps import apps
from django.db import models, router, transaction
from django.db.models.deletion import Collector
from django.utils import timezone

from privateoffice.foundations.offices import scope
from privateoffice.foundations.offices.models import Office
from privateoffice.foundations.records import plain, shelf
from privateoffice.foundations.records.models import packs
from privateoffice.foundations.records.models.original import KeptDigest, Original
from privateoffice.foundations.records.models.record import Record

WRITERS = 8
PACKED_FROM = 16


def keep_original(raw: bytes, *, office: Office | None = None) -> Original:
    """Keep bytes for the office at hand. The same bytes twice are kept once."""
    return keep_originals([raw], office=office)[0]


def keep_originals(raws: Iterable[bytes], *, office: Office | None = None) -> list[Original]:
    """Keep many, in a fixed number of queries, in the order given. More than a few go into one pack."""
    office = _in_scope(office)
    raws = list(raws)
    digests = [hashlib.sha256(raw).hexdigest() for raw in raws]
    kept = _kept(office, digests)
    new = {digest: raw for digest, raw in zip(digests, raws, strict=True) if digest not in kept}
    if len(raws) < PACKED_FROM:
        _heal(kept, digests, raws)
    if new:
        rows = (_packed if _belongs_in_a_pack(new) else _apart)(office, new)
        Original.objects.bulk_create(rows, ignore_conflicts=True)
        kept |= _kept(office, list(new))
        _forget_doubles(rows, kept)
    return [kept[digest] for digest in digests]


def _heal(kept: dict[str, Original], digests: list[str], raws: list[bytes]) -> None:
    """Bytes that come again make a damaged file of theirs whole."""
    for digest, raw in zip(digests, raws, strict=True):
        if digest in kept and not kept[digest].is_packed:
            shelf.keep(kept[digest].office_id, raw)


def keep_original_keys(raws: list[bytes], *, office: Office) -> list[int]:
    """Keep many and return their keys: the same in plain rows, for a pull of ten thousand."""
    if office.pk not in scope.current().office_ids:
        raise scope.NoScope
    digests = [hashlib.sha256(raw).hexdigest() for raw in raws]
    held = _keys(office, digests)
    new = {digest: raw for digest, raw in zip(digests, raws, strict=True) if digest not in held}
    if new:
        pack, offsets = _written(office, new)
        now = plain.moment(timezone.now())
        lies = dict(zip(new, offsets, strict=True))
        rows = [(office.pk, one, len(new[one]), now, pack, lies[one]) for one in new]
        plain.insert_many(Original, ("office", "digest", "size", "kept_at", "pack", "offset"), rows)
        kept = _keys(office, list(new))
        for one in (one for one in new if pack and kept[one][1] != pack):
            packs.forget(packs.place_of(office.pk, pack), lies[one], len(new[one]))
        held |= kept
    return [held[digest][0] for digest in digests]


def _keys(office: Office, digests: list[str]) -> dict[str, tuple[int, str]]:
    found = Original.objects.filter(office=office, digest__in=set(digests)).values_list("digest", "pk", "pack")
    return {digest: (key, pack) for digest, key, pack in found}


def _kept(office: Office, digests: list[str]) -> dict[str, Original]:
    found = Original.objects.filter(office=office, digest__in=set(digests))
    return {original.digest: original for original in found}


def _belongs_in_a_pack(new: dict[str, bytes]) -> bool:
    return len(new) >= PACKED_FROM and not shelf.shelf().takes_many


def _written(office: Office, new: dict[str, bytes]) -> tuple[str, list[int]]:
    """Write many where they belong; returns the name of their pack, if they lie in one, and where each begins."""
    if not shelf.shelf().takes_many:
        return packs.write(office.pk, list(new.values()))
    _put(office, new)
    return "", [0] * len(new)


def _put(office: Office, new: dict[str, bytes]) -> None:
    with ThreadPoolExecutor(WRITERS) as writers:  # many at once take little more than the time of one
        list(writers.map(partial(shelf.keep, office.pk), new.values()))


def _apart(office: Office, new: dict[str, bytes]) -> list[Original]:
    _put(office, new)
    return [Original(office=office, digest=digest, size=len(raw)) for digest, raw in new.items()]


def _packed(office: Office, new: dict[str, bytes]) -> list[Original]:
    pack, offsets = packs.write(office.pk, list(new.values()))
    return [
        Original(office=office, digest=digest, size=len(raw), pack=pack, offset=offset)
        for (digest, raw), offset in zip(new.items(), offsets, strict=True)
    ]


def _forget_doubles(rows: list[Original], kept: dict[str, Original]) -> None:
    """What somebody else kept at the same moment is written over in our pack: one row, one copy."""
    for row in rows:
        if row.pack and kept[row.digest].pack != row.pack:
            packs.forget(packs.place_of(row.office_id, row.pack), row.offset, row.size)


def keep_original_in_pieces(pieces: Iterable[bytes], *, office: Office | None = None) -> Original:
    """Keep bytes that are too many to hold in memory."""
    office = _in_scope(office)
    digest, size = shelf.keep_in_pieces(office.pk, pieces)
    return Original.objects.get_or_create(office=office, digest=digest, defaults={"size": size})[0]


def _in_scope(office: Office | None) -> Office:
    office = office or scope.current().office
    if office is None or office.pk not in scope.current().office_ids:
        raise scope.NoScope
    return office


def originals_behind(record: Record) -> set[int]:
    """The keys of the originals that a record, or a part of it, speaks of."""
    leaving = Collector(using=router.db_for_write(Record), origin=record)
    leaving.collect([record])
    found, named = set(), set()
    for model, rows in leaving.data.items():
        found |= {getattr(row, field.attname) for field in _to_originals(model) for row in rows}
        named |= {getattr(row, field.attname) for field in _digests_of(model) for row in rows}
    for gone in leaving.fast_deletes:
        for field in _to_originals(gone.model):
            found |= set(gone.values_list(field.attname, flat=True))
        for field in _digests_of(gone.model):
            named |= set(gone.values_list(field.attname, flat=True))
    by_digest = Original.objects.filter(office_id=record.office_id, digest__in=named - {""})
    return (found | set(by_digest.values_list("pk", flat=True))) - {None}


def drop_unused(keys: set[int]) -> None:
    """Forget those of these originals of which nothing speaks any more, and once that is settled, their files."""
    unused = Original.objects.filter(pk__in=keys - _still_used(keys))
    dropped = list(unused)
    unused.delete()
    for original in dropped:
        transaction.on_commit(partial(_remove_bytes, original))


def _still_used(keys: set[int]) -> set[int]:
    used: set[int] = set()
    relations: list[Any] = Original._meta.get_fields(include_hidden=True)
    for relation in relations:
        if relation.one_to_many and relation.auto_created and relation.on_delete is not models.CASCADE:
            rows = relation.related_model._base_manager.filter(**{f"{relation.field.name}__in": keys})
            used |= set(rows.values_list(relation.field.attname, flat=True))
    asked = {(one.office_id, one.digest): one.pk for one in Original.objects.filter(pk__in=keys)}
    return used | {asked[pair] for pair in _named(digest for _, digest in asked) if pair in asked}


def _named(digests: Iterable[str]) -> Iterator[tuple[int, str]]:
    """Of these digests, those that a row names, each with the office of the row's record."""
    wanted = set(digests)
    for model in apps.get_models():
        for field in _digests_of(model):
            owner = model.owner  # type: ignore[attr-defined]
            rows = model._base_manager.filter(**{f"{field.name}__in": wanted})
            yield from rows.values_list(f"{owner}__office_id", field.attname)


def _remove_bytes(original: Original) -> None:
    """The same bytes may have come again meanwhile; then they stay."""
    office_id, digest = original.office_id, original.digest
    with scope.acting_as_system("disposal"):
        if original.pack:
            _remove_from_pack(original)
        if not Original.objects.filter(office_id=office_id, digest=digest).exists():
            shelf.remove(office_id, digest)


def _remove_from_pack(original: Original) -> None:
    place = packs.place_of(original.office_id, original.pack)
    if not Original.objects.filter(pack=original.pack).exists():
        place.unlink(missing_ok=True)
    elif not Original.objects.filter(pack=original.pack, offset=original.offset).exists():
        packs.forget(place, original.offset, original.size)


def _to_originals(model: type[models.Model]) -> list[models.Field]:
    return [field for field in model._meta.concrete_fields if field.related_model is Original]


def _digests_of(model: type[models.Model]) -> list[models.Field]:
    return [field for field in model._meta.concrete_fields if isinstance(field, KeptDigest)]
