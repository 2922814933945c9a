"""Between the bytes of a message and the properties by which Graph tells of it."""

import email
import email.policy
import secrets
from datetime import UTC, datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime, getaddresses, parsedate_to_datetime
from typing import Any

from emulator.graph.state import Attachment, Message, moment


def told_of(raw: bytes) -> tuple[dict[str, Any], list[Attachment]]:
    """The properties of a message that came as bytes, and its files."""
    parsed = email.message_from_bytes(raw, policy=email.policy.default)
    body = parsed.get_body(("plain", "html"))
    files = [_file(part) for part in parsed.iter_attachments()]
    sender = _people(parsed, "from")
    told = {
        "subject": str(parsed["subject"] or ""),
        "internetMessageId": str(parsed["message-id"] or f"<{secrets.token_hex(8)}@force.example>").strip(),
        "from": sender[0] if sender else None,
        "sender": (_people(parsed, "sender") or sender or [None])[0],
        "toRecipients": _people(parsed, "to"),
        "ccRecipients": _people(parsed, "cc"),
        "bccRecipients": [],
        "replyTo": _people(parsed, "reply-to"),
        "body": {"contentType": "text", "content": str(body.get_content()) if body else ""},
        "sentDateTime": _when(parsed["date"]),
        "receivedDateTime": moment(),
        "hasAttachments": bool(files),
        "isRead": False,
        "isDraft": False,
        "importance": "normal",
        "categories": [],
        "flag": {"flagStatus": "notFlagged"},
    }
    return told, files


def _file(part: Any) -> Attachment:
    content = part.get_content()
    raw = (
        content.encode() if isinstance(content, str) else content if isinstance(content, bytes) else bytes(content)
    )
    return Attachment(secrets.token_hex(8), part.get_filename() or "", part.get_content_type(), raw)


def _people(parsed: Any, name: str) -> list[dict[str, Any]]:
    found = getaddresses([str(each) for each in parsed.get_all(name, [])])
    return [
        {"emailAddress": {"name": shown or address, "address": address}} for shown, address in found if address
    ]


def _when(text: Any) -> str:
    try:
        return parsedate_to_datetime(str(text)).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    except (TypeError, ValueError):
        return moment()


def written(message: Message) -> bytes:
    """A message as bytes: as it came, or composed of what is told of it."""
    if message.raw is not None:
        return message.raw
    told, made = message.told, EmailMessage(policy=email.policy.SMTP)
    made["From"] = _address(told.get("from"))
    if told.get("sender") and told["sender"] != told.get("from"):
        made["Sender"] = _address(told["sender"])
    for header, name in (("To", "toRecipients"), ("Cc", "ccRecipients"), ("Reply-To", "replyTo")):
        if told.get(name):
            made[header] = [_address(each) for each in told[name]]
    made["Subject"] = told.get("subject") or ""
    made["Message-ID"] = told["internetMessageId"]
    made["Date"] = format_datetime(datetime.now(UTC))
    if message.answers:
        made["In-Reply-To"] = made["References"] = message.answers
    body = told.get("body") or {"contentType": "text", "content": ""}
    made.set_content(body.get("content") or "", subtype="html" if body.get("contentType") == "html" else "plain")
    for each in message.attachments:
        main, _, sub = each.content_type.partition("/")
        made.add_attachment(each.content, maintype=main, subtype=sub or "octet-stream", filename=each.name)
    return made.as_bytes()


def _address(told: Any) -> Address:
    one = (told or {}).get("emailAddress") or {}
    return Address(display_name=one.get("name") or "", addr_spec=one.get("address") or "nobody@force.example")


def addresses(told: dict[str, Any]) -> list[str]:
    """All to whom a message goes."""
    groups = ("toRecipients", "ccRecipients", "bccRecipients")
    return [each["emailAddress"]["address"] for name in groups for each in told.get(name) or []]
