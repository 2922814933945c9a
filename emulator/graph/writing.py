"""Writing: drafts, their files, answers, sending, moving, deleting, and flags."""

import base64
import secrets
from typing import Any

from werkzeug import Response

from emulator.graph.call import Call, Refused, as_json, denied, nothing
from emulator.graph.mime import addresses, told_of, written
from emulator.graph.reading import attachment_told
from emulator.graph.state import Attachment, Message, moment

ONLY_OF_DRAFTS = {
    *("subject", "body", "toRecipients", "ccRecipients", "bccRecipients", "from", "sender"),
    *("replyTo", "internetMessageId"),
}
MAY_CHANGE = {*ONLY_OF_DRAFTS, "isRead", "flag", "categories", "importance"}
LARGEST_INLINE = 3 * 1024 * 1024
UPLOAD_LIVES = "2099-01-01T00:00:00Z"


def create(call: Call, folder: str = "drafts") -> Response:
    """A draft of what is told, or of a message in MIME."""
    call.require("Mail.ReadWrite")
    return as_json(call.told(_draft(call, call.body, folder)), 201)


def _draft(call: Call, told: dict[str, Any], folder: str = "drafts") -> Message:
    kept = {name: value for name, value in told.items() if name in MAY_CHANGE}
    owner = {"emailAddress": {"name": call.box.address, "address": call.box.address}}
    made = {
        "subject": "",
        "toRecipients": [],
        "ccRecipients": [],
        "bccRecipients": [],
        "replyTo": [],
        "body": {"contentType": "text", "content": ""},
        "from": owner,
        "sender": owner,
        "internetMessageId": f"<{secrets.token_hex(12)}@force.example>",
        "createdDateTime": moment(),
        "receivedDateTime": moment(),
        "sentDateTime": moment(),
        "isRead": True,
        "isDraft": True,
        "importance": "normal",
        "categories": [],
        "flag": {"flagStatus": "notFlagged"},
        **kept,
    }
    files = [_attached(each) for each in told.get("attachments") or []]
    return call.box.add(call.folder(folder).id, made, attachments=files)


def create_reply(call: Call, asked: str) -> Response:
    """A draft that answers a message: it belongs to the same conversation and names what it answers."""
    call.require("Mail.ReadWrite")
    answered = call.message(asked)
    told = {"subject": f"Re: {answered.told['subject']}", "toRecipients": [answered.told["from"]]}
    draft = _draft(call, {**told, **(call.body.get("Message") or {})})
    draft.answers = answered.told["internetMessageId"]
    draft.told["conversationId"] = answered.told.get("conversationId", f"AAQkA{answered.number}")
    return as_json(call.told(draft), 201)


def change(call: Call, asked: str) -> Response:
    call.require("Mail.ReadWrite")
    message, told = call.message(asked), call.body
    if not message.is_draft and ONLY_OF_DRAFTS & set(told):
        raise Refused(400, "ErrorInvalidPropertySet", "The property can only be set on a draft.")
    message.told.update({name: value for name, value in told.items() if name in MAY_CHANGE})
    call.box.touch(message)
    return as_json(call.told(message))


def move(call: Call, asked: str) -> Response:
    call.require("Mail.ReadWrite")
    message = call.message(asked)
    call.box.move(message, call.folder(call.body.get("DestinationId", "")).id)
    return as_json(call.told(message), 201)


def remove(call: Call, asked: str) -> Response:
    call.require("Mail.ReadWrite")
    call.box.remove(call.message(asked))
    return nothing(204)


def attach(call: Call, asked: str) -> Response:
    call.require("Mail.ReadWrite")
    message = call.message(asked)
    one = _attached(call.body)
    if len(one.content) > LARGEST_INLINE:
        raise Refused(
            413, "ErrorRequestEntityTooLarge", "The attachment is larger than 3 MB: use an upload session."
        )
    message.attachments.append(one)
    call.box.touch(message)
    return as_json(attachment_told(one), 201)


def _attached(told: dict[str, Any]) -> Attachment:
    content = base64.b64decode(told.get("contentBytes") or "")
    kind = told.get("contentType") or "application/octet-stream"
    return Attachment(secrets.token_hex(8), told.get("name") or "", kind, content)


def open_upload(call: Call, asked: str) -> Response:
    call.require("Mail.ReadWrite")
    message, item = call.message(asked), call.body.get("AttachmentItem") or {}
    word = secrets.token_urlsafe(16)
    call.tenant.uploads[word] = {"box": call.box, "message": message, "item": item, "held": b""}
    url = f"{call.request.host_url}upload/{word}"
    told = {"uploadUrl": url, "expirationDateTime": UPLOAD_LIVES, "nextExpectedRanges": ["0-"]}
    return as_json(told, 201)


def upload(request: Any, tenant: Any) -> Response:
    """One range of a file. The last one makes it an attachment."""
    held = tenant.uploads.get(request.path.rpartition("/")[2])
    if held is None:
        return Refused(404, "ErrorItemNotFound", "The upload session is not found.").answer
    first = int(request.headers["Content-Range"].split()[1].partition("-")[0])
    if first != len(held["held"]):
        return Refused(416, "ErrorInvalidRange", "The range is not the one that is expected.").answer
    held["held"] += request.get_data()
    if len(held["held"]) < int(held["item"]["size"]):
        return as_json({"expirationDateTime": UPLOAD_LIVES, "nextExpectedRanges": [f"{len(held['held'])}-"]})
    item, message = held["item"], held["message"]
    kind = item.get("contentType") or "application/octet-stream"
    message.attachments.append(Attachment(secrets.token_hex(8), item["name"], kind, held["held"]))
    held["box"].touch(message)
    return nothing(201)


def send(call: Call, asked: str, unseen_for: float = 0.0) -> Response:
    """Send a draft. It is out of sight until it lies in Sent Items, under the id that lasts."""
    call.require("Mail.Send")
    message = call.message(asked)
    if not message.is_draft:
        raise Refused(400, "ErrorInvalidOperation", "The message has been sent already.")
    _let_out(call, message)
    message.seen_from = call.now + unseen_for
    call.box.move(message, "outbox")
    call.box.settle(call.now)
    return nothing(202)


def send_mail(call: Call) -> Response:
    """Send what is told in one go."""
    call.require("Mail.Send")
    message = _draft(call, call.body.get("Message") or {})
    _let_out(call, message)
    if call.body.get("SaveToSentItems", True):
        call.box.move(message, "sentitems")
    else:
        call.box.remove(message)
    return nothing(202)


def _let_out(call: Call, message: Message) -> None:
    recipients = addresses(message.told)
    if not recipients:
        raise Refused(400, "ErrorInvalidRecipients", "At least one recipient is not valid.")
    _put_names(call, message)
    message.told["isDraft"] = False
    message.told["sentDateTime"] = moment()
    raw = written(message)
    call.tenant.outside.append((message.told["internetMessageId"], recipients, raw))
    for address in recipients:
        box = call.tenant.boxes.get(address.lower())
        if box:
            told, files = told_of(raw)
            box.add("inbox", told, raw=raw, attachments=files)


def _put_names(call: Call, message: Message) -> None:
    """In whose name it goes: as the mailbox itself, or on behalf, which leaves the sender's own name beside it."""
    address = ((message.told.get("from") or {}).get("emailAddress") or {}).get("address", "").lower()
    person = call.token.person
    if person is None:
        if not call.token.application.reaches(address):
            raise denied()
        message.told["sender"] = message.told["from"]
    elif address in person.sends_as:
        message.told["sender"] = message.told["from"]
    elif address in person.sends_for:
        message.told["sender"] = {"emailAddress": {"name": person.name, "address": person.address}}
    else:
        words = "The user account does not have the right to send mail on behalf of the sending account."
        raise Refused(403, "ErrorSendAsDenied", words)
