"""The administrator's page about backups, damaged files and the heads of the trail."""

from datetime import timedelta

import pytest
from django.test import Client

from privateoffice.foundations.audit import services as audit
from privateoffice.foundations.clock import clock
from privateoffice.foundations.keeping import services
from privateoffice.foundations.keeping.models import Backup, Trial
from privateoffice.foundations.offices import scope
from privateoffice.foundations.records import services as records


@pytest.fixture
def administrator(cast):
    client = Client()
    client.force_login(cast.administrator)
    return client


def test_without_a_backup_it_says_so_and_how_one_is_made(administrator):
    page = administrator.get("/administration/keeping/").content.decode()
    assert "No backup was ever made" in page
    assert "private-office backup FILE" in page


def test_it_says_when_the_last_good_backup_and_trial_were(administrator):
    now = clock.now()
    Backup.objects.create(began_at=now, file="unfinished.backup")
    Backup.objects.create(began_at=now, ended_at=now, file="good.backup", size=2048, seal="a" * 64)
    Trial.objects.create(made_at=now - timedelta(days=1), seal="a" * 64, rows=12, files=3)
    page = administrator.get("/administration/keeping/").content.decode()
    assert "good.backup" in page
    assert "unfinished.backup" not in page
    assert "came back equal, 12 rows and 3 files" in page


def test_damaged_files_are_counted_and_not_named(administrator, cast):
    with scope.acting(cast.pa, office=cast.homicide):
        records.keep_original(b"one").path.unlink()
    with scope.acting_as_system("test"):
        services.look_through()
    page = administrator.get("/administration/keeping/").content.decode()
    assert "1 kept file is missing or altered" in page


def test_the_heads_can_be_printed(administrator, cast):
    with scope.acting(cast.pa, office=cast.homicide):
        records.open_matter(title="Visit of the minister")
    page = administrator.get("/administration/keeping/").content.decode()
    assert audit.head_of(cast.homicide.pk)[1] in page
    paper = administrator.get("/administration/keeping/heads.pdf")
    assert paper["Content-Type"] == "application/pdf"
    assert paper.content.startswith(b"%PDF-")


def test_nobody_else_sees_it(cast):
    client = Client()
    client.force_login(cast.pa)
    for address in ("/administration/keeping/", "/administration/keeping/heads.pdf"):
        assert client.get(address).status_code == 404
