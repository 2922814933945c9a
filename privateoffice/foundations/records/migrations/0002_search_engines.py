"""The full-text index beside the search texts, in the way of the database at hand.

Both are kept in step by the database itself: triggers on SQLite, a generated column on PostgreSQL. A later
migration that alters `records_searchtext` on SQLite makes that table anew and must call `in_sqlite` again.
"""

from django.db import migrations, transaction
from django.db.utils import DatabaseError

INDEX = """
CREATE VIRTUAL TABLE records_searchindex USING fts5(
    title, body, content='records_searchtext', content_rowid='record_id',
    tokenize='porter unicode61 remove_diacritics 2', prefix='2 3'
)
"""

FORGET = "INSERT INTO records_searchindex (records_searchindex, rowid, title, body) VALUES ('delete', old.record_id, old.title, old.body);"
LEARN = "INSERT INTO records_searchindex (rowid, title, body) VALUES (new.record_id, new.title, new.body);"

TRIGGERS = {
    "records_searchtext_made": f"AFTER INSERT ON records_searchtext BEGIN {LEARN} END",
    "records_searchtext_gone": f"AFTER DELETE ON records_searchtext BEGIN {FORGET} END",
    "records_searchtext_changed": f"AFTER UPDATE ON records_searchtext BEGIN {FORGET} {LEARN} END",
}

# Signs at which one word ends and the next begins. PostgreSQL's own parser would read addresses, paths and
# signed numbers out of them, which nobody finds again by the words that they are made of.
SIGNS = "/-_.,:;@+*#&%$?!=~<>()[]{}|\\\"''^`"

WORDS = """
ALTER TABLE records_searchtext ADD COLUMN words tsvector GENERATED ALWAYS AS (
    setweight(to_tsvector('office_words', translate(title, '{signs}', '{blanks}')), 'A')
    || setweight(to_tsvector('office_words', translate(body, '{signs}', '{blanks}')), 'D')
) STORED
""".format(signs=SIGNS, blanks=" " * (len(SIGNS) - 1))

# English stems, but every word counts: a private office looks for "The Who" and for "it".
CONFIGURATION = (
    "CREATE TEXT SEARCH DICTIONARY office_stem (TEMPLATE = snowball, Language = english)",
    "CREATE TEXT SEARCH CONFIGURATION office_words (COPY = english)",
    "ALTER TEXT SEARCH CONFIGURATION office_words ALTER MAPPING REPLACE english_stem WITH office_stem",
)
ACCENTS = (
    "CREATE EXTENSION IF NOT EXISTS unaccent",
    "ALTER TEXT SEARCH CONFIGURATION office_words ALTER MAPPING FOR word, numword, hword, hword_part "
    "WITH unaccent, office_stem",
)


def build(apps, editor):
    if editor.connection.vendor == "sqlite":
        in_sqlite(editor)
    elif editor.connection.vendor == "postgresql":
        in_postgresql(editor)


def in_sqlite(editor):
    editor.execute(INDEX)
    for name, what in TRIGGERS.items():
        editor.execute(f"CREATE TRIGGER {name} {what}", params=None)
    editor.execute("INSERT INTO records_searchindex (records_searchindex) VALUES ('rebuild')")


def in_postgresql(editor):
    for statement in CONFIGURATION:
        editor.execute(statement)
    without_accents(editor)
    editor.execute(WORDS, params=None)
    editor.execute("CREATE INDEX records_searchtext_words ON records_searchtext USING gin (words)")


def without_accents(editor):
    """Where the extension cannot be had, words are found with their accents only."""
    try:
        with transaction.atomic(using=editor.connection.alias):
            for statement in ACCENTS:
                editor.execute(statement)
    except DatabaseError:
        pass


def pull_down(apps, editor):
    if editor.connection.vendor == "sqlite":
        for name in TRIGGERS:
            editor.execute(f"DROP TRIGGER {name}")
        editor.execute("DROP TABLE records_searchindex")
    elif editor.connection.vendor == "postgresql":
        editor.execute("ALTER TABLE records_searchtext DROP COLUMN words")
        editor.execute("DROP TEXT SEARCH CONFIGURATION office_words")
        editor.execute("DROP TEXT SEARCH DICTIONARY office_stem")


class Migration(migrations.Migration):

    dependencies = [("records", "0001_initial")]

    operations = [migrations.RunPython(build, pull_down)]
