"""The roles of a private office, and what each may see of marked records."""

from django.db import models

from privateoffice.foundations.offices.clearance import OFFICIAL, OFFICIAL_SENSITIVE


class Role(models.TextChoices):
    PA = "pa", "Personal Assistant"
    STAFF_OFFICER = "staff_officer", "Staff Officer"
    COMMANDER = "commander", "Commander"
    SLT_MEMBER = "slt_member", "SLT member"
    READER = "reader", "Reader"
    ADMINISTRATOR = "administrator", "Administrator"


CLEARANCE = {
    Role.PA: OFFICIAL_SENSITIVE,
    Role.STAFF_OFFICER: OFFICIAL_SENSITIVE,
    Role.COMMANDER: OFFICIAL_SENSITIVE,
    Role.SLT_MEMBER: OFFICIAL,
    Role.READER: OFFICIAL,
}
"""The highest marking a role sees in its own office. An administrator is absent: it sees no record."""

OFFICE_ROLES = tuple(CLEARANCE)
"""The roles that belong to an office."""
