"""Writing down what only a person knows."""

from privateoffice.desk.handover.models import Known
from privateoffice.foundations.clock import clock
from privateoffice.foundations.offices import policy, scope
from privateoffice.foundations.offices.models import Office
from privateoffice.foundations.offices.roles import Role
from privateoffice.foundations.offices.verbs import fact, trail, verb
from privateoffice.foundations.records.markings import refuse_above_ceiling


class NotFromOutside(policy.Refused):
    """Whoever is here under cover does not rewrite what the office knows."""


@verb("handover.write_down")
def write_down(office: Office, *, role: str, rules: str, questions: str) -> Known:
    """Keep the unwritten rules and the open questions of a chair. They go into every note from now on."""
    if scope.current().is_cover:
        raise NotFromOutside("handover.write_down", NotFromOutside.__doc__ or "")
    refuse_above_ceiling(rules, questions)
    said = {"rules": rules, "questions": questions}
    known, _ = Known.objects.update_or_create(
        office=office,
        role=role,
        defaults={**said, "changed_at": clock.now(), "changed_by": scope.current().actor},
    )
    trail(office_id=office.pk, role=fact(Role(role).label), **said)
    return known


def known_of(office: Office, role: str) -> Known:
    """What is known of a chair; empty where nobody has written it down."""
    return Known.objects.filter(office=office, role=role).first() or Known(office=office, role=role)
