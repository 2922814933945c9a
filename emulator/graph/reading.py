"""Reading: folders, messages, their bytes and files, and what changed since a token."""

import re
from typing import Any

from werkzeug import Response

from emulator.graph.call import Call, Refused, as_json, collection
from emulator.graph.mime import written
from emulator.graph.state import Attachment, Folder, Message

_BY_ID = re.compile(r"internetMessageId eq '((?:[^']|'')*)'")


def folder_told(call: Call, folder: Folder) -> dict[str, Any]:
    lying = call.box.lying(folder.id, call.now)
    return {
        "id": folder.id,
        "displayName": folder.name,
        "parentFolderId": folder.parent or "AQroot",
        "childFolderCount": len(call.box.children(folder.id)),
        "totalItemCount": len(lying),
        "unreadItemCount": sum(not each.told.get("isRead") for each in lying),
        "isHidden": False,
    }


def folders(call: Call, parent: str = "") -> Response:
    """The folders under one, in pages."""
    under = call.folder(parent).id if parent else ""
    found = call.box.children(under)
    skip, size = int(call.request.args.get("$skip", 0)), call.page_size
    more = call.link(call.request.path, top=str(size), skip=str(skip + size)) if skip + size < len(found) else ""
    told = [call.chosen(folder_told(call, each)) for each in found[skip : skip + size]]
    return collection("users/mailFolders", told, nextLink=more)


def folder(call: Call, asked: str) -> Response:
    return as_json(call.chosen(folder_told(call, call.folder(asked))))


def messages(call: Call, asked: str = "") -> Response:
    """The messages of a folder or of the whole mailbox; by Message-ID where that is asked."""
    if asked:
        found = call.box.lying(call.folder(asked).id, call.now)
    else:
        found = [each for each in call.box.messages.values() if each.seen_from <= call.now]
    wanted = call.request.args.get("$filter")
    if wanted:
        by_id = _BY_ID.fullmatch(wanted)
        if not by_id:
            raise Refused(400, "ErrorInvalidUrlQueryFilter", "The query filter is not understood.")
        found = [each for each in found if each.told["internetMessageId"] == by_id[1].replace("''", "'")]
    skip, size = int(call.request.args.get("$skip", 0)), call.page_size
    more = call.link(call.request.path, top=str(size), skip=str(skip + size)) if skip + size < len(found) else ""
    return collection("users/messages", [call.told(each) for each in found[skip : skip + size]], nextLink=more)


def message(call: Call, asked: str) -> Response:
    return as_json(call.told(call.message(asked)))


def value(call: Call, asked: str) -> Response:
    return Response(written(call.message(asked)), 200, content_type="application/octet-stream")


def attachments(call: Call, asked: str) -> Response:
    found = call.message(asked).attachments
    return collection("users/messages/attachments", [attachment_told(each) for each in found])


def attachment_told(one: Attachment) -> dict[str, Any]:
    return {
        "@odata.type": "#microsoft.graph.fileAttachment",
        "id": one.id,
        "name": one.name,
        "contentType": one.content_type,
        "size": len(one.content),
        "isInline": False,
    }


def delta(call: Call, asked: str) -> Response:
    """What lies in a folder, or what changed there since a token: a page of it, and the link to go on with."""
    where = call.folder(asked).id
    token = call.request.args.get("$skiptoken") or call.request.args.get("$deltatoken") or ""
    if not token:
        return _whole(call, where, call.box.version, 0)
    kind, *numbers = token.split("-")
    if kind == "whole":
        return _whole(call, where, int(numbers[0]), int(numbers[1]))
    since, upto = int(numbers[0]), int(numbers[1]) if len(numbers) > 1 else call.box.version
    if since < call.box.forgotten:
        raise Refused(410, "syncStateNotFound", "The sync state generation is not found.")
    return _changed(call, where, since, upto)


def _whole(call: Call, where: str, version: int, after: int) -> Response:
    lying = [each for each in call.box.lying(where, call.now) if each.number > after]
    page = lying[: call.page_size]
    told = [call.told(each) for each in page]
    if len(page) < len(lying):
        return _page(
            call, told, nextLink=call.link(call.request.path, skiptoken=f"whole-{version}-{page[-1].number}")
        )
    return _page(call, told, deltaLink=call.link(call.request.path, deltatoken=f"since-{version}"))


def _changed(call: Call, where: str, since: int, upto: int) -> Response:
    changes = list(call.box.changed(where, since, upto))
    page = changes[: call.page_size]
    told = [one for _, message_id in page if (one := _told_or_gone(call, message_id, where))]
    if len(page) < len(changes):
        return _page(call, told, nextLink=call.link(call.request.path, skiptoken=f"since-{page[-1][0]}-{upto}"))
    return _page(call, told, deltaLink=call.link(call.request.path, deltatoken=f"since-{upto}"))


def _told_or_gone(call: Call, message_id: str, where: str) -> dict[str, Any] | None:
    found: Message | None = call.box.messages.get(message_id)
    if found is None or found.folder != where:
        reason = "deleted" if found is None else "changed"
        shown = message_id if call.is_immutable else f"{message_id}.{where[-8:]}"
        return {"@odata.type": "#microsoft.graph.message", "id": shown, "@removed": {"reason": reason}}
    return call.told(found)


def _page(call: Call, told: list[dict[str, Any]], **links: str) -> Response:
    kept = {name: link + _chosen(call, link) for name, link in links.items()}
    return collection("Collection(message)", told, **kept)


def _chosen(call: Call, link: str) -> str:
    """What was asked for at first goes on to be given."""
    select = call.request.args.get("$select")
    return f"&$select={select}" if select else ""
