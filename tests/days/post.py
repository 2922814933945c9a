"""The mailbox and the calendar that an office brings along, invented and dated around a given day."""

from datetime import date, datetime, timedelta
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path

from privateoffice.foundations.clock import clock

OURS = "delphine.hartsough@specialist-crime.example"
MP = "Nadia Prestwood MP <office@prestwood.example>"
UNANSWERED = "Parking outside the incident room"


def mailbox(folder: Path, today: date) -> Path:
    """An mbox of four messages: a conversation that we answered, one that waits, and a circular."""
    file = folder / "inbox.mbox"
    letters = [
        _letter(MP, OURS, "Family liaison for a constituent", "Who speaks to the family now?", today, 6, "a1"),
        _letter(
            OURS,
            MP,
            "Re: Family liaison for a constituent",
            "The officer will ring them today.",
            today,
            5,
            "a2",
            "a1",
        ),
        _letter(
            "Cllr Wendell Ashby <ashby@harrowmere.example>",
            OURS,
            UNANSWERED,
            "May residents park?",
            today,
            2,
            "b1",
        ),
        _letter(
            "Estates <estates@specialist-crime.example>", OURS, "Lift out of order", "Until noon.", today, 1, "c1"
        ),
    ]
    file.write_bytes(b"".join(b"From MAILER Mon Jan  1 00:00:00 2024\n" + raw + b"\n" for raw in letters))
    return file


def _letter(
    author: str, to: str, subject: str, text: str, today: date, days_ago: int, key: str, answers: str = ""
) -> bytes:
    letter = EmailMessage()
    letter["From"], letter["To"], letter["Subject"] = author, to, subject
    letter["Date"] = format_datetime(clock.moment(today - timedelta(days=days_ago), "10:15"))
    letter["Message-ID"] = f"<{key}@prestwood.example>"
    if answers:
        letter["In-Reply-To"] = letter["References"] = f"<{answers}@prestwood.example>"
    letter.set_content(text + "\n")
    return letter.as_bytes()


BRIEFING, VISIT = "Morning briefing", "Visit to the control room"


def calendar(folder: Path, today: date) -> Path:
    """An .ics of two engagements: one every day at nine, and one this afternoon."""
    file = folder / "diary.ics"
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Example//Diary//EN",
        *_event(
            "briefing", BRIEFING, clock.moment(today - timedelta(days=7), "09:00"), "RRULE:FREQ=DAILY;COUNT=60"
        ),
        *_event("visit", VISIT, clock.moment(today, "14:00"), "LOCATION:Lambeth"),
        "END:VCALENDAR",
    ]
    file.write_bytes("\r\n".join([*lines, ""]).encode())
    return file


def _event(uid: str, title: str, starts: datetime, more: str) -> list[str]:
    form = "%Y%m%dT%H%M%S"
    local = clock.london(starts)
    return [
        "BEGIN:VEVENT",
        f"UID:{uid}@example.org",
        f"DTSTAMP:{starts.strftime(form)}Z",
        f"DTSTART;TZID=Europe/London:{local.strftime(form)}",
        f"DTEND;TZID=Europe/London:{(local + timedelta(minutes=45)).strftime(form)}",
        f"SUMMARY:{title}",
        more,
        "END:VEVENT",
    ]
