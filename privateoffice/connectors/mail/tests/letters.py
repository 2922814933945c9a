"""Small invented messages for the tests of the mail connector."""

from collections.abc import Mapping

HEAD: Mapping[str, str] = {
    "From": "Delphine Hartsough <delphine@specialist-crime.example>",
    "To": "Jonah Pemberlaw <jonah@specialist-crime.example>",
    "Subject": "Papers for Thursday",
    "Date": "Mon, 26 Jan 2026 09:30:00 +0000",
    "Message-ID": "<one@specialist-crime.example>",
}


def letter(body: str | bytes = "Good morning.\r\n", **fields: str | None) -> bytes:
    """A message with the usual header, its fields changed or (with None) left out."""
    named = {name.replace("_", "-").title(): value for name, value in fields.items()}
    held = {name.title(): value for name, value in HEAD.items()} | named
    header = "".join(f"{name}: {value}\r\n" for name, value in held.items() if value is not None)
    content = body.encode("utf-8", "surrogateescape") if isinstance(body, str) else body
    return header.encode("utf-8", "surrogateescape") + b"\r\n" + content


def many(
    *parts: bytes, kind: str = "mixed", boundary: str = "cut", closed: bool = True, **fields: str | None
) -> bytes:
    """A message of several parts; each part is its header lines, a blank line, and its body."""
    body = b"".join(b"--" + boundary.encode() + b"\r\n" + part + b"\r\n" for part in parts)
    end = b"--" + boundary.encode() + b"--\r\n" if closed else b""
    return letter(body + end, content_type=f'multipart/{kind}; boundary="{boundary}"', **fields)


def part(header: str, body: bytes = b"") -> bytes:
    """One part for `many`."""
    lines = f"{header}\r\n" if header else ""
    return lines.encode("utf-8", "surrogateescape") + b"\r\n" + body
