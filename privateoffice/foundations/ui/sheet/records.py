"""Examples of what a record's page shows: clocks, trail, matter, approval."""

from datetime import timedelta
from typing import Any

from privateoffice.foundations.clock import clock, working_days
from privateoffice.foundations.registry.declarations import Act
from privateoffice.foundations.ui.clocks import PromiseClock
from privateoffice.foundations.ui.sheet.lists import HERE

KEEPING = [
    ("Marking", "OFFICIAL-SENSITIVE: PERSONAL DATA"),
    ("Readers", "Commander, Staff Officer"),
    ("Kept", "2 years after it is closed, then destroyed"),
    ("Held", "Public inquiry"),
]


def clocks() -> list[PromiseClock]:
    today = clock.today()
    return [
        PromiseClock(
            "Clock: MP and Assembly.",
            "Acknowledge in 2 working days, reply in 10, never beyond 20.",
            received_on=working_days.add(today, -11),
            acknowledged_on=working_days.add(today, -10),
            promised_on=working_days.add(today, -1),
            last_on=working_days.add(today, 9),
            last_words="Last date, 20 working days",
            change_url=HERE,
        ),
        PromiseClock(
            "Clock: general.",
            "Acknowledge in 2 working days, reply in 10.",
            received_on=working_days.add(today, -5),
            acknowledged_on=working_days.add(today, -3),
            acknowledge_by=working_days.add(today, -3),
            promised_on=working_days.add(today, 5),
        ),
    ]


def trail() -> list[dict[str, Any]]:
    now = clock.now()
    return [
        {
            "at": now,
            "who": "Jonah Pemberlaw",
            "for_whom": "Delphine Hartsough",
            "words": "added a note under cover",
            "quote": "Researcher rang. They can wait until Friday, not longer. She was civil.",
            "state": "us",
        },
        {"at": now, "who": "Acknowledged", "words": "by mail, delivered at once", "state": "done"},
        {
            "at": now - timedelta(days=4),
            "who": "DCI Hamish Trevannick",
            "words": "answered the contribution by mail, without an account.",
            "url": HERE,
            "link": "Compare with draft 1",
        },
    ]


def matter() -> dict[str, Any]:
    def item(icon: str, title: str, note: str, standing: str = "", word: str = "", **more: Any) -> dict[str, Any]:
        return {
            "icon": icon,
            "title": title,
            "note": note,
            "standing": standing,
            "word": word,
            "url": HERE,
            **more,
        }

    return {
        "reference": "HOM/MAT/2026/0031",
        "title": "Family liaison: change of officers",
        "url": HERE,
        "hidden_count": 1,
        "items": [
            item("mail", "Letter from the MP", "6 Nov, received", "closed", "Filed"),
            item("enquiries", "Enquiry 0139", "", "late", "Late", is_here=True),
            item("letter", "Draft reply, version 2", "With the Staff Officer", "soon", "Clearance"),
            item("approvals", "Approval", "Opens when the draft is cleared", "waiting", "Not yet"),
        ],
    }


def papers() -> dict[str, Any]:
    return {
        "decision": {
            "standing": "soon",
            "when": "By noon today",
            "title": "Speak at Northmere, Friday 12 March",
            "text": "20 minutes at 9:30am. You are free; back by noon.",
            "recommendation": "accept",
            "reason": "We owe them the pilot’s results as well.",
            "url": HERE,
            "link": "Read the invitation, 1 page",
            "acts": [Act("Accept", "", HERE), Act("Decline or ask", "", HERE)],
        },
        "bound": [
            ("To", "Nadia Prestwood MP, office@prestwood.example.org"),
            ("With", "Nothing attached"),
            ("How", "Email, with the letter as a PDF"),
            ("Marking", "OFFICIAL"),
        ],
        "fingerprint": "9f2c41ab07d3e85a6b10c4f72e99d1a8",
    }
