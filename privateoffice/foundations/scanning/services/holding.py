"""The quarantine of uploads: sealed with the office's key, so that nothing on the machine opens or runs them."""

import base64

from privateoffice.foundations.offices import scope
from privateoffice.foundations.offices.models import User
from privateoffice.foundations.offices.verbs import fact, trail, verb
from privateoffice.foundations.records import shelf
from privateoffice.foundations.scanning.models import Quarantined
from privateoffice.foundations.seal import opened as unsealed
from privateoffice.foundations.seal import sealed

PURPOSE = "quarantine"


@verb("scanning.hold")
def hold(name: str, raw: bytes, *, finding: str, sender: User | None) -> Quarantined:
    """Keep an upload in which a virus was found, apart and sealed, and write down that it was not let in."""
    held = Quarantined.objects.create(
        office=scope.current().office,
        sender=sender,
        name=name[:255],
        digest=shelf.digest_of(raw),
        size=len(raw),
        finding=finding,
    )
    shelf.lay_sealed(held.place, sealed(base64.b64encode(raw).decode(), PURPOSE).encode())
    trail(office_id=held.office_id or 0, finding=fact(finding))
    return held


def opened(held: Quarantined) -> bytes:
    """The bytes as they came, for whoever examines them. Raises OSError or WrongKey."""
    return base64.b64decode(unsealed(shelf.sealed_at(held.place).decode(), PURPOSE))


@verb("scanning.let_go")
def let_go(held: Quarantined) -> None:
    """Destroy an upload in quarantine; that it came stays in the trail."""
    trail(office_id=held.office_id or 0, finding=fact(held.finding))
    others = Quarantined.objects.filter(office=held.office_id, digest=held.digest).exclude(pk=held.pk)
    if not others.exists():
        shelf.remove_sealed(held.place)
    held.delete()
