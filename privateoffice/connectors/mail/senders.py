"""What is odd about who a message says it is from: true addresses, look-alikes, hidden turns."""

import re
import unicodedata

from privateoffice.connectors.mail.addresses import Address, address_in, domain_of
from privateoffice.connectors.mail.charsets import BIDI

_SCRIPTS = ("LATIN", "CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE", "COPTIC")
_LIKE_LATIN = set("авеѕһіјӏкмнорстухԁԛԝѵѡαενοικυρτχωϲօսհոցզѕ")


def warnings_of(authors: list[Address], from_fields: int, reply_to: list[Address], checks: list[str]) -> list[str]:
    """Each oddity as a sentence for the reader."""
    found = []
    if from_fields > 1:
        found.append("It has more than one From line: mail programs show different senders.")
    elif len(authors) > 1:
        found.append("It names more than one author.")
    for author in authors[:5]:
        found += _of_one(author)
    found += _of_reply(authors, reply_to)
    if checks and re.search(r"\bdmarc\s*=\s*(fail|permerror)", checks[0], re.IGNORECASE):
        found.append("The receiving mail system could not confirm that it came from this sender (DMARC failed).")
    return list(dict.fromkeys(found))


def is_lookalike(domain: str) -> bool:
    """Whether a domain mixes scripts in one word, or is written wholly in letters that pass for Latin ones."""
    return any(_mixes(label) or _passes_for_latin(label) for label in in_letters(domain).split("."))


def _of_one(author: Address) -> list[str]:
    found = []
    shown = address_in(author["name"])
    if shown and shown.lower().strip(".") != author["address"].lower():
        found.append(f"The name shown holds another address ({shown}) than the true one ({author['address']}).")
    if BIDI.search(author["name"] + author["address"]):
        found.append("The sender's name holds hidden characters that turn the direction of writing.")
    domain = domain_of(author["address"])
    if domain and is_lookalike(domain):
        found.append(f"The sender's domain ({domain}) is written in letters that look like others.")
    if any(_mixes(word) for word in author["name"].split()):
        found.append("The sender's name mixes letters of different scripts that look alike.")
    return found


def _of_reply(authors: list[Address], reply_to: list[Address]) -> list[str]:
    own = {domain_of(author["address"]) for author in authors} - {""}
    for one in reply_to:
        domain = domain_of(one["address"])
        if domain and own and not any(_is_related(domain, other) for other in own):
            return [f"Answers would go to another domain: {one['address']}."]
    return []


def _is_related(one: str, other: str) -> bool:
    return one == other or one.endswith(f".{other}") or other.endswith(f".{one}")


def in_letters(domain: str) -> str:
    """A domain as a reader would see it: what is written as xn-- in the letters that it stands for."""
    return ".".join(_label(label) for label in domain.lower().split("."))


def _label(label: str) -> str:
    if not label.startswith("xn--") or len(label) > 70:
        return label
    try:
        return label[4:].encode("ascii").decode("punycode")
    except (UnicodeError, ValueError, OverflowError):
        return label


def _mixes(word: str) -> bool:
    return len({_script(letter) for letter in word[:300] if letter.isalpha()} & set(_SCRIPTS)) > 1


def _passes_for_latin(label: str) -> bool:
    letters = [letter for letter in label if letter.isalpha()]
    return bool(letters) and not label.isascii() and all(letter in _LIKE_LATIN for letter in letters)


def _script(letter: str) -> str:
    if letter.isascii():
        return "LATIN"
    return unicodedata.name(letter, "").partition(" ")[0]
