"""Over TLS every cookie is bound to this host, is sent over TLS alone, and is read by no script."""

import os
import subprocess
import sys

import pytest

ASKED = """
from privateoffice.program.opening import open_house; open_house()
from django.core.management import call_command; call_command("migrate", verbosity=0)
from django.test import Client
from privateoffice.foundations.offices.models import User
client = Client(headers={"Host": "office.example"})
User.objects.create_user("a@b.example", "three odd words")
client.get("/sign-in/", secure=True)
client.post("/sign-in/", {"login": "a@b.example", "password": "three odd words"}, secure=True)
for name, cookie in client.cookies.items():
    is_bound = bool(cookie["secure"] and cookie["path"] == "/" and not cookie["domain"])
    print(name, is_bound, bool(cookie["httponly"]), cookie["samesite"])
"""


@pytest.mark.parametrize(
    ("address", "prefix"), [("https://office.example", "__Host-"), ("http://localhost:8000", "")]
)
def test_over_tls_each_cookie_is_bound_to_this_host_and_read_by_no_script(tmp_path, address, prefix):
    own = {
        "PRIVATE_OFFICE_HOME": str(tmp_path / "data"),
        "PRIVATE_OFFICE_KEY_FILE": str(tmp_path / "key"),
        "PRIVATE_OFFICE_URL": address,
        "PRIVATE_OFFICE_HOSTS": "office.example",
        "DATABASE_URL": "",
        "QUEUE_URL": "",
    }
    (tmp_path / "data").mkdir()
    done = subprocess.run(
        [sys.executable, "-c", ASKED], env={**os.environ, **own}, capture_output=True, text=True, timeout=120
    )
    bound = str(bool(prefix))
    names = ("csrftoken", "messages", "sessionid")
    assert sorted(done.stdout.splitlines()) == [f"{prefix}{name} {bound} True Lax" for name in names], done.stderr
