"""Lists of names and addresses as they stand in a header, read tolerantly."""

import re
from typing import TypedDict

from privateoffice.connectors.mail.charsets import clean_line
from privateoffice.connectors.mail.headers import words

_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|\((?:[^()\\]|\\.)*\)|<[^<>]*>|[,;:]|[^"(<,;:]+|.', re.DOTALL)
_ADDRESS = re.compile(r"[^\s@<>\"'()\[\],;:]+@[^\s@<>\"'()\[\],;:]+\.[^\s@<>\"'()\[\],;:]+")


class Address(TypedDict):
    """A name as shown and the true address; either may be empty."""

    name: str
    address: str


def addresses(values: list[str]) -> list[Address]:
    """Every mailbox in the values of a field, groups opened, encoded words decoded."""
    return [one for value in values for one in _mailboxes(value)]


def address_in(text: str) -> str:
    """The first thing in a text that looks like an address, or an empty string."""
    found = _ADDRESS.search(text)
    return found[0] if found else ""


def domain_of(address: str) -> str:
    """What follows the last @, in lower case."""
    return address.rpartition("@")[2].lower().rstrip(".") if "@" in address else ""


def _mailboxes(value: str) -> list[Address]:
    found: list[Address] = []
    for tokens in _items(value):
        one = _mailbox(tokens)
        if one["address"] and found and _is_cut_name(found[-1], tokens):
            one["name"] = f"{found.pop()['name']}, {one['name']}".rstrip(", ")
        if one["name"] or one["address"]:
            found.append(one)
    return found


def _items(value: str) -> list[list[str]]:
    """The tokens between commas; what stands before a group's colon is dropped."""
    items: list[list[str]] = [[]]
    for token in _TOKEN.findall(value):
        if token in {",", ";"}:
            items.append([])
        elif token.startswith(":") and not any("@" in one or one[0] in '"<' for one in items[-1]):
            items[-1] = []
        else:
            items[-1].append(token)
    return items


def _mailbox(tokens: list[str]) -> Address:
    angled = [token for token in tokens if token[0] == "<" and len(token) > 1]
    comments = [
        _plain(re.sub(r"\\(.)", r"\1", token[1:-1])) for token in tokens if token[0] == "(" and len(token) > 1
    ]
    spoken = "".join(token for token in tokens if token not in angled and token[0] != "(")
    if angled:
        return {"name": _plain(spoken) or " ".join(comments), "address": _bare(angled[-1][1:-1])}
    if "@" in spoken and "=?" not in spoken:
        lone = _bare(spoken)
        if " " not in lone:
            return {"name": " ".join(comments), "address": lone}
        inside = address_in(lone)
        return {"name": clean_line(lone.replace(inside, "").strip(" '\"")), "address": inside}
    name = _plain(spoken) or " ".join(comments)
    if "=?" in spoken and (hidden := re.search(r"^(.*)<([^<>\s]+@[^<>\s]+)>\s*$", name)):
        return {"name": hidden[1].strip(), "address": hidden[2]}
    return {"name": "", "address": name} if _ADDRESS.fullmatch(name) else {"name": name, "address": ""}


def _is_cut_name(before: Address, tokens: list[str]) -> bool:
    """`Hartsough, Delphine <d@example.com>` without quotes is one person."""
    is_bare = not before["address"] and "@" not in before["name"]
    return is_bare and any(token[0] == "<" for token in tokens) and len(before["name"].split()) <= 3


def _plain(text: str) -> str:
    quoted = re.sub(r'"((?:[^"\\]|\\.)*)"', lambda found: re.sub(r"\\(.)", r"\1", found[1]), text)
    name = words(quoted)
    return name[1:-1].strip() if len(name) > 1 and name[0] == name[-1] == "'" else name


def _bare(text: str) -> str:
    """The address without a mail route, `mailto:`, or blanks around it."""
    text = re.sub(r"\([^()]*\)", "", words(text)).strip(" '\"<>")
    text = text[7:] if text.lower().startswith("mailto:") else text
    return text.rpartition(":")[2] if text.startswith("@") and ":" in text else text
