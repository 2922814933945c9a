"""The floor under each page: its rows and its counts in SQL written by hand, on the same tables and indexes."""

from collections.abc import Callable
from typing import Any

from django.db import connection

SEEN = """r.office_id = %(office)s AND r.marking <= 2
AND NOT EXISTS (SELECT 1 FROM records_conflict c WHERE c.record_id = r.id AND c.person_id = %(person)s)
AND NOT EXISTS (SELECT 1 FROM records_audience a WHERE a.record_id = r.id AND NOT EXISTS (
  SELECT 1 FROM records_audience b WHERE b.record_id = r.id AND (b.role = 'pa' OR b.person_id = %(person)s)))"""
ENDED = "r.ended_at IS NOT NULL"
AN_ENQUIRY = f"""FROM records_record r JOIN enquiries_enquiry e ON e.record_ptr_id = r.id
JOIN enquiries_enquirykind t ON t.id = e.enquiry_kind_id LEFT JOIN enquiries_caller p ON p.id = e.caller_id
WHERE r.kind = 'enquiries.enquiry' AND {SEEN}"""
AN_ACTION = f"""FROM records_record r JOIN actions_action e ON e.record_ptr_id = r.id
WHERE r.kind = 'actions.action' AND {SEEN}"""
DONE = "EXISTS (SELECT 1 FROM actions_discharge d WHERE d.record_id = r.id AND d.sending_back_id IS NULL)"

ENQUIRY_COLUMNS = "r.reference, r.title, r.due_at, r.marking, t.name, p.name, e.owner_role"
ACTION_COLUMNS = "r.reference, r.title, r.due_at, r.marking, e.due_on, e.owner_role"


def _count(kind: str, more: str) -> str:
    return f"SELECT count(*) FROM records_record r WHERE r.kind = '{kind}' AND {SEEN} {more}"


def enquiries(where: str, order: str, offset: int = 0) -> list[str]:
    return [
        f"SELECT {ENQUIRY_COLUMNS} {AN_ENQUIRY} {where} ORDER BY {order} LIMIT 50 OFFSET {offset}",
        _count("enquiries.enquiry", where),
    ]


def actions(where: str, order: str, offset: int = 0) -> list[str]:
    return [
        f"SELECT {ACTION_COLUMNS} {AN_ACTION} {where} ORDER BY {order} LIMIT 50 OFFSET {offset}",
        _count("actions.action", where),
    ]


OPEN, CLOSED = "AND r.ended_at IS NULL", f"AND {ENDED}"
MINE = f"{OPEN} AND r.id IN (SELECT m.record_ptr_id FROM actions_action m WHERE m.owner_role = 'pa')"
LATE = f"{OPEN} AND r.due_at < %(now)s"
TODAY = [
    f"SELECT {ENQUIRY_COLUMNS} {AN_ENQUIRY} {LATE} ORDER BY r.due_at LIMIT 100",
    f"SELECT {ACTION_COLUMNS} {AN_ACTION} {LATE} AND NOT {DONE} ORDER BY r.due_at LIMIT 100",
]
MATTERS = [
    f"SELECT r.reference, r.title FROM records_record r WHERE r.kind = 'records.matter' AND {SEEN} {OPEN} "
    "ORDER BY r.made_at DESC LIMIT 50",
    _count("records.matter", OPEN),
]
ONE_ENQUIRY = [
    f"SELECT {ENQUIRY_COLUMNS}, r.id {AN_ENQUIRY} AND r.year = %(year)s AND r.number = 1",
    "SELECT text, noted_at FROM enquiries_note n JOIN records_record r ON r.id = n.enquiry_id "
    "WHERE r.year = %(year)s AND r.number = 1 AND r.kind = 'enquiries.enquiry' AND r.office_id = %(office)s",
]


def ask(statements: list[str], said: dict[str, Any]) -> Callable[[], None]:
    """Something that runs the statements and fetches every row."""

    def run() -> None:
        with connection.cursor() as cursor:
            for statement in statements:
                cursor.execute(statement, said)
                cursor.fetchall()

    return run
