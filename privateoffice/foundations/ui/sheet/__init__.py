"""Examples for the component sheet: every component in every state."""

from typing import Any

from privateoffice.foundations.ui.sheet import forms, lists, offices, records

COLOURS = "canvas surface line edge ink3 ink link act focus pick blue violet red amber green grey red-w amber-w"


def sheet() -> dict[str, Any]:
    """What the component sheet shows, dated from today."""
    return {
        "offices": offices.offices(),
        "cover": offices.cover(),
        "colours": COLOURS.split(),
        "rows": lists.rows(),
        "form": forms.ExampleForm(auto_id="example_%s"),
        "faulty": forms.faulty_form(),
        "clocks": records.clocks(),
        "trail": records.trail(),
        "matter": records.matter(),
        "keeping": records.KEEPING,
        **lists.lists(),
        **records.papers(),
    }
