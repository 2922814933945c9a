"""What every test of the house shares: a data folder of its own, and the fixed cast."""

import hypothesis
import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

# Speed is measured in benchmarks/ and never asserted in a test.
hypothesis.settings.register_profile("house", deadline=None)
hypothesis.settings.load_profile("house")

pytest_plugins = [
    "privateoffice.foundations.offices.tests.cast",
    "tests.browser.kit",
    "privateoffice.program.sample.tests.office",
]


@pytest.fixture(autouse=True)
def home(settings, tmp_path):
    """Each test keeps its files in a folder of its own."""
    settings.HOME = tmp_path
    settings.FILES_DIR = tmp_path / "files"
    settings.OUTBOX_DIR = tmp_path / "outbox"
    settings.MAILDIRS_DIR = tmp_path / "maildirs"
    return tmp_path


@pytest.fixture
def queries_of():
    """queries_of(client, address): how many questions a page asks of the database where nothing is counted yet."""

    def asked(client, address: str) -> int:
        cache.clear()
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        return len(queries)

    return asked
