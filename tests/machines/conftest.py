"""The servers that several machines share: real ones, for all the tests here."""

import pytest

from tests.servers import clamd, moto


@pytest.fixture(scope="session")
def store():
    pytest.importorskip("moto", reason="the packages of the tests are not installed")
    with moto.running() as started:
        yield started


@pytest.fixture
def bucket(store, settings):
    """The house keeps its files in an empty bucket of a real store."""
    settings.STORAGE_URL = store.new_bucket()
    settings.STORAGE_KEY_ID = settings.STORAGE_SECRET = "test"
    return settings.STORAGE_URL


@pytest.fixture(scope="session")
def daemon(tmp_path_factory):
    with clamd.running(tmp_path_factory.mktemp("clamd")) as started:
        yield started


@pytest.fixture
def scanned(daemon, settings):
    """What comes from outside is looked at by a real clamd."""
    settings.CLAMAV_URL = daemon.url
    return daemon
