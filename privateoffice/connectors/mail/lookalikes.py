"""Domains and names that pass for others: compared by what they look like, and not by how they are written.

The pairs are those of the Unicode confusables (UTS 39) for the letters of domains, and the ones that fraud on
mail has used among plain letters: rn for m, vv for w, 0 for o, 1 and i for l.
"""

import unicodedata

from privateoffice.connectors.mail.senders import in_letters

_ALIKE = str.maketrans(
    "авеѕһіјӏкмнорстухԁԛԝѵѡαενοικυρτχωϲօսհոցզ" + "01|5",
    "abeshijlkmhopctyxdqwvwaevoikuptxwcouhngq" + "olls",
)
_PAIRS = (("rn", "m"), ("vv", "w"), ("cl", "d"))


def skeleton(text: str) -> str:
    """What a reader sees of a text at a glance: one spelling for all that look alike."""
    bare = "".join(one for one in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(one))
    seen = bare.translate(_ALIKE).replace("i", "l")
    for pair, letter in _PAIRS:
        seen = seen.replace(pair, letter)
    return seen


def imitates(domain: str, known: str) -> bool:
    """Whether a domain is not a known one nor part of it, and looks the same or begins with it."""
    domain, known = in_letters(domain), in_letters(known)
    if not domain or not known or domain == known or domain.endswith(f".{known}") or known.endswith(f".{domain}"):
        return False
    return skeleton(domain) == skeleton(known) or domain.startswith((f"{known}.", f"{known}-"))


def passes_for(domain: str, own: str) -> bool:
    """The same for a domain of our own, of which one wrong letter is enough."""
    is_other = not (domain == own or domain.endswith(f".{own}") or own.endswith(f".{domain}"))
    return imitates(domain, own) or (bool(domain) and is_other and is_near(domain, own))


def is_near(one: str, other: str) -> bool:
    """Whether two domains differ in one letter, or in two that were swapped."""
    if abs(len(one) - len(other)) > 1:
        return False
    if len(one) == len(other):
        differ = [at for at in range(len(one)) if one[at] != other[at]]
        swapped = len(differ) == 2 and one[differ[0]] == other[differ[1]] and one[differ[1]] == other[differ[0]]
        return len(differ) == 1 or (swapped and differ[1] - differ[0] == 1)
    longer, shorter = sorted((one, other), key=len, reverse=True)
    return any(longer[:at] + longer[at + 1 :] == shorter for at in range(len(longer)))
