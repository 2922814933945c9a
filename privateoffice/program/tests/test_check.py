import io
from datetime import timedelta

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command

from privateoffice.foundations.clock import clock
from privateoffice.foundations.jobs.beats import beat
from privateoffice.foundations.keeping.models import Backup, Trial
from privateoffice.foundations.offices.models import Office

pytestmark = pytest.mark.django_db


@pytest.fixture
def said(settings, tmp_path):
    """What `private-office check` says, line by line, of an office that is set up well."""
    settings.HOME, settings.KEY_FILE = tmp_path, tmp_path / "key"
    settings.KEY_FILE.write_text("key")
    settings.KEY_FILE.chmod(0o600)

    def check():
        lines = io.StringIO()
        try:
            call_command("check", stdout=lines)
        except CommandError as refusal:
            lines.write(str(refusal))
        return lines.getvalue().splitlines()

    return check


def test_an_office_that_is_well_is_called_so(said):
    beat("worker", "one")
    beat("scheduler", "two")
    assert [line[:2] for line in said()] == ["ok"] * 8


def test_what_is_not_well_is_said_in_words(said, settings):
    settings.KEY_FILE.chmod(0o644)
    lines = said()
    assert [line for line in lines if line.startswith("!!")] == [
        f"!!  key {settings.KEY_FILE}: others on this machine can read it",
        "!!  worker and scheduler: the worker is silent and the scheduler is silent",
    ]
    assert lines[-1] == "2 of these need a look."


def test_an_office_in_use_without_a_backup_is_told_so(said):
    """G07: the product says when the last good backup and the last trial restore were."""
    beat("worker", "one")
    beat("scheduler", "two")
    Office.objects.create(slug="homicide", code="HOM", name="Homicide", short_name="Homicide")
    assert "!!  backups: no backup was ever made" in said()
    now = clock.now()
    Backup.objects.create(began_at=now, ended_at=now - timedelta(hours=37), file="a.backup")
    assert "!!  backups: the last backup is 1 days old" in said()
    Backup.objects.create(began_at=now, ended_at=now, file="b.backup")
    assert any("no backup was ever restored as a trial" in line for line in said())
    Trial.objects.create(made_at=now, seal="s", rows=1, files=1)
    assert "ok  backups" in said()


def test_a_store_and_a_scanner_that_do_not_answer_are_said(said, settings, cast):
    settings.STORAGE_URL, settings.CLAMAV_URL = "s3://office?endpoint=http://127.0.0.1:1", "tcp://127.0.0.1:1"
    lines = {line.partition(": ")[0]: line.partition(": ")[2] for line in said()}
    assert lines["!!  store of files"].startswith("The store of files does not answer")
    assert lines["!!  virus scanner"].startswith("The virus scanner does not answer")
    assert "the outbox of Homicide" in lines["!!  mail of several machines"]
    assert "ok  quarantine" in lines


@pytest.mark.parametrize("name", ["storage", "scanner"])
def test_an_address_that_is_none_is_refused_at_the_start(name):
    from privateoffice import settings

    for url in ("http://elsewhere", "s3://", "tcp://", "office"):
        with pytest.raises(ImproperlyConfigured):
            getattr(settings, name)(url)
    assert getattr(settings, name)("") == ""
