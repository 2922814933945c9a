"""Gives each rota that was set up before the rules about days, not kept until somebody says so."""

from datetime import date

from django.db import migrations

CUSTOM = "Custom of the unit"
RULES = (
    (
        "runs-of-days",
        "runs-of-days",
        "Days running and days free",
        f"{CUSTOM}; Working Time Regulations 1998, adequate rest",
        {"shortest": 2, "longest": 5, "rest": 2},
        [],
    ),
    ("weekends-worked", "weekends-worked", "Weekends worked", CUSTOM, {"at_most": 3}, []),
    ("most-nights", "at-most-credits", "Nights in a rota", CUSTOM, {"at_most": 8}, ["night"]),
)


def add(apps, schema_editor):
    rota_model, rule_model = apps.get_model("rotas", "Rota"), apps.get_model("rotas", "Rule")
    for rota in rota_model.objects.all():
        for place, (key, kind, name, source, numbers, words) in enumerate(RULES, start=50):
            rule_model.objects.get_or_create(
                rota=rota,
                key=key,
                defaults={
                    "office_id": rota.office_id,
                    "kind": kind,
                    "name": name,
                    "source": source,
                    "numbers": numbers,
                    "words": words,
                    "waiver": 300,
                    "is_kept": False,
                    "starts_on": date(2000, 1, 1),
                    "set_by": "The catalogue",
                    "order": place,
                },
            )


class Migration(migrations.Migration):
    dependencies = [("rotas", "0001_initial")]
    operations = [migrations.RunPython(add, migrations.RunPython.noop)]
