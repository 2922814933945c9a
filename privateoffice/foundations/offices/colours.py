"""The colours an office may wear: white letters stand on them at 7:1, and none reads as a standing."""

PALETTE = {
    "#37377a": "Indigo",
    "#0b5a63": "Petrol",
    "#7a2f5d": "Mulberry",
    "#67490f": "Bronze",
    "#1f3f77": "Navy",
    "#43505c": "Slate",
    "#5b2f86": "Plum",
    "#5c4033": "Umber",
}
"""No red, amber or green: those say how something stands."""

ENOUGH = 7.0


def contrast_with_white(colour: str) -> float:
    """How white letters stand out on a colour such as #37377a: from 1 to 21, as WCAG counts it."""
    red, green, blue = (_light(int(colour[place : place + 2], 16) / 255) for place in (1, 3, 5))
    return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05)


def _light(share: float) -> float:
    return share / 12.92 if share <= 0.03928 else ((share + 0.055) / 1.055) ** 2.4
