"""The browser and machine that somebody comes with, in words: "Chrome on Windows"."""

from collections.abc import Mapping

BROWSERS = {"Edg": "Edge", "OPR": "Opera", "Firefox": "Firefox", "Chrome": "Chrome", "Safari": "Safari"}
MACHINES = {
    "iPhone": "iPhone",
    "iPad": "iPad",
    "Android": "Android",
    "Windows": "Windows",
    "Mac OS": "Mac",
    "Linux": "Linux",
}
"""What a browser calls itself, in the order in which it must be asked: each of the later hides in the earlier."""


def device_of(agent: str) -> str:
    browser, machine = _first(BROWSERS, agent), _first(MACHINES, agent)
    return " on ".join(filter(None, (browser, machine))) or "A program that gives no name"


def _first(words: Mapping[str, str], agent: str) -> str:
    return next((said for name, said in words.items() if name in agent), "")
