import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from privateoffice.program import database
from privateoffice.program.refusals import CannotStart

pytestmark = pytest.mark.django_db


def test_a_database_of_this_version_is_neither_empty_nor_behind():
    assert database.look() == database.Found(is_empty=False, is_behind=False)


def test_a_database_that_lacks_a_migration_is_behind():
    MigrationRecorder(connection).record_unapplied("jobs", "0001_initial")
    assert database.look().is_behind


@pytest.mark.hostile("G09")
@pytest.mark.parametrize("made_by", [("jobs", "9999_later"), ("a_room_of_later", "0001_initial")])
def test_a_database_from_a_newer_version_is_refused_in_one_sentence(made_by):
    MigrationRecorder(connection).record_applied(*made_by)
    with pytest.raises(CannotStart) as refused:
        database.look()
    assert str(refused.value).startswith(f"The database {database.shown_name()} was made by a newer version")
    assert str(refused.value).endswith("Nothing was changed.")
    with pytest.raises(CommandError, match="newer version"):
        call_command("migrate", verbosity=0)
