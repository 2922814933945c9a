"""Messages for the tests, written plainly, and folders of them."""

from datetime import timedelta
from email.utils import format_datetime
from itertools import count
from pathlib import Path

from privateoffice.connectors.mail.sources import messages_in
from privateoffice.foundations.clock import clock
from privateoffice.foundations.offices import scope
from privateoffice.spine.correspondence import services

THEIRS = "Amabel Vellacott <a.vellacott@northmere.example.org>"
OURS = "Delphine Hartsough <delphine.hartsough@specialist-crime.example>"
_numbers = count(1)


def letter(
    subject="A question", text="May I ask?", *, sender=THEIRS, to=OURS, days_ago=1, message_id=None, **fields
) -> bytes:
    """A message; `fields` are further header fields, with _ for -."""
    number = next(_numbers)
    header = {
        "From": sender,
        "To": to,
        "Subject": subject,
        "Date": format_datetime(clock.now() - timedelta(days=days_ago)),
        "Message-ID": f"<{message_id or number}@northmere.example.org>",
        **{name.replace("_", "-").title(): value for name, value in fields.items()},
    }
    head = "\r\n".join(f"{name}: {value}" for name, value in header.items() if value is not None)
    return f"{head}\r\n\r\n{text}\r\n".encode()


def answer(question: int | str, subject="Re: A question", **said) -> bytes:
    return letter(subject, in_reply_to=f"<{question}@northmere.example.org>", **said)


def lay(folder: Path, *raws: bytes, ending=".eml") -> Path:
    """Write messages into a folder, in order."""
    folder.mkdir(exist_ok=True)
    for number, raw in enumerate(raws, start=1):
        (folder / f"{number:03}{ending}").write_bytes(raw)
    return folder


def take(cast, folder: Path, user=None):
    """Take in a folder as the PA, or as whoever is named."""
    with scope.acting(user or cast.pa, office=cast.homicide):
        return services.take_in(messages_in(folder), source=folder.name)
