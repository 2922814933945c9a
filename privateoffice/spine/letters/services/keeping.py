"""Keeping standard lines and templates."""

from datetime import date

from privateoffice.foundations.clock import clock
from privateoffice.foundations.offices import scope
from privateoffice.foundations.offices.verbs import fact, trail, verb
from privateoffice.foundations.records.markings import refuse_above_ceiling
from privateoffice.spine.letters.models import StandardLine, Template


@verb("letters.keep_line")
def keep_line(
    *, title: str, text: str, terms: str, owner_role: str, until_on: date, line: StandardLine | None = None
) -> StandardLine:
    """Keep an agreed line. One that takes the place of another withdraws it."""
    refuse_above_ceiling(title, text)
    office = scope.current().office
    if office is None:
        raise scope.NoScope
    if line:
        StandardLine.objects.filter(pk=line.pk).update(withdrawn_at=clock.now())
    made = StandardLine.objects.create(
        office=office,
        title=title,
        text=text,
        terms=terms,
        owner_role=owner_role,
        until_on=until_on,
        made_at=clock.now(),
        made_by=scope.current().actor,
    )
    trail(office_id=office.pk, name=fact(title), text=text)
    return made


@verb("letters.keep_template")
def keep_template(*, template: Template | None = None, **said: str) -> Template:
    """Keep a template. One that takes the place of another withdraws it."""
    refuse_above_ceiling(said["subject"], said["text"])
    office = scope.current().office
    if office is None:
        raise scope.NoScope
    if template:
        Template.objects.filter(pk=template.pk).update(withdrawn_at=clock.now())
    made = Template.objects.create(office=office, made_at=clock.now(), **said)
    trail(office_id=office.pk, name=fact(said["name"]), text=said["text"])
    return made
