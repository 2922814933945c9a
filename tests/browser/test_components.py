"""The component sheet in a real browser: sound for everyone, at every width, by keyboard, without scripts."""

import pytest

from tests.browser.kit import IN_A_BROWSER, WIDTHS

pytestmark = IN_A_BROWSER


@pytest.fixture
def sample(cast):
    type(cast.homicide).objects.update(is_sample=True)
    return cast


@pytest.mark.hostile("E13")
@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", WIDTHS)
def test_every_component_is_sound_at_every_width(sample, visitor, axe, shoot, width, theme):
    page = visitor.open("/components/", width=width, color_scheme=theme)
    axe(page)
    shoot(page, f"components-{width}-{theme}", whole=True)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("path", ["/keys/", "/nowhere/"])
def test_plain_pages_are_sound(sample, visitor, watch, axe, shoot, path):
    watch.expect("404")
    page = visitor.open(path, width=390)
    axe(page)
    shoot(page, f"plain-{path.strip('/')}")
