"""Adding an office to the house, and settling what it is called and where it is."""

from typing import Any

from django.contrib.sessions.models import Session

from privateoffice.foundations.offices.models import Office
from privateoffice.foundations.offices.verbs import fact, trail, verb


@verb("offices.add")
def add_office(*, slug: str, code: str, name: str, short_name: str = "", **block: Any) -> Office:
    """Add an office. The first real one ends the sample sign-ins."""
    is_first_real = not Office.objects.filter(is_sample=False).exists()
    office = Office(slug=slug, code=code, name=name, short_name=short_name or name, **block)
    office.full_clean()
    office.save(force_insert=True)
    if is_first_real and not office.is_sample:
        Session.objects.all().delete()
    trail(office_id=office.pk, name=fact(name))
    return office


@verb("offices.settle")
def settle(office: Office, **changes: Any) -> Office:
    """Change an office's name, colour, address block, telephone or address for mail."""
    for name, value in changes.items():
        setattr(office, name, value)
    office.full_clean()
    office.save()
    trail(office_id=office.pk, changed=sorted(changes))
    return office
