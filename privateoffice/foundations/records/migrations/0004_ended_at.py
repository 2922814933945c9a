"""The moment of the standing closing on the record's own row, for an index of what is open."""

from django.db import migrations, models

SAY_ENDED = """
UPDATE records_record SET ended_at = (
    SELECT closed_at FROM records_closing
    WHERE records_closing.record_id = records_record.id AND records_closing.reopening_id IS NULL
)
"""


class Migration(migrations.Migration):
    dependencies = [("records", "0003_search_engines")]

    operations = [
        migrations.AddField(
            "record", "ended_at", models.DateTimeField(blank=True, editable=False, null=True)
        ),
        migrations.RunSQL(SAY_ENDED, migrations.RunSQL.noop),
        migrations.AddIndex(
            "record",
            models.Index(
                condition=models.Q(("ended_at", None)),
                fields=["office", "kind", "due_at"],
                name="records_open_by_due",
            ),
        ),
    ]
