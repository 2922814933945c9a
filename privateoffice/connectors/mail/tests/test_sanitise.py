"""A stranger's HTML, made safe: parsed again by another parser, nothing is left that the list does not allow."""

import html5lib
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from privateoffice.connectors.mail.sanitise import ATTRIBUTES, STYLES, TAGS, page, safe_html

XHTML = "{http://www.w3.org/1999/xhtml}"


def strangers(markup: str) -> list[str]:
    """Every element, attribute, address or style that a browser would see and that is not allowed."""
    tree = html5lib.parse(markup, treebuilder="etree")
    body = tree.find(f"{XHTML}body")
    head = tree.find(f"{XHTML}head")
    found = [f"head: {one.tag}" for one in head]
    for element in list(body.iter())[1:]:
        if not isinstance(element.tag, str):
            found.append("comment")
            continue
        name = element.tag.removeprefix(XHTML)
        if name not in TAGS:
            found.append(name)
        for attribute, value in element.attrib.items():
            found += stranger(name, attribute, value)
    return found


def stranger(name: str, attribute: str, value: str) -> list[str]:
    if name == "a" and (attribute, value) in (("target", "_blank"), ("rel", "noopener noreferrer nofollow")):
        return []
    if attribute not in ATTRIBUTES["*"] | ATTRIBUTES.get(name, set()):
        return [f"{name} {attribute}"]
    if attribute == "href" and not value.lower().lstrip().startswith(("http:", "https:", "mailto:", "tel:")):
        return [f"href {value}"]
    if attribute == "src" and not value.startswith(("/ours/", "data:image/")):
        return [f"src {value}"]
    if attribute == "style":
        names = {one.partition(":")[0].strip() for one in value.split(";") if one.strip()}
        return [*(names - STYLES), *(["url"] if "url" in value.lower() or "\\" in value else [])]
    return []


HOSTILE = [
    "<script>alert(1)</script>x",
    "<img src=x onerror=alert(1)>",
    '<a href="javascript:alert(1)">x</a>',
    '<a href="&#106;ava&#x09;script:alert(1)">x</a>',
    '<a href="java\nscript:alert(1)">x</a>',
    '<a href="data:text/html,<script>alert(1)</script>">x</a>',
    '<a href=" \x01javascript:alert(1)">x</a>',
    "<svg><animate attributeName=href values=javascript:alert(1) /><a><text>x</text></a></svg>",
    "<svg><use href='data:image/svg+xml;base64,x#y'/><feImage href='https://x.example/'/></svg>",
    "<math><mtext><style><img src=x onerror=alert(1)></style></mtext></math>",
    '<noscript><p title="</noscript><img src=x onerror=alert(1)>"></noscript>',
    "<xmp><img src=x onerror=alert(1)></xmp>",
    "<!-- <img src=x --!><img src=x onerror=alert(1)> -->",
    "<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
    "<table><a href=javascript:1><style><!--</style><img title='--><img src onerror=alert(1)>'>",
    "<style>@import 'https://x.example/a.css';</style><link rel=stylesheet href=http://127.0.0.1/>",
    "<p style=\"background:url(https://x.example/a.png)\">x</p>",
    '<p style="background-image:\\75rl(https://x.example/a.png);color:red">x</p>',
    '<p style="position:fixed;top:0;left:0;width:100%;color:red">x</p>',
    "<base href=https://x.example/><meta http-equiv=refresh content='0;url=https://x.example'>",
    "<form action=https://x.example/><input name=password><button>Send</button></form>",
    "<iframe src=https://x.example></iframe><object data=x></object><embed src=x>",
    "<img src='data:image/svg+xml;base64,PHN2Zz4='>",
    '<div id=login class=top name=x data-x=1 onmouseover="alert(1)">x</div>',
    "<video poster=https://x.example/a.png src=https://x.example/v.mp4></video><audio src=x></audio>",
    "<plaintext><script>alert(1)</script>",
    "<a href='//x.example/'>x</a><a href='/logout'>x</a>",
    "<body background=https://x.example/a.png onload=alert(1)>x",
    "<template><script>alert(1)</script></template>",
    "\x00<scr\x00ipt>alert(1)</scr\x00ipt>",
]  # fmt: skip


@pytest.mark.hostile("A01", "A02", "A03", "A04")
@pytest.mark.parametrize("markup", HOSTILE)
def test_nothing_outside_the_list_is_left(markup: str):
    safe = safe_html(markup).html
    assert strangers(safe) == []
    assert strangers(safe_html(safe).html) == []


BITS = "<p> </p> <b <!-- --> ]]> <![CDATA[ <a href=' ' <table><tr><td> </svg> <math> <select><option> "
MORE = '" <title> </title> <img src=https://x.example/a.png> style= &lt;script&gt; <frameset>'
pieces = st.sampled_from([*HOSTILE, *BITS.split(" "), *MORE.split(" ")])


@pytest.mark.hostile("A01", "A03")
@settings(max_examples=150, deadline=None)
@given(st.lists(pieces | st.text(max_size=12), max_size=8).map("".join))
def test_nothing_outside_the_list_is_left_of_any_mixture(markup: str):
    assert strangers(safe_html(markup).html) == []


@pytest.mark.hostile("A04")
def test_remote_pictures_are_counted_and_left_out():
    markup = (
        '<img src="https://x.example/a.png" alt="Logo"><img srcset="//x.example/b.png 2x">'
        '<table background="http://10.0.0.1/c.png"><tr><td style="color:red;background:url(http://x.example/d)">x</table>'
    )
    safe = safe_html(markup)
    assert safe.remote_pictures == 4
    assert "x.example" not in safe.html
    assert "10.0.0.1" not in safe.html
    assert 'style="color:red"' in safe.html


def test_the_messages_own_pictures_come_from_our_site():
    safe = safe_html('<img src="cid:Logo@x"><img src="cid:none">', {"<logo@x>": "/ours/1"})
    assert safe.html == '<img src="/ours/1"><img>'
    assert safe.remote_pictures == 0


def test_links_open_apart_and_tell_nothing():
    safe = safe_html('<a href="https://x.example/" target=_top rel=opener>x</a>').html
    (link,) = html5lib.parse(safe, treebuilder="etree").iter(f"{XHTML}a")
    assert link.attrib == {"href": "https://x.example/", "target": "_blank", "rel": "noopener noreferrer nofollow"}


def test_the_child_gets_the_same_as_json():
    assert page(b"<p>caf\xc3\xa9<script>x</script>") == {"html": "<p>café</p>", "remote_pictures": 0}
