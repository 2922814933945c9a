"""Keeping the board that every office may see: who is on call, copied out of what was published."""

from privateoffice.foundations.clock import clock
from privateoffice.rooms.rotas.models import A_DAY, Duty, OnCall, Period


def refresh(period: Period) -> None:
    """Write the published duties of a period onto the board anew."""
    OnCall.objects.filter(period_key=period.pk).delete()
    duties = Duty.objects.filter(period=period).in_order()
    OnCall.objects.bulk_create([*(_line(period, duty) for duty in duties), *_desks(period)])


def _line(period: Period, duty: Duty) -> OnCall:
    person = duty.published
    return OnCall(
        office=period.office,
        rota_slug=period.rota.slug,
        rota=period.rota.name,
        duty=duty.duty_type.name,
        order=duty.duty_type.order,
        duty_key=duty.pk,
        period_key=period.pk,
        person_key=person.pk if person else None,
        name=person.ranked_name if person else "",
        phone=person.phone if person else "",
        starts_at=duty.starts_at,
        ends_at=duty.ends_at,
    )


def _desks(period: Period) -> list[OnCall]:
    """The desks that always answer, for as long as the period lasts."""
    return [
        OnCall(
            office=period.office,
            rota_slug=period.rota.slug,
            rota=period.rota.name,
            duty=duty_type.name,
            order=duty_type.order,
            period_key=period.pk,
            name=duty_type.desk,
            phone=duty_type.desk_phone,
            starts_at=clock.moment(period.starts_on, duty_type.begins),
            ends_at=clock.moment(period.ends_on + A_DAY, duty_type.begins),
        )
        for duty_type in period.rota.duty_types.all()
        if duty_type.is_by_desk
    ]
