"""Folder names as IMAP writes them: modified UTF-7, quoted."""

import binascii
import re

_SHIFTED = re.compile(r"&([A-Za-z0-9+,]*)-")
_SPECIAL = re.compile(r"[^\x20-\x25\x27-\x7e]+")


def shown(name: str) -> str:
    """A folder's name as people read it. What is not sound is shown as it stands."""

    def piece(found: re.Match[str]) -> str:
        coded = found[1].replace(",", "/")
        if not coded:
            return "&"
        try:
            return binascii.a2b_base64(coded + "=" * (-len(coded) % 4)).decode("utf-16-be")
        except (binascii.Error, UnicodeDecodeError):
            return found[0]

    return _SHIFTED.sub(piece, name)


def written(name: str) -> str:
    """A name that people typed as IMAP writes it."""

    def piece(found: re.Match[str]) -> str:
        coded = binascii.b2a_base64(found[0].encode("utf-16-be"), newline=False).decode()
        return f"&{coded.rstrip('=').replace('/', ',')}-"

    return _SPECIAL.sub(piece, name.replace("&", "&-")) if not name.isascii() else name.replace("&", "&-")


def quoted(name: str) -> str:
    return '"' + name.replace("\\", "\\\\").replace('"', '\\"') + '"'
