"""The look-ahead of the week: who is on, sent each Friday to the control room and the SLT."""

from datetime import timedelta

from privateoffice.foundations.clock import clock, words
from privateoffice.foundations.offices.verbs import fact, trail, verb
from privateoffice.rooms.rotas.models import OnCall, Rota
from privateoffice.rooms.rotas.services.letters import write_to

WEEK = timedelta(days=8)
"""To the Saturday after next: whoever reads it on Friday sees the handover that follows."""


@verb("rotas.look_ahead")
def look_ahead(rota: Rota) -> str:
    """Send who is on call in the coming week, once a day; returns the delivery, if anybody is named."""
    addresses = rota.told_weekly.split()
    now = clock.now()
    lines = OnCall.objects.after(now).filter(office=rota.office, rota_slug=rota.slug, starts_at__lt=now + WEEK)
    if not addresses or not lines.exists():
        return ""
    sent = write_to(
        rota.office,
        [("", address) for address in addresses],
        subject=f"On call, week of {words.short_day(clock.today() + timedelta(days=3))}: {rota.office.short_name}",
        template="look_ahead",
        once=f"rota {rota.slug} look-ahead {clock.today()}",
        rota=rota,
        lines=lines,
    )
    trail(rota, office_id=rota.office_id, rota=fact(rota.name), count=len(addresses))
    return sent
