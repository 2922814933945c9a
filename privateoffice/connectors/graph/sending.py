"""Sending by Microsoft 365: a draft is made, sent, and found among what was sent, under an id that stays the same.

Graph takes no key that would make a second try harmless. So a draft is sent once: before another is made of the
same letter, the first is looked for, and emptied and deleted where it has not left.
"""

import base64
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

from privateoffice.connectors.graph.mailbox import found
from privateoffice.connectors.graph.session import Refused, Session
from privateoffice.connectors.ports.mailbox import Gone, Trouble

INLINE = 3 * 1024 * 1024
"""A file that is larger goes up in pieces."""

PIECE = 12 * 320 * 1024
LOOKS = (0.0, 0.2, 0.5)
"""Seconds before each look for what was sent."""

SENT, DRAFT, NOWHERE = "sent", "draft", "nowhere"
NOBODY: dict[str, Any] = {"toRecipients": [], "ccRecipients": [], "bccRecipients": []}


@dataclass(frozen=True)
class Person:
    """Who writes or is written to."""

    address: str
    name: str = ""

    @property
    def told(self) -> dict[str, Any]:
        return {"emailAddress": {"address": self.address, "name": self.name or self.address}}


@dataclass(frozen=True)
class Attached:
    """A file to go with a letter."""

    name: str
    content_type: str
    content: bytes = field(repr=False)


@dataclass(frozen=True)
class Letter:
    """All that goes into a draft. `author` is in whose name it goes; who sends it is known from the token."""

    author: Person
    to: Sequence[Person]
    cc: Sequence[Person]
    bcc: Sequence[Person]
    subject: str
    text: str
    message_id: str
    in_reply_to: str = ""
    files: Sequence[Attached] = ()

    @property
    def told(self) -> dict[str, Any]:
        return {
            "subject": self.subject,
            "body": {"contentType": "text", "content": self.text},
            "from": self.author.told,
            "toRecipients": [each.told for each in self.to],
            "ccRecipients": [each.told for each in self.cc],
            "bccRecipients": [each.told for each in self.bcc],
            "internetMessageId": self.message_id,
        }


def make(session: Session, letter: Letter) -> str:
    """Make a draft of a letter, with its files; returns its id. It joins the conversation that it answers."""
    answered = found(session, letter.in_reply_to) if letter.in_reply_to else []
    if answered:
        made = session.do("POST", f"/messages/{_in_path(answered[0]['id'])}/createReply", {"Comment": ""})
        session.do("PATCH", f"/messages/{_in_path(made['id'])}", letter.told)
    else:
        made = session.do("POST", "/messages", letter.told)
    draft = str(made["id"])
    for each in letter.files:
        _attach(session, draft, each)
    return draft


def _attach(session: Session, draft: str, file: Attached) -> None:
    if len(file.content) > INLINE:
        _upload(session, draft, file)
        return
    told = {
        "@odata.type": "#microsoft.graph.fileAttachment",
        "name": file.name,
        "contentType": file.content_type,
        "contentBytes": base64.b64encode(file.content).decode(),
    }
    session.do("POST", f"/messages/{_in_path(draft)}/attachments", told)


def _upload(session: Session, draft: str, file: Attached) -> None:
    size = len(file.content)
    item = {"attachmentType": "file", "name": file.name, "size": size, "contentType": file.content_type}
    path = f"/messages/{_in_path(draft)}/attachments/createUploadSession"
    url = session.do("POST", path, {"AttachmentItem": item})["uploadUrl"]
    for first in range(0, size, PIECE):
        session.put_range(url, file.content[first : first + PIECE], first, size)


def send(session: Session, draft: str) -> None:
    """Send a draft. Raises Refused, NotLetIn, Gone, Throttled or Unreached where it did not leave, and Broken
    where only the service knows."""
    session.do("POST", f"/messages/{_in_path(draft)}/send")


def where_is(session: Session, draft: str, message_id: str) -> str:
    """Where a letter is now: among what was sent, still a draft, or nowhere to be seen."""
    try:
        told = session.get(f"/messages/{_in_path(draft)}", {"$select": "id,isDraft"})
        return DRAFT if told.get("isDraft") else SENT
    except Gone:
        pass
    others = found(session, message_id)
    return SENT if any(not one.get("isDraft") for one in others) else NOWHERE


def is_found(session: Session, draft: str, message_id: str) -> bool:
    """Whether what was just sent is found among what was sent. It may take a moment, so it is looked for again."""
    for pause in LOOKS:
        time.sleep(pause)
        try:
            if where_is(session, draft, message_id) == SENT:
                return True
        except Trouble:
            return False
    return False


def withdraw(session: Session, draft: str) -> bool:
    """Empty and delete a draft, so that nobody can send it any more; false where it is no draft any more."""
    path = f"/messages/{_in_path(draft)}"
    try:
        session.do("PATCH", path, NOBODY)
        session.do("DELETE", path)
    except (Gone, Refused):
        return False
    return True


def clear_away(session: Session, message_id: str) -> None:
    """Take away drafts of a letter whose maker died before it knew their ids."""
    for one in found(session, message_id):
        if one.get("isDraft"):
            withdraw(session, str(one["id"]))


def _in_path(key: str) -> str:
    return quote(key, safe="")
