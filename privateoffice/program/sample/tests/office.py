"""A small sample office for tests: loaded once for a class, at a stopped moment, and taken away after it."""

from datetime import UTC, datetime

import pytest

from privateoffice.foundations.clock import clock
from privateoffice.foundations.offices.models import Office
from privateoffice.program.sample import load
from tests.browser.kit import put_back

MONDAY = datetime(2026, 11, 23, 10, 41, tzinfo=UTC)
SMALL = 0.05


@pytest.fixture(scope="class")
def sample_office(django_db_setup, django_db_blocker, tmp_path_factory):
    """The four offices by slug, a twentieth of their size, as on one Monday morning."""
    from django.conf import settings
    from django.db import transaction

    folder = tmp_path_factory.mktemp("sample")
    before = settings.FILES_DIR, settings.OUTBOX_DIR
    settings.FILES_DIR, settings.OUTBOX_DIR = folder / "files", folder / "outbox"
    with django_db_blocker.unblock(), transaction.atomic():
        put_back(django_db_setup)
        with clock.stopped_at(MONDAY):
            load(scale=SMALL)
            yield {office.slug: office for office in Office.objects.all()}
        transaction.set_rollback(True)
    settings.FILES_DIR, settings.OUTBOX_DIR = before
