"""Examples of rows, tables, figures, charts and days."""

from datetime import timedelta
from typing import Any

from privateoffice.foundations.clock import clock
from privateoffice.foundations.registry.declarations import Act, Need
from privateoffice.foundations.ui.drawings import Chart

HERE = "#main"


def rows() -> list[Need]:
    return [
        need("Ring back the coroner’s officer", "Promised before noon", "soon", "11:45am"),
        need(
            "MP’s letter about family liaison for a constituent",
            "Reply promised for Friday. The draft is with the Staff Officer since Thursday, no answer.",
            "late",
            "1 working day late",
            whose="DS Fennimarsh",
            reference="HOM/ENQ/2026/0139",
            is_sensitive=True,
        ),
        need("Confirm the hall", "Action HOM/ACT/2026/0087", "well", "Today"),
        need("Contribution, DCI Trevannick", "Asked Thursday", "waiting", "Back Tue", whose="DCI T."),
        need("Answer the county’s question", "Answered by mail", "closed", "Mon 16 Nov"),
    ]


def need(title: str, why: str, standing: str, when: str, **more: Any) -> Need:
    acts = (
        Act("Open", "↵", HERE),
        Act("Done", "e", HERE),
        Act("Pass on", "p", HERE),
        Act("Put off", "z", HERE),
    )
    return Need(title, title, why, HERE, standing, "now", when=when, acts=acts, **more)


def lists() -> dict[str, Any]:
    today = clock.today()
    return {
        "columns": ["Kind", {"word": "In", "is_number": True}, {"word": "In time", "is_number": True}, "Standing"],
        "cells": [
            ["MP and Assembly", 14, 13, {"standing": "soon", "words": "Below aim"}],
            ["Other forces", 61, 59, {"standing": "well", "words": "In order"}],
        ],
        "facts": [("Owner", "PA since 6 November"), ("Keep", "6 years after it is resolved"), ("Empty", "")],
        "figures": [
            {
                "word": "Answered in time",
                "number": "96%",
                "note": "of 74",
                "standing": "well",
                "words": "Above aim",
            },
            {"word": "Open", "number": 12, "note": "4 late"},
            {"word": "Oldest", "number": "11", "note": "working days"},
        ],
        "chart": Chart(
            "Answered in time",
            [("Jun", 88), ("Jul", 91), ("Aug", 93), ("Sep", 90), ("Oct", 94), ("Nov", 96)],
            unit="per cent",
            aim=95,
            note="by month; aim 95%",
            head="Month",
            column="In time",
            least=75,
        ),
        "line": Chart(
            "Waiting at close",
            [("Mon", 14), ("Tue", 9), ("Wed", 11), ("Thu", 6), ("Fri", 3)],
            form="line",
            note="this week",
        ),
        "filters": [
            {"word": "All", "count": 9, "url": HERE, "is_current": True},
            {"word": "Mail", "count": 4, "url": HERE},
            {"word": "Notes", "count": 2, "url": HERE},
        ],
        "hours": [
            {"at": "8:30", "title": "Reactive Review", "note": "Room 4.12, 13 there"},
            {"at": "10:30", "title": "One to one", "note": "Office, until 11:15am", "state": "now", "url": HERE},
            {
                "at": "11:30",
                "title": "Hold: CPS or Federation",
                "note": "Released when one says yes",
                "state": "hold",
            },
            {"at": "1:10", "title": "Travel, 35 minutes", "state": "travel"},
            {"at": "2:00", "title": "Gold group", "standing": "soon", "words": "Brief due 1:00pm"},
        ],
        "days": [
            (
                today,
                [
                    {
                        "times": "2:00pm to 3:00pm",
                        "title": "Gold group",
                        "place": "Room 4.12",
                        "gap": "No brief",
                        "url": HERE,
                    }
                ],
            ),
            (today + timedelta(days=1), []),
        ],
        "steps": [
            {"word": "Asked", "when": "Thu 12 Nov", "state": "done"},
            {"word": "5 days before", "when": "Fri 13 Nov", "state": "done"},
            {"word": "On the day", "when": "today 4:00pm", "state": "next", "act": Act("Pause", "", HERE)},
            {"word": "Weekly", "when": "from Fri 27 Nov"},
            {"word": "Commander’s list", "when": "third slip"},
        ],
        "more": [Act("Split", "", HERE), Act("Re-open", "", HERE), Act("Print", "", HERE)],
        "keys": [
            ("This list", "?"),
            ("Search or go to", "/"),
            ("New", "c"),
            ("Today", "g t"),
            ("Down, up", "j k"),
        ],
    }
