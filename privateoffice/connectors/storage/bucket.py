"""A shelf that is a bucket: every file one object under its own name, written whole or not at all.

The address says where: s3://bucket/prefix?endpoint=https://store.example&region=eu-west-2. Without an endpoint it
is Amazon's own. The keys stand in the settings; without any there, boto3 looks where it always does.
"""

import base64
import hashlib
import os
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from functools import lru_cache
from typing import IO, Any
from urllib.parse import parse_qs, urlsplit

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from privateoffice.foundations.records.shelf.shelves import Away

ANSWER = 5
"""Seconds within which the store must take a connection."""

PIECE = 20
"""Seconds within which the next piece of an object must come."""

TRIES = 3
AT_ONCE = 16
HELD = 8 * 1024 * 1024
"""Bytes of one object that are held in memory; a larger one lies in a passing file of this machine."""

MISSING = {"404", "NoSuchKey", "NotFound"}


class Bucket:
    """Objects of one bucket, below a prefix if the address names one."""

    takes_many = True

    def __init__(self, url: str):
        parts = urlsplit(url)
        self.url, self.bucket = url, parts.netloc
        self.prefix = f"{parts.path.strip('/')}/".lstrip("/")

    def open(self, name: str) -> IO[bytes]:
        """The whole object, fetched before this returns."""
        with ExitStack() as undo:
            held = undo.enter_context(tempfile.SpooledTemporaryFile(max_size=HELD))
            with self._said(name):
                body = self._client.get_object(Bucket=self.bucket, Key=self._key(name))["Body"]
                for piece in body.iter_chunks(1 << 20):
                    held.write(piece)
            held.seek(0)
            undo.pop_all()
        return held  # type: ignore[return-value]

    def has(self, name: str) -> bool:
        try:
            with self._said(name):
                self._client.head_object(Bucket=self.bucket, Key=self._key(name))
        except FileNotFoundError:
            return False
        return True

    def put(self, pieces: Iterable[bytes], name: Callable[[], str], *, near: str) -> None:
        """One request writes an object: the store has all of it, and has proved its digest, or nothing."""
        digest = hashlib.sha256()
        with tempfile.SpooledTemporaryFile(max_size=HELD) as draft:
            for piece in pieces:
                digest.update(piece)
                draft.write(piece)
            draft.seek(0)
            place, proof = name(), base64.b64encode(digest.digest()).decode()
            with self._said(place):
                self._client.put_object(Bucket=self.bucket, Key=self._key(place), Body=draft, ChecksumSHA256=proof)

    def remove(self, name: str) -> None:
        with self._said(name):
            self._client.delete_object(Bucket=self.bucket, Key=self._key(name))

    def names(self, below: str) -> Iterator[str]:
        start = self._key(f"{below}/" if below else "")
        with self._said(below):
            for page in self._client.get_paginator("list_objects_v2").paginate(Bucket=self.bucket, Prefix=start):
                for one in page.get("Contents", ()):
                    yield one["Key"].removeprefix(self.prefix)

    def fault(self) -> str:
        """What is wrong with the store, in words; nothing where it takes, gives and forgets a file."""
        name = f"trial/{os.urandom(16).hex()}"
        try:
            self.put([b"trial"], lambda: name, near="trial")
            with self.open(name) as file:
                came = file.read()
            self.remove(name)
        except OSError as fault:
            return str(fault)
        return "" if came == b"trial" else "it gives back other bytes than it was given"

    def _key(self, name: str) -> str:
        return self.prefix + name

    @property
    def _client(self) -> Any:
        return _client(self.url, os.getpid())

    @contextmanager
    def _said(self, name: str) -> Iterator[None]:
        """What the store answers instead, as the faults that a folder knows."""
        from botocore.exceptions import BotoCoreError, ClientError

        try:
            yield
        except ClientError as fault:
            code = fault.response.get("Error", {}).get("Code", "")
            if code in MISSING:
                raise FileNotFoundError(2, "There is no such file in the store", name) from fault
            raise Away(f"The store of files refuses ({code}): bucket {self.bucket}.") from fault
        except (BotoCoreError, OSError) as fault:
            kind = type(fault).__name__
            raise Away(f"The store of files does not answer ({kind}): bucket {self.bucket}.") from fault


@lru_cache(maxsize=4)
def _client(url: str, process: int) -> Any:
    """One client for each process: connections do not survive being shared by two."""
    try:
        import boto3
        from botocore.config import Config
    except ImportError:
        raise ImproperlyConfigured(
            "STORAGE_URL is set, and what it needs is not installed: see requirements/servers.txt"
        ) from None
    asked = parse_qs(urlsplit(url).query)
    return boto3.client(
        "s3",
        endpoint_url=asked.get("endpoint", [None])[0],
        region_name=asked.get("region", ["eu-west-2"])[0],
        aws_access_key_id=settings.STORAGE_KEY_ID or None,
        aws_secret_access_key=settings.STORAGE_SECRET or None,
        config=Config(
            connect_timeout=ANSWER,
            read_timeout=PIECE,
            retries={"max_attempts": TRIES, "mode": "standard"},
            max_pool_connections=AT_ONCE,
            request_checksum_calculation="when_required",
            response_checksum_validation="when_required",
            s3={"addressing_style": "path"} if "endpoint" in asked else {},
        ),
    )
