"""Enters the kinds of enquiry as the handbook has them. They are data from then on."""

import csv
from pathlib import Path

from django.db import migrations

KINDS = Path(__file__).parent.parent / "data" / "kinds.csv"


def enter(apps, schema_editor):
    kind = apps.get_model("enquiries", "EnquiryKind")
    with KINDS.open(newline="", encoding="utf-8") as file:
        for order, row in enumerate(csv.DictReader(file)):
            row["is_wrong_door"] = row["is_wrong_door"] == "yes"
            kind.objects.update_or_create(slug=row.pop("slug"), defaults={**row, "order": order})


class Migration(migrations.Migration):
    dependencies = [("enquiries", "0001_initial")]
    operations = [migrations.RunPython(enter, migrations.RunPython.noop)]
