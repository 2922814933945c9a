"""An empty database is laid out at once, in one transaction, as the migrations together would leave it.

Django renders every model anew for each step of each migration, which costs a quarter of a minute of processor
on an empty database and nothing that anybody could see. The tables are therefore made from the state that the
migrations end in, then what they do besides tables is done in their order, and all of them are entered as applied.
"""

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.migration import Migration
from django.db.migrations.operations import RunPython, RunSQL
from django.db.migrations.recorder import MigrationRecorder
from django.db.migrations.state import StateApps


def is_empty(alias: str) -> bool:
    """Whether there is not one table yet."""
    return not connections[alias].introspection.table_names()


def lay(alias: str) -> None:
    """Make everything that the migrations make, whole or not at all. The database must be empty."""
    connection = connections[alias]
    loader = MigrationLoader(connection)
    apps = loader.project_state().apps
    with connection.schema_editor() as editor:
        _make_tables(apps, editor)
        _do_the_rest(loader, apps, editor)
        _enter_as_applied(loader, connection)


def _make_tables(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    for model in apps.get_models():
        if model._meta.can_migrate(editor.connection):
            editor.create_model(model)


def _do_the_rest(loader: MigrationLoader, apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    """Triggers, search engines and rows of the house's own: the migrations of others only mend old rows."""
    for key, migration in _in_order(loader):
        if not type(migration).__module__.startswith("privateoffice."):
            continue
        for operation in migration.operations:
            if isinstance(operation, RunPython):
                operation.code(apps, editor)
            elif isinstance(operation, RunSQL):
                operation.database_forwards(key[0], editor, loader.project_state(), loader.project_state())


def _in_order(loader: MigrationLoader) -> list[tuple[tuple[str, str], Migration]]:
    plan = loader.graph._generate_plan(loader.graph.leaf_nodes(), at_end=True)
    return [(key, loader.graph.nodes[key]) for key in plan]


def _enter_as_applied(loader: MigrationLoader, connection: BaseDatabaseWrapper) -> None:
    recorder = MigrationRecorder(connection)
    recorder.ensure_schema()
    for app, name in loader.disk_migrations:
        recorder.record_applied(app, name)
