"""A house whose files lie in a bucket is backed up and restored like any other, into another bucket or a folder."""

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


@pytest.fixture
def house(store, tmp_path):
    made = BucketHouse(tmp_path / "one", tmp_path / "key", storage=store.new_bucket())
    made.run("migrate", "-v0")
    made.run("sample", "--scale", "0.01", "-v0")
    return made


def objects(store, house):
    """What the bucket holds, by name: the store's own answer."""
    client, name = store.client(), urlsplit(house.storage).netloc
    pages = client.get_paginator("list_objects_v2").paginate(Bucket=name)
    keys = [one["Key"] for page in pages for one in page.get("Contents", ())]
    return {key: client.get_object(Bucket=name, Key=key)["Body"].read() for key in keys}


def test_a_backup_holds_the_bucket_and_comes_back_into_another_or_into_a_folder(house, store, tmp_path):
    place = tmp_path / "whole.backup"
    assert "read again and whole" in house.run("backup", place)
    before = objects(store, house)
    assert len(before) > 20
    assert not (house.home / "files").exists()
    assert "equal" in house.run("verify", place, "--restore")
    assert objects(store, house) == before

    refused = BucketHouse(tmp_path / "two", house.key, storage=house.storage)
    assert "There are files in the bucket already" in refused.run("restore", place, code=1)
    another = BucketHouse(tmp_path / "three", house.key, storage=store.new_bucket())
    another.run("restore", place)
    assert objects(store, another) == before
    assert another.run("files") == "Every kept file is whole.\n"
    plain = BucketHouse(tmp_path / "four", house.key)
    plain.run("restore", place)
    assert {name: (plain.home / "files" / name).read_bytes() for name in before} == before


def test_a_backup_is_refused_in_a_sentence_where_the_store_does_not_answer(house, tmp_path):
    place = tmp_path / "whole.backup"
    house.storage = "s3://office?endpoint=http://127.0.0.1:9"
    assert "The store of files does not answer" in house.run("backup", place, code=1)
    assert not place.exists()
    assert "!!  store of files: The store of files does not answer" in house.run("check", code=1)
