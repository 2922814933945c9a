"""A real S3-style store for tests: moto in a process of its own, on a free port of loopback."""

import os
import secrets
import signal
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from tests.servers.waiting import free_port, wait_for

KEYS = {"STORAGE_KEY_ID": "test", "STORAGE_SECRET": "test"}


@dataclass
class Store:
    """One running store. What it holds is gone with it."""

    port: int
    process: subprocess.Popen | None = None

    @property
    def endpoint(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        command = [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(self.port)]
        own = {**os.environ, "AWS_EC2_METADATA_DISABLED": "true"}
        self.process = subprocess.Popen(command, env=own, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        wait_for(self._answers, 60)

    def stop(self) -> None:
        if self.process:
            self.process.kill()
            self.process.wait()

    @contextmanager
    def frozen(self) -> Iterator[None]:
        """It takes connections and says nothing, as a store in trouble does."""
        self.process.send_signal(signal.SIGSTOP)
        try:
            yield
        finally:
            self.process.send_signal(signal.SIGCONT)

    def new_bucket(self) -> str:
        """A bucket with nothing in it; returns its address."""
        name = f"office-{secrets.token_hex(4)}"
        self.client().create_bucket(Bucket=name, CreateBucketConfiguration={"LocationConstraint": "eu-west-2"})
        return f"s3://{name}?endpoint={self.endpoint}&region=eu-west-2"

    def client(self):
        import boto3

        keys = {"aws_access_key_id": "test", "aws_secret_access_key": "test"}
        return boto3.client("s3", endpoint_url=self.endpoint, region_name="eu-west-2", **keys)

    def _answers(self) -> bool:
        try:
            urllib.request.urlopen(f"{self.endpoint}/moto-api/", timeout=2).close()
        except (urllib.error.URLError, OSError):
            return False
        return True


@contextmanager
def running() -> Iterator[Store]:
    store = Store(free_port())
    store.start()
    try:
        yield store
    finally:
        store.stop()
