"""When people are away: leave, court, courses, sickness, restricted days."""

from datetime import date

from privateoffice.foundations.clock import clock
from privateoffice.foundations.offices import scope
from privateoffice.foundations.offices.models import Person
from privateoffice.foundations.offices.verbs import fact, trail, verb
from privateoffice.rooms.rotas.models import Away
from privateoffice.rooms.rotas.services.faults import StillAway
from privateoffice.rooms.rotas.services.setting_up import office_at_hand


@verb("rotas.note_away")
def note_away(person: Person, *, kind: str, starts_on: date, ends_on: date | None = None, note: str = "") -> Away:
    """Write down that a person is away from a day to a day. The same days and kind are written once."""
    if ends_on and ends_on < starts_on:
        raise StillAway("The last day is before the first")
    away, _ = Away.objects.update_or_create(
        office=office_at_hand(),
        person=person,
        kind=kind,
        starts_on=starts_on,
        defaults={
            "ends_on": ends_on,
            "note": note,
            "noted_at": clock.now(),
            "noted_by": scope.current().actor,
        },
    )
    trail(office_id=away.office_id, person=fact(person.name), kind=fact(away.get_kind_display().lower()))
    return away


@verb("rotas.note_back")
def note_back(away: Away, *, last_day: date) -> Away | None:
    """End somebody's absence on a day; one that had not begun by then is taken away."""
    trail(office_id=away.office_id, person=fact(away.person.name), kind=fact(away.get_kind_display().lower()))
    if last_day < away.starts_on:
        away.delete()
        return None
    away.ends_on = last_day
    away.save(update_fields=["ends_on"])
    return away
