"""Who is who: offices, units, people, their roles, and cover."""

from privateoffice.foundations.offices.models.cover import Cover
from privateoffice.foundations.offices.models.failure import Failure
from privateoffice.foundations.offices.models.holding import Holding
from privateoffice.foundations.offices.models.invitation import Invitation
from privateoffice.foundations.offices.models.office import Office, Unit
from privateoffice.foundations.offices.models.person import Person, PersonQuerySet
from privateoffice.foundations.offices.models.signing_in import SigningIn
from privateoffice.foundations.offices.models.user import User

__all__ = [
    "Cover",
    "Failure",
    "Holding",
    "Invitation",
    "Office",
    "Person",
    "PersonQuerySet",
    "SigningIn",
    "Unit",
    "User",
]
