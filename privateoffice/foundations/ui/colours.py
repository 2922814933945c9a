"""The offices' colours as one stylesheet, from the table of offices."""

import re
from collections.abc import Iterable

from privateoffice.foundations.offices.models import Office

HEX = re.compile(r"#[0-9a-f]{6}")
CODE = re.compile(r"[A-Z]{3}")


def stylesheet_of(offices: Iterable[Office]) -> str:
    """One rule for each office whose code and colour are what they should be; nothing else gets into CSS."""
    rules = [
        rule_for(office.code, office.colour)
        for office in offices
        if CODE.fullmatch(office.code) and HEX.fullmatch(office.colour.lower())
    ]
    return "@layer tokens {\n" + "".join(rules) + "}\n"


def rule_for(code: str, colour: str) -> str:
    """The colour itself takes white letters; its soft form lies under ink, on light paper and on dark."""
    soft = f"light-dark({mixed(colour, '#ffffff', 0.1)}, {mixed(colour, '#12171a', 0.45)})"
    return f'[data-office="{code.lower()}"] {{ --office: {colour.lower()}; --office-soft: {soft}; }}\n'


def mixed(colour: str, paper: str, share: float) -> str:
    """A part of the colour on paper, as a colour."""
    pairs = zip(bytes.fromhex(colour[1:]), bytes.fromhex(paper[1:]), strict=True)
    return "#" + "".join(f"{round(ink * share + under * (1 - share)):02x}" for ink, under in pairs)
