"""Sets Django up with the settings of this office."""

import os

from privateoffice.program.refusals import CannotStart


def open_house() -> None:
    """Set Django up, or say in a sentence why that cannot be."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "privateoffice.settings")
    import django
    from django.core.exceptions import ImproperlyConfigured

    from privateoffice.foundations.registry.house import Incomplete

    try:
        django.setup()
    except (ImproperlyConfigured, Incomplete) as fault:
        raise CannotStart(f"The office cannot open as it is set up: {fault}") from fault
    except (OSError, ValueError) as fault:
        raise CannotStart(f"A setting or the key of the office cannot be read: {fault}") from fault
