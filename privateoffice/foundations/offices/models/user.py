"""An account: how a person of the directory signs in."""

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.crypto import salted_hmac

from privateoffice.foundations.offices.models.person import Person


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields):
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """A way to sign in. What it may see and do comes from the roles that its person holds."""

    email = models.EmailField(unique=True)
    person = models.OneToOneField(Person, models.PROTECT, null=True, blank=True, related_name="user")
    is_active = models.BooleanField(default=True)
    date_joined = models.DateTimeField(auto_now_add=True)
    session_round = models.PositiveIntegerField(default=0)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"

    def __str__(self):
        return self.email

    def _get_session_auth_hash(self, secret=None):
        """What a session is bound to: the password, and the round. A new round ends every session at once."""
        bound = f"{self.session_round}:{self.password}"
        return salted_hmac("privateoffice.sessions", bound, secret=secret, algorithm="sha256").hexdigest()

    def get_full_name(self) -> str:
        return self.person.name if self.person else self.email

    def has_perm(self, perm, obj=None) -> bool:
        return False  # Rights come from roles and scope alone.

    def has_module_perms(self, app_label) -> bool:
        return False
