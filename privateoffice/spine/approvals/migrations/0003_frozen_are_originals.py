"""What was frozen lay in folders of its own, named by the office's code; now it lies with the other originals."""

import os
from pathlib import Path

from django.conf import settings
from django.db import migrations


def move(apps, editor):
    originals = apps.get_model("records", "Original")
    for office in apps.get_model("offices", "Office").objects.all():
        for place in sorted((Path(settings.FILES_DIR) / office.code / "frozen").glob("*/*")):
            if place.name.startswith("."):
                continue
            to = Path(settings.FILES_DIR) / str(office.pk) / place.name[:2] / place.name
            to.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            size = place.stat().st_size
            os.replace(place, to)
            originals.objects.get_or_create(office_id=office.pk, digest=place.name, defaults={"size": size})


class Migration(migrations.Migration):

    dependencies = [("approvals", "0002_checks"), ("records", "0002_originals")]

    operations = [migrations.RunPython(move, migrations.RunPython.noop)]
