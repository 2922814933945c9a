"""What can be done with offices, people, roles, cover and accounts."""

from privateoffice.foundations.offices.services.access import end_access
from privateoffice.foundations.offices.services.accounts import (
    GOOD_FOR,
    LinkNotGood,
    first_administrator_link,
    invitation_of,
    invite,
    redeem,
    reset_second_factor,
    sample_log_ins,
)
from privateoffice.foundations.offices.services.cover import (
    CoverFromWithin,
    CoverOnCover,
    CoverOver,
    CoverTooWide,
    end_cover,
    grant_cover,
)
from privateoffice.foundations.offices.services.house import add_office, settle
from privateoffice.foundations.offices.services.roles import AlreadyHeld, appoint, appoint_newcomer, relieve
from privateoffice.foundations.offices.services.sessions import end_every_session, end_session, sessions_of
from privateoffice.foundations.offices.services.signing_in import forget_signings_in, note_sign_in
from privateoffice.foundations.offices.services.staff import (
    correct_person,
    enter_person,
    move_person,
    record_leaving,
)
from privateoffice.foundations.offices.services.staff_list import (
    StaffCount,
    StaffPlan,
    import_staff,
    planned_import,
)

__all__ = [
    "GOOD_FOR",
    "AlreadyHeld",
    "CoverFromWithin",
    "CoverOnCover",
    "CoverOver",
    "CoverTooWide",
    "LinkNotGood",
    "StaffCount",
    "StaffPlan",
    "add_office",
    "appoint",
    "appoint_newcomer",
    "correct_person",
    "end_access",
    "end_cover",
    "end_every_session",
    "end_session",
    "enter_person",
    "first_administrator_link",
    "forget_signings_in",
    "grant_cover",
    "import_staff",
    "invitation_of",
    "invite",
    "move_person",
    "note_sign_in",
    "planned_import",
    "record_leaving",
    "redeem",
    "relieve",
    "reset_second_factor",
    "sample_log_ins",
    "sessions_of",
    "settle",
]
