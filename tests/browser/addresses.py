"""The addresses of an office: as its own links lead to them, and as the URL list says that there are."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

from django.test import Client
from django.urls import Resolver404, resolve

from tests.house import structure

OF_EACH = 2
"""So many of one kind of page are read for their links: what is well and what has ended offer different acts."""

FOREIGN = ("/static/", "/sign-in/", "/setup/", "/health/")
SOUND = {200, 302, 403, 404, 405, 409}
"""What may answer where no link led: a page, a door, not for this role, nothing there, only posted, too late."""


class Links(HTMLParser):
    """Every link, frame and part that a page names."""

    def __init__(self, page: str):
        super().__init__()
        self.page, self.found = page, []

    def handle_starttag(self, tag, attrs):
        said = dict(attrs)
        place = said.get({"a": "href", "iframe": "src"}.get(tag, "")) or said.get("hx-get")
        if place:
            self.found.append(urljoin(self.page, place))


@dataclass
class Crawl:
    """A walk over every page below some addresses, which notes each that does not answer as a page should.

    `pages` holds one address of each route that is a page.
    """

    client: Client
    within: tuple[str, ...]
    pages: dict[str, str] = field(default_factory=dict)
    read: dict[str, list[str]] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)

    def walk(self, *begin: str) -> "Crawl":
        waiting = list(begin or self.within)
        while waiting:
            address = waiting.pop(0)
            route = self._route_of(address)
            if route and self._is_new(route, urlsplit(address).path):
                waiting += self._open(address, route)
        return self

    def try_the_rest(self) -> "Crawl":
        """Open what the URL list holds and no link led to, beside a page of the same record."""
        routes = [route for route, _ in structure.patterns()]
        for route in sorted(set(routes) - set(self.read)):
            above = max((known for known in self.read if known and route.startswith(known)), key=len, default="")
            rest = route.removeprefix(above)
            if above and "<" not in rest:
                self._open(self.read[above][0] + rest, route, asked_for=True)
        return self

    def _route_of(self, address: str) -> str:
        """The route behind a link, or nothing where we do not go."""
        parts = urlsplit(address)
        if parts.netloc or parts.path.startswith(FOREIGN) or not parts.path.startswith(self.within):
            return ""
        try:
            return resolve(parts.path).route
        except Resolver404:
            self.faults.append(f"{address}: a link leads nowhere")
            return ""

    def _is_new(self, route: str, path: str) -> bool:
        paths = self.read.setdefault(route, [])
        if path in paths or len(paths) == OF_EACH:
            return False
        paths.append(path)
        return True

    def _open(self, address: str, route: str, *, asked_for: bool = False) -> list[str]:
        answer = self.client.get(address)
        sound = SOUND if asked_for else {200, 302, 405}
        if answer.status_code not in sound:
            self.faults.append(f"{address}: {answer.status_code}")
        is_page = answer.get("Content-Type", "").startswith("text/html") and not answer.streaming
        if answer.status_code != 200 or not is_page:
            return [answer["Location"]] if answer.status_code == 302 else []
        html = answer.content.decode()
        if "<main" in html:
            self.pages.setdefault(route, address)
        links = Links(address)
        links.feed(html)
        return links.found
