"""Finds the messages in files and folders of any mix, and gives each back byte for byte."""

import os
import re
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from privateoffice.connectors.mail import mbox
from privateoffice.connectors.mail.charsets import clean_line
from privateoffice.foundations.quarantine.limits import MEGABYTE, MESSAGE_BYTES

TOO_LARGE = f"It is larger than {MESSAGE_BYTES // MEGABYTE} MB: too large to open here."
NOT_FOLLOWED = "It is a link to another place, which was not followed."
NOT_A_FILE = "It is not a file that holds anything to read."

_OUTLOOK = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OUTLOOK_MARK = "__properties_version1.0".encode("utf-16-le")
_KNOWN_FIELD = re.compile(
    rb"(?:from|to|cc|subject|date|message-id|received|return-path|mime-version|content-type|delivered-to|reply-to|"
    rb"sender|x-[a-z0-9-]+|dkim-signature|authentication-results|arc-seal|references|in-reply-to|status)[ \t]*:",
    re.IGNORECASE,
)
_FIELD = re.compile(rb"[!-9;-~]+[ \t]*:|[ \t]|>?From ")
# Notes that mail programs keep for themselves beside the messages of a Maildir. They hold no mail.
_BOOK_KEEPING = re.compile(
    r"dovecot[.-].*|maildirfolder|maildirsize|courier.*|subscriptions|\.(uidvalidity|mbsyncstate|isyncuidmap).*"
)


@dataclass(frozen=True)
class Found:
    """One message as it lies there: `size` bytes of `path` from `offset` on.

    `raw` is None where it was not loaded, and `trouble` says why in a sentence. `format` is eml, mbox, maildir,
    msg, or unknown for a file that is none of these; `place` names the file, and the position in it, for people.
    `flags` are those of a Maildir, such as S for seen.
    """

    raw: bytes | None
    place: str
    format: str
    path: Path
    offset: int = 0
    size: int = 0
    trouble: str = ""
    flags: str = ""

    def pieces(self) -> Iterator[bytes]:
        """The original bytes, a little at a time, however many they are."""
        with self.path.open("rb") as file:
            file.seek(self.offset)
            left = self.size
            while left and (piece := file.read(min(left, MEGABYTE))):
                left -= len(piece)
                yield piece


def messages_in(path: Path | str) -> Iterator[Found]:
    """Every message in a file, a Maildir, or a folder of any of these, in the order of their names.

    Nothing is left out: what holds no message comes as `unknown`. Links are named and not followed. Raises
    FileNotFoundError if there is nothing at the path.
    """
    top = Path(path)
    if top.is_dir():
        yield from _below(top)
    else:
        top.stat()
        yield from _in_file(top.resolve(), clean_line(top.name))


def _below(top: Path) -> Iterator[Found]:
    """Walks without recursion: folders may be nested as deep as somebody liked."""
    waiting = [top]
    while waiting:
        folder = waiting.pop()
        try:
            with os.scandir(folder) as entries:
                held = sorted(entries, key=lambda entry: entry.name)
        except OSError as fault:
            yield Found(None, _spoken(folder, top), "unknown", folder, trouble=_why(fault))
            continue
        is_box = folder.name in ("cur", "new") and _is_maildir(folder.parent)
        is_root = _is_maildir(folder)
        for entry in held:
            if not entry.is_dir(follow_symlinks=False) and not (is_root and _BOOK_KEEPING.fullmatch(entry.name)):
                yield from _in_file(Path(entry.path), _spoken(Path(entry.path), top), is_box=is_box)
        waiting += [Path(entry.path) for entry in reversed(held) if entry.is_dir(follow_symlinks=False)]


def _is_maildir(folder: Path) -> bool:
    return (folder / "cur").is_dir() and (folder / "new").is_dir()


def _spoken(path: Path, top: Path) -> str:
    return clean_line(os.fsencode(path.relative_to(top)).decode("utf-8", "replace")) or clean_line(top.name)


def _why(fault: OSError) -> str:
    return f"It could not be opened: {fault.strerror or 'the disk gave no reason'}."


def _in_file(path: Path, place: str, *, is_box: bool = False) -> Iterator[Found]:
    try:
        mode = path.lstat().st_mode
        if not stat.S_ISREG(mode):
            trouble = NOT_FOLLOWED if stat.S_ISLNK(mode) else NOT_A_FILE
            yield Found(None, place, "unknown", path, trouble=trouble)
            return
        with path.open("rb") as file:
            yield from _in_open_file(file, path, place, is_box)
    except OSError as fault:
        yield Found(None, place, "unknown", path, trouble=_why(fault))


def _in_open_file(file: BinaryIO, path: Path, place: str, is_box: bool) -> Iterator[Found]:
    size = os.fstat(file.fileno()).st_size
    if is_box:
        yield _slice(file, path, place, "maildir", 0, size, path.name.partition(":2,")[2])
        return
    kind = _kind(file, size, path.suffix.lower())
    if kind != "mbox":
        yield _slice(file, path, place, kind, 0, size)
        return
    for number, (start, end) in enumerate(mbox.slices(file, size), 1):
        yield _slice(file, path, f"{place}, message {number}", "mbox", start, end - start)


def _slice(file: BinaryIO, path: Path, place: str, kind: str, start: int, size: int, flags: str = "") -> Found:
    flags = clean_line(flags)
    if size > MESSAGE_BYTES:
        return Found(None, place, kind, path, start, size, TOO_LARGE, flags)
    return Found(os.pread(file.fileno(), size, start), place, kind, path, start, size, "", flags)


def _kind(file: BinaryIO, size: int, suffix: str) -> str:
    """What a file is: by its first bytes, and by its name only where they leave it open."""
    head = os.pread(file.fileno(), 32_768, 0)
    if head.startswith(_OUTLOOK):
        is_message = suffix in (".msg", ".oft") or (size <= MESSAGE_BYTES and _OUTLOOK_MARK in file.read())
        return "msg" if is_message else "unknown"
    if suffix == ".eml":
        return "eml"
    is_named_mbox = suffix in (".mbox", ".mbx") or (suffix == "" and head.lstrip().startswith(b"From "))
    if mbox.begins_one(head) or (is_named_mbox and mbox.has_one(file, size)):
        return "mbox"
    return "eml" if _begins_with_header(head) or (is_named_mbox and size) else "unknown"


def _begins_with_header(head: bytes) -> bool:
    """Whether a field that every mail has stands among header lines before the first blank one."""
    for line in head.removeprefix(b"\xef\xbb\xbf").lstrip(b"\r\n \t").splitlines()[:200]:
        if _KNOWN_FIELD.match(line):
            return True
        if not _FIELD.match(line):
            return False
    return False
