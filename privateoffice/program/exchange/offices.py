"""Which office is meant by an import or export, and whether it may be."""

from django.core.management.base import CommandError

from privateoffice.foundations.offices.models import Office


def office_named(slug: str, *, into_sample: bool = True) -> Office:
    """The office, or a sentence why not: real things do not go into sample data unasked."""
    office = Office.objects.filter(slug=slug).first()
    if office is None:
        known = ", ".join(Office.objects.values_list("slug", flat=True))
        raise CommandError(f"There is no office “{slug}”. {f'There are: {known}.' if known else 'Add one first.'}")
    if office.is_sample and not into_sample:
        raise CommandError(
            f"“{slug}” is a sample office. Add --into-sample to import into it anyway, or name a real office."
        )
    return office
