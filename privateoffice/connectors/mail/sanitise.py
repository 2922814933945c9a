"""HTML from a stranger, made safe to show: an allow list, nothing that runs, nothing fetched from elsewhere."""

import re
from collections.abc import Mapping
from typing import NamedTuple

import nh3

_TAGS = """
a abbr address article b bdi bdo blockquote br caption center cite code col colgroup dd del dfn div dl dt
em figcaption figure font footer h1 h2 h3 h4 h5 h6 header hr i img ins kbd li main mark ol p pre q s samp
section small span strike strong sub sup table tbody td tfoot th thead time tr tt u ul var wbr
"""
TAGS = set(_TAGS.split())
_EVERY = {"dir", "lang", "style", "align", "title"}
_CELL = {"colspan", "rowspan", "valign", "width", "height", "bgcolor", "abbr", "headers", "scope", "nowrap"}
ATTRIBUTES = {
    "*": _EVERY,
    "a": {"href"},
    "img": {"src", "alt", "width", "height", "border"},
    "font": {"color", "face", "size"},
    "table": {"width", "border", "cellpadding", "cellspacing", "bgcolor", "summary"},
    "td": _CELL,
    "th": _CELL,
    "tr": {"valign", "bgcolor"},
    "col": {"span", "width"},
    "colgroup": {"span", "width"},
    "ol": {"start", "type"},
    "ul": {"type"},
    "li": {"value"},
    "hr": {"width", "size", "color", "noshade"},
    "time": {"datetime"},
    "blockquote": {"type"},
}
_STYLES = """
background-color border border-bottom border-bottom-color border-bottom-style border-bottom-width
border-collapse border-color border-left border-left-color border-left-style border-left-width
border-right border-right-color border-right-style border-right-width border-spacing border-style
border-top border-top-color border-top-style border-top-width border-width color direction font-family
font-size font-style font-variant font-weight height letter-spacing line-height list-style-type margin
margin-bottom margin-left margin-right margin-top max-width min-width padding padding-bottom padding-left
padding-right padding-top text-align text-decoration text-indent text-transform unicode-bidi
vertical-align white-space width word-break word-spacing word-wrap
"""
STYLES = set(_STYLES.split())
_DROPPED = """
script style title svg math template noscript object iframe noembed noframes xmp plaintext select textarea
audio video canvas applet
"""
_DROPPED_WHOLE = set(_DROPPED.split())
_LINKS = ("http:", "https:", "mailto:", "tel:")
_PICTURE = re.compile(r"data:image/(?:png|jpe?g|gif|webp|bmp);base64,[A-Za-z0-9+/=\s]*", re.IGNORECASE)
_WEB = ("http://", "https://")
_REMOTE = re.compile(r"\s*(?:https?:|ftp:|//|\\\\)", re.IGNORECASE)
_CALLS = re.compile(r"url\s*\(|image|import|expression|element\s*\(|var\s*\(|[\\@<>&]", re.IGNORECASE)


class Sanitised(NamedTuple):
    """Safe HTML, how many pictures on other machines were left out of it, and where those in its text lie."""

    html: str
    remote_pictures: int
    wanted: tuple[str, ...] = ()


def safe_html(
    html: str, cid_urls: Mapping[str, str] | None = None, fetched: Mapping[str, str] | None = None
) -> Sanitised:
    """The page with allow-listed elements and attributes only.

    `cid_urls` maps the Content-IDs of the message's own pictures to addresses on our own site, and `fetched` those
    of pictures on other machines that we hold already. Other pictures that would be fetched from anywhere else are
    counted and left out. Links open apart and tell nobody where from.
    """
    remote = _Pictures({key.strip("<> ").lower(): url for key, url in (cid_urls or {}).items()}, fetched or {})
    # Counting needs to see what is dropped, so background pictures pass through the filter, and no further.
    seen = {**ATTRIBUTES, "*": _EVERY | {"background", "srcset"}}
    safe = nh3.clean(
        html.replace("\x00", ""),
        tags=TAGS,
        clean_content_tags=_DROPPED_WHOLE,
        attributes=seen,
        attribute_filter=remote.allowed,
        link_rel="noopener noreferrer nofollow",
        set_tag_attribute_values={"a": {"target": "_blank"}},
        url_schemes={"http", "https", "mailto", "tel", "cid", "data", "ftp"},
    )
    return Sanitised(safe, remote.count, tuple(remote.wanted))


def page(raw: bytes, cid_urls: Mapping[str, str] | None = None) -> dict[str, str | int]:
    """The same for the child of the quarantine, which ends a page made to take for ever: UTF-8 in, JSON out."""
    safe = safe_html(raw.decode("utf-8", "replace"), cid_urls)
    return {"html": safe.html, "remote_pictures": safe.remote_pictures}


def address_of(value: str) -> str:
    """The address of a picture as it is asked for: without blanks, and of the safe web where it names neither."""
    bare = re.sub(r"[\t\r\n]", "", value).strip()
    return f"https:{bare}" if bare.startswith("//") else bare


class _Pictures:
    """Decides about each attribute, and counts the pictures that it kept out."""

    def __init__(self, cid_urls: Mapping[str, str], fetched: Mapping[str, str]):
        self.cid_urls, self.fetched, self.count = cid_urls, fetched, 0
        self.wanted: dict[str, None] = {}

    def allowed(self, tag: str, attribute: str, value: str) -> str | None:
        """The value to keep, or None."""
        if attribute in ("background", "srcset"):
            self.count += bool(_REMOTE.match(value))
            return None
        if attribute == "src":
            return self._picture(value)
        if attribute == "href":
            return value if value.strip().lower().startswith(_LINKS) else None
        return self._style(value) if attribute == "style" else value

    def _picture(self, value: str) -> str | None:
        if value.lower().startswith("cid:"):
            return self.cid_urls.get(value[4:].strip("<> ").lower())
        if _PICTURE.fullmatch(value):
            return value
        return self._remote(value)

    def _remote(self, value: str) -> str | None:
        """A picture on another machine: ours where we hold it, and else counted and left out."""
        address = address_of(value)
        if address in self.fetched:
            return self.fetched[address]
        self.count += bool(_REMOTE.match(value))
        if address.lower().startswith(_WEB):
            self.wanted[address] = None
        return None

    def _style(self, value: str) -> str | None:
        """Only whole, plain declarations: one that calls anything or hides behind an escape goes."""
        if "url" in value.lower():
            self.count += len(re.findall(r"url\s*\(\s*[\"']?\s*(?:https?:|//)", value, re.IGNORECASE))
        kept = []
        for declaration in value.split(";"):
            name, _, said = declaration.partition(":")
            if name.strip().lower() in STYLES and said.strip() and not _CALLS.search(said):
                kept.append(f"{name.strip().lower()}:{said.strip()}")
        return ";".join(kept) or None
