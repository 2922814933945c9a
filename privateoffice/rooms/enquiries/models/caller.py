"""Those who ask: kept, so that they are recognised when they ring again."""

from django.db import models
from django.db.models import Exists, OuterRef, Q

from privateoffice.foundations.offices.models import Office
from privateoffice.foundations.offices.sight import OfficeManager


def digits_of(phone: str) -> str:
    """A telephone number as it is compared: digits only, the national form for the United Kingdom."""
    digits = "".join(character for character in phone if character.isdigit())
    return "0" + digits[2:] if digits.startswith("44") else digits


class CallerQuerySet(models.QuerySet):
    def seen(self):
        """Those of whose calls the person acting may see one: a restricted enquiry hides who asked, too."""
        enquiries = self.model._meta.apps.get_model("enquiries", "Enquiry").objects
        return self.filter(Exists(enquiries.filter(caller=OuterRef("pk"))))

    def recognised_by(self, *, phone: str = "", email: str = ""):
        """Those who gave the same number or address before. A name alone recognises nobody."""
        same = Q(pk=None)
        if digits := digits_of(phone):
            same |= Q(phone_digits=digits)
        if email.strip():
            same |= Q(email__iexact=email.strip())
        return self.filter(same)

    def like(self, *, name: str = "", phone: str = "", email: str = ""):
        """Those who called before under what has been typed so far; nobody for less than three letters."""
        near = Q(pk=None)
        if len(name.strip()) > 2:
            near |= Q(name__icontains=name.strip()) | Q(organisation__icontains=name.strip())
        if len(digits := digits_of(phone)) > 3:
            near |= Q(phone_digits__startswith=digits)
        if len(email.strip()) > 2:
            near |= Q(email__istartswith=email.strip())
        return self.filter(near)


class Caller(models.Model):
    """Someone outside who rang, wrote or came to the desk."""

    office = models.ForeignKey(Office, models.PROTECT, related_name="+")
    name = models.CharField(max_length=120)
    organisation = models.CharField(max_length=120, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    phone_digits = models.CharField(max_length=40, blank=True, editable=False)
    email = models.EmailField(blank=True)

    objects = OfficeManager.from_queryset(CallerQuerySet)()

    class Meta:
        base_manager_name = "objects"
        indexes = [
            models.Index(fields=["office", "phone_digits"], name="callers_by_phone"),
            models.Index(fields=["office", "email"], name="callers_by_email"),
        ]

    def __str__(self):
        return f"{self.name}, {self.organisation}" if self.organisation else self.name
