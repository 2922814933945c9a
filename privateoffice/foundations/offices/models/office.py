"""An office (an Operational Command Unit's) and its units."""

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models

from privateoffice.foundations.offices.colours import ENOUGH, contrast_with_white

RESERVED_SLUGS = frozenset(
    [
        "account",
        "administration",
        "api",
        "assets",
        "components",
        "duties",
        "feeds",
        "health",
        "keys",
        "media",
        "mfa",
        "notifications",
        "offices.css",
        "search",
        "setup",
        "sign-in",
        "sign-out",
        "static",
        "today",
    ]
)


def not_reserved(slug: str) -> None:
    """An office's slug is the first part of its address, so it may not be one of the program's own."""
    if slug in RESERVED_SLUGS:
        raise ValidationError(f"“{slug}” is an address of the program itself. Choose another.")


class Office(models.Model):
    """One commander's private office."""

    slug = models.SlugField(max_length=40, unique=True, validators=[not_reserved])
    code = models.CharField(max_length=3, unique=True, validators=[RegexValidator(r"^[A-Z]{3}$")])
    name = models.CharField(max_length=120)
    short_name = models.CharField(max_length=40)
    colour = models.CharField(max_length=7, default="#3b3a8f", validators=[RegexValidator(r"^#[0-9a-f]{6}$")])
    address = models.TextField(blank=True)
    phone = models.CharField(max_length=40, blank=True)
    email = models.EmailField(blank=True)
    is_sample = models.BooleanField(default=False)

    class Meta:
        ordering = ["name"]

    def __str__(self):
        return self.name

    def clean(self):
        if contrast_with_white(self.colour) < ENOUGH:
            raise ValidationError({"colour": "White letters cannot be read on this colour. Choose a darker one."})


class Unit(models.Model):
    """A team or branch of an office, or a unit elsewhere that takes what is re-directed."""

    office = models.ForeignKey(Office, models.PROTECT, null=True, blank=True, related_name="units")
    name = models.CharField(max_length=120)
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=40, blank=True)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["office", "name"], name="one_unit_a_name"),
            models.UniqueConstraint(
                fields=["name"], condition=models.Q(office=None), name="one_outside_unit_a_name"
            ),
        ]

    def __str__(self):
        return self.name
