"""The words of an HTML page as plain text: no scripts, no styles, nothing fetched.

It goes once from left to right and builds no tree, so that no page, however nested, can hold it up.
"""

import html
import re

_TAG = re.compile(
    r"""<(?:(?P<comment>!--)|(?P<closing>/?)(?P<name>[a-zA-Z][a-zA-Z0-9:]{0,30}))"""
    r"""(?:(?:[^<>"']|"[^"]{0,2000}"|'[^']{0,2000}')*+>|[^>]*+>)?|<[!?/][^>]*+>"""
)
_SILENT = {"script", "style", "title", "template", "xml", "svg", "math", "select", "object"}
_BLANKS = re.compile(r"[ \t\r\n\f\u00a0]+")
_BREAKS = {"br": "\n", "li": "\n- ", "td": "\t", "th": "\t"}
_PARAGRAPHS = {"p", "blockquote", "pre", "ul", "ol", "table", "h1", "h2", "h3", "h4", "h5", "h6"}
_LINES = {"div", "tr", "hr", "li", "section", "article", "header", "footer", "dt", "dd", "center", "address"}


def text_of(markup: str) -> str:
    """Plain text with the page's paragraphs, lines and cells."""
    out: list[str] = []
    place, kept_as_it_is = 0, False
    while found := _TAG.search(markup, place):
        out.append(_flowed(markup[place : found.start()], kept_as_it_is))
        name, place = (found["name"] or "").lower(), found.end()
        if found["comment"]:
            place = _after(markup, "-->", found.start() + 2)
        elif name in _SILENT and not found["closing"]:
            place = _after(markup, f"</{name}", place)
        else:
            out.append(_break(name, bool(found["closing"])))
            kept_as_it_is = not found["closing"] if name == "pre" else kept_as_it_is
    out.append(_flowed(markup[place:], kept_as_it_is))
    return _tidied(html.unescape("".join(out)))


def _after(markup: str, end: str, place: int) -> int:
    """Where a comment ends or a silent element's closing tag begins; without one, the end, as in a browser."""
    found = markup.find(end, place)
    if found < 0 and end != "-->":
        found = markup.find(end.upper(), place)
    if found < 0:
        return len(markup)
    return found + len(end) if end == "-->" else found


def _flowed(text: str, kept_as_it_is: bool) -> str:
    return text if kept_as_it_is else _BLANKS.sub(" ", text)


def _break(name: str, is_closing: bool) -> str:
    if name in _PARAGRAPHS:
        return "\n\n" if is_closing else "\n"
    if name in _BREAKS and not is_closing:
        return _BREAKS[name]
    return "\n" if name in _LINES else ""


def _tidied(text: str) -> str:
    lines = (re.sub(r" {2,}", " ", line.replace("\u00a0", " ")).strip() for line in text.split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n")
