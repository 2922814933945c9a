"""Dates, times and numbers in templates."""

from datetime import UTC, date, datetime

import pytest
from django.template import Context, Template

from privateoffice.foundations.clock import clock

NOW = datetime(2026, 11, 23, 10, 41, tzinfo=UTC)


@pytest.mark.parametrize(
    ("filter", "value", "said"),
    [
        ("po_date", date(2026, 1, 26), "26 January 2026"),
        ("po_day", date(2026, 11, 23), "Mon 23 Nov"),
        ("po_time", datetime(2026, 11, 23, 17, 30, tzinfo=UTC), "5:30pm"),
        ("po_time", datetime(2026, 7, 23, 16, 30, tzinfo=UTC), "5:30pm"),
        ("po_when", date(2026, 11, 20), "1 working day late"),
        ("po_when", date(2026, 11, 24), "Tomorrow"),
        ("po_date", None, ""),
        ("po_when", None, ""),
        ('po_plural:"record"', 1, "1 record"),
        ('po_plural:"reply,replies"', 2, "2 replies"),
        ('po_plural:"record"', None, "0 records"),
    ],
)
def test_what_is_written(filter, value, said):
    with clock.stopped_at(NOW):
        assert Template("{{ value|" + filter + " }}").render(Context({"value": value})) == said
