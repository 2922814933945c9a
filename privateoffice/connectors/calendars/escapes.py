"""How texts, parameters and moments are written in a calendar file, so that no field starts a line of its own."""

import re
from datetime import datetime

from privateoffice.connectors.calendars.values import clean


def stamp(wall: datetime) -> str:
    return wall.replace(tzinfo=None, microsecond=0).isoformat().replace("-", "").replace(":", "")


def text(value: str) -> str:
    value = clean(value).replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return value.replace("\n", "\\n")


def param(value: str) -> str:
    value = clean(value).replace("^", "^^").replace("\n", "^n").replace('"', "^'")
    return f'"{value}"' if re.search(r"[:;,]", value) or value != value.strip() else value


def token(value: str, also: str = "-") -> str:
    return "".join(c for c in value if (c.isascii() and c.isalnum()) or c in also)
