"""Gives every message that is held already its one ask, and settles those that were answered: in three statements."""

from django.db import migrations

ASKS = """
INSERT INTO correspondence_ask (record_id, message_id, number, quoted, at, settled_at, put_off_until)
SELECT record_id, id, 1, '', at, NULL, NULL FROM correspondence_message WHERE NOT is_from_us
"""
SETTLED = """
UPDATE correspondence_ask SET settled_at = CURRENT_TIMESTAMP WHERE at <= (
    SELECT MAX(ours.at) FROM correspondence_message ours
    WHERE ours.record_id = correspondence_ask.record_id AND ours.is_from_us AND NOT ours.is_automatic
)
"""
DISPOSITIONS = """
INSERT INTO correspondence_disposition (
    record_id, ask_id, way, words, made, made_path, filed_as, until_at, pending_on, after_number, by_rule,
    disposed_at, disposed_by, sending_id, undoing_id
)
SELECT asked.record_id, asked.id, 'answered', 'Answered from the mailbox', '', '', '', NULL, '', about.message_count,
    '', asked.settled_at, 'upgrade', NULL, NULL
FROM correspondence_ask asked JOIN correspondence_conversation about ON about.record_ptr_id = asked.record_id
WHERE asked.settled_at IS NOT NULL
"""


def write(apps, schema_editor):
    for statement in (ASKS, SETTLED, DISPOSITIONS):
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("correspondence", "0002_asks")]

    operations = [migrations.RunPython(write, migrations.RunPython.noop)]
