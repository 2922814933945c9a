"""An office that other machines can reach is refused by `private-office check` until each of these holds."""

import io
import os
import subprocess
import sys
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.core.management import CommandError, call_command

from privateoffice.foundations.offices.models import Office
from privateoffice.program import safety

KEY = bytes(range(32)).hex()


@pytest.fixture
def sound(settings, tmp_path, cast):
    """An office set up as it should be; a test spoils one thing."""
    home = tmp_path / "office"
    home.mkdir(mode=0o700)
    settings.HOME, settings.KEY_FILE = home, tmp_path / "office.key"
    settings.KEY_FILE.write_text(KEY)
    settings.KEY_FILE.chmod(0o600)
    settings.SITE_URL, settings.IS_SERVED_SECURELY = "https://office.force.example", True
    settings.ALLOWED_HOSTS = ["office.force.example"]
    settings.DEBUG = settings.ALLOWS_SAMPLE_SIGN_IN = False
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    settings.NEEDS_SECOND_FACTOR = True
    settings.OIDC_ISSUER = "https://login.force.example"
    Authenticator.objects.create(user=cast.administrator, type=Authenticator.Type.TOTP, data={})
    return settings


def faults():
    return [subject for subject, fault in safety.findings(asks_database=True) if fault]


def test_an_office_set_up_as_it_should_be_has_no_fault(sound):
    assert faults() == []
    assert len(list(safety.findings(asks_database=True))) == 13


def over_http(settings):
    settings.SITE_URL, settings.IS_SERVED_SECURELY = "http://office.force.example", False


def in_the_folder(settings):
    settings.KEY_FILE = settings.HOME / "key"
    settings.KEY_FILE.write_text(KEY)


SPOILT = {
    "address": over_http,
    "debugging": lambda settings: setattr(settings, "DEBUG", True),
    "sample sign-in": lambda settings: setattr(settings, "ALLOWS_SAMPLE_SIGN_IN", True),
    "hosts": lambda settings: setattr(settings, "ALLOWED_HOSTS", ["localhost", "127.0.0.1", "[::1]"]),
    "place of the key": in_the_folder,
    "strength of the key": lambda settings: settings.KEY_FILE.write_text("00" * 32),
    "data folder's rights": lambda settings: settings.HOME.chmod(0o755),
    "proxies": lambda settings: setattr(settings, "ALLAUTH_TRUSTED_PROXY_COUNT", 0),
    "the force's own sign-in": lambda settings: setattr(settings, "OIDC_ISSUER", "http://login.force.example"),
    "second factor": lambda settings: setattr(settings, "NEEDS_SECOND_FACTOR", False),
    "time-outs": lambda settings: setattr(settings, "SESSION_IDLE", timedelta(0)),
    "sample offices": lambda settings: Office.objects.filter(slug="homicide").update(is_sample=True),
    "administrators": lambda settings: Authenticator.objects.all().delete(),
}


@pytest.mark.parametrize("subject", SPOILT)
def test_each_fault_is_named_alone_and_the_command_fails(sound, subject):
    SPOILT[subject](sound)
    assert faults() == [subject]
    lines = io.StringIO()
    with pytest.raises(CommandError):
        call_command("check", stdout=lines)
    assert f"!!  {subject}: " in lines.getvalue()


@pytest.mark.parametrize("hosts", [["*"], ["another.example"]])
def test_every_name_and_only_another_name_are_refused(sound, hosts):
    sound.ALLOWED_HOSTS = hosts
    assert faults() == ["hosts"]


@pytest.mark.parametrize("key", ["", "ab" * 8, "not a key"])
def test_a_weak_key_is_refused(sound, key):
    sound.KEY_FILE.write_text(key)
    assert faults() == ["strength of the key"]


@pytest.mark.parametrize("url", ["http://localhost:8000", "http://127.0.0.1", "http://[::1]:8000"])
def test_an_office_of_this_machine_alone_is_not_asked(sound, url):
    sound.SITE_URL = url
    assert list(safety.findings(asks_database=True)) == []


@pytest.mark.parametrize(
    ("name", "time"), [("SESSION_IDLE", timedelta(hours=2)), ("SESSION_LASTS", timedelta(days=2))]
)
def test_a_session_that_lasts_too_long_is_refused(sound, name, time):
    setattr(sound, name, time)
    assert faults() == ["time-outs"]


@pytest.mark.parametrize(
    ("url", "is_on"),
    [("https://office.force.example", True), ("http://127.0.0.1:8000", False), ("http://[::1]", False)],
)
def test_a_second_factor_is_asked_for_by_itself_where_other_machines_reach_the_office(tmp_path, url, is_on):
    """Read by a process of its own, as the settings are read once."""
    env = {**os.environ, "PRIVATE_OFFICE_HOME": str(tmp_path / "var"), "PRIVATE_OFFICE_URL": url}
    asked = "from privateoffice import settings; print(settings.NEEDS_SECOND_FACTOR)"
    told = subprocess.run([sys.executable, "-c", asked], env=env, capture_output=True, text=True)
    assert told.stdout.strip() == str(is_on)
