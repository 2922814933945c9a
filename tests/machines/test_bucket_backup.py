"""A house whose files lie in a bucket is backed up and restored like any other."""

from dataclasses import dataclass
from urllib.parse import urlsplit

import pytest

from privateoffice.program.tests.houses import House
from tests.servers.moto import KEYS

pytestmark = pytest.mark.slow


@dataclass
class BucketHouse(House):
    """A house that keeps its files in a bucket."""

    storage: str = ""

    @property
    def env(self):
        return {**super().env, **KEYS, "STORAGE_URL": self.storage}


KEEPING = """
from privateoffice.foundations.offices import scope
from privateoffice.foundations.offices.models import Office
from privateoffice.foundations.records import services, shelf
for code in ('HOM', 'PRO'):
    office = Office.objects.create(slug=code.lower(), code=code, name=code, short_name=code)
    with scope.acting_as_system('test', office=office):
        services.keep_originals([f'{code} {number}'.encode() * 50 for number in range(20)])
        services.open_matter(title='Kept')
    shelf.lay_aside(office.pk, 'spool', 'waits.mbox', [b'From nobody'])
"""


@pytest.fixture(scope="module")
def house(store, tmp_path_factory):
    folder = tmp_path_factory.mktemp("house")
    made = BucketHouse(folder / "one", folder / "key", storage=store.new_bucket())
    made.run("migrate", "-v0")
    made.python(KEEPING).communicate(timeout=60)
    return made


def objects(store, house):
    """What the bucket holds, by name: the store's own answer."""
    client, name = store.client(), urlsplit(house.storage).netloc
    pages = client.get_paginator("list_objects_v2").paginate(Bucket=name)
    keys = [one["Key"] for page in pages for one in page.get("Contents", ())]
    return {key: client.get_object(Bucket=name, Key=key)["Body"].read() for key in keys}


def test_a_backup_holds_the_bucket_and_comes_back_into_a_folder_and_into_another(house, store, tmp_path):
    place = tmp_path / "whole.backup"
    assert "read again and whole" in house.run("backup", place)
    before = objects(store, house)
    assert len(before) == 42
    assert not (house.home / "files").exists()
    assert "equal" in house.run("verify", place, "--restore")
    assert objects(store, house) == before

    another = BucketHouse(tmp_path / "three", house.key, storage=store.new_bucket())
    another.run("restore", place)
    assert objects(store, another) == before
    assert another.run("files") == "Every kept file is whole.\n"


def test_a_backup_is_refused_in_a_sentence_where_the_store_does_not_answer(house, tmp_path):
    place, nowhere = tmp_path / "whole.backup", {"STORAGE_URL": "s3://office?endpoint=http://127.0.0.1:9"}
    assert "The store of files does not answer" in house.run("backup", place, code=1, **nowhere)
    assert not place.exists()
    assert "!!  store of files: The store of files does not answer" in house.run("check", code=1, **nowhere)
