"""The next key of each table. A key given once is never given again: the trail knows records by theirs."""

from django.db.backends.base.base import BaseDatabaseWrapper

OF_POSTGRES = """
SELECT s.relname, t.relname, a.attname FROM pg_class s
JOIN pg_depend d ON d.objid = s.oid AND d.classid = 'pg_class'::regclass AND d.deptype IN ('a', 'i')
JOIN pg_class t ON t.oid = d.refobjid
JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = d.refobjsubid
JOIN pg_namespace n ON n.oid = s.relnamespace AND n.nspname = current_schema()
WHERE s.relkind = 'S'
"""


def next_keys(connection: BaseDatabaseWrapper) -> dict[str, int]:
    """The last key that was given in each table."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name, seq FROM sqlite_sequence")
            return dict(cursor.fetchall())
        cursor.execute(OF_POSTGRES)
        found = {}
        for sequence, table, _ in cursor.fetchall():
            cursor.execute(f'SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM "{sequence}"')  # noqa: S608
            found[table] = cursor.fetchone()[0]
        return found


def set_next_keys(connection: BaseDatabaseWrapper, last: dict[str, int]) -> None:
    """Go on behind the last key that was given in each table, or that is there."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            for table, key in last.items():
                cursor.execute("UPDATE sqlite_sequence SET seq = max(seq, %s) WHERE name = %s", [key, table])
                if not cursor.rowcount:
                    cursor.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", [table, key])
            return
        cursor.execute(OF_POSTGRES)
        for sequence, table, column in cursor.fetchall():
            cursor.execute(f'SELECT coalesce(max("{column}"), 0) FROM "{table}"')  # noqa: S608
            key = max(last.get(table, 0), cursor.fetchone()[0])
            if key:
                cursor.execute("SELECT setval(%s, %s)", [f'"{sequence}"', key])
