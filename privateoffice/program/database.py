"""The database before the office opens: does it answer, is it ours, is it of this version."""

from dataclasses import dataclass

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.exceptions import InconsistentMigrationHistory
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader

from privateoffice.program.refusals import CannotStart


@dataclass(frozen=True)
class Found:
    """What stands in the database: nothing at all, or something that has to be upgraded first."""

    is_empty: bool
    is_behind: bool


def look() -> Found:
    """Look at the database without changing it. Raises CannotStart where it is not one to work with."""
    try:
        executor = MigrationExecutor(connection)
        executor.loader.check_consistent_history(connection)
    except InconsistentMigrationHistory as fault:
        raise CannotStart(f"The database was made by another version of Private Office: {fault}") from fault
    except DatabaseError as fault:
        raise CannotStart(f"The database {shown_name()} cannot be used: {first_line(fault)}.") from fault
    refuse_newer(executor.loader)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return Found(is_empty=not executor.loader.applied_migrations, is_behind=bool(plan))


def refuse_newer(loader: MigrationLoader) -> None:
    """Raise CannotStart where the database has been through migrations that this version does not know."""
    replaced = {old for migration in loader.disk_migrations.values() for old in migration.replaces}
    unknown = sorted(set(loader.applied_migrations) - set(loader.disk_migrations) - replaced)
    if unknown:
        app, name = unknown[-1]
        raise CannotStart(
            f"The database {shown_name()} was made by a newer version of Private Office ({app} {name}): "
            "install that version or a later one. Nothing was changed."
        )


def shown_name() -> str:
    """The database as a person would find it, without any password."""
    entry = settings.DATABASES["default"]
    host = f" on {entry['HOST']}" if entry.get("HOST") else ""
    return f"{entry['NAME']}{host}"


def first_line(fault: Exception) -> str:
    return str(fault).strip().split("\n")[0].rstrip(".")
