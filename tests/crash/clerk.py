"""A clerk: a process that works in the office by its web pages, whatever is killed meanwhile, and keeps a book.

Each form is sent until it is answered, now and then twice at once, as by a double click. What stands in the book
was acknowledged, so it must be there at the end, and once.
"""

import http.client
import json
import random
import re
import time
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path
from urllib.parse import urlencode

HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)"')
PATIENCE = 120.0


@dataclass
class Clerk:
    """One clerk, signed in by a cookie, who numbers what they write from `first` on."""

    port: int
    cookie: str
    kind: int
    first: int
    folder: Path
    chance: random.Random = field(default_factory=random.Random)
    wrong: list[str] = field(default_factory=list)
    doubled: int = 0
    retried: int = 0

    def work(self, stop: Path) -> None:
        """Log enquiries, pass each on by letter, and ask for jobs, until told to stop."""
        number = self.first
        while not stop.exists():
            self._one_enquiry(number)
            self._one_job(number)
            number += 1
        said = {"wrong": self.wrong, "doubled": self.doubled, "retried": self.retried}
        (self.folder / f"clerk {self.first}.json").write_text(json.dumps(said))

    def _one_enquiry(self, number: int) -> None:
        new = "/homicide/enquiries/new/"
        place = self._send(new, {"channel": "phone", "asked": f"Question {number}", "kind": self.kind})
        if place:
            self._write_down("logged", number)
            unit = {"other": f"Unit {number}", "other_email": f"unit{number}@prestwood.example"}
            if self._send(f"{place}redirection/", unit):
                self._write_down("passed on", number)

    def _one_job(self, number: int) -> None:
        from privateoffice.foundations.jobs.queue import later
        from privateoffice.foundations.offices import scope
        from privateoffice.foundations.offices.models import Office
        from privateoffice.spine.deliveries.tasks import send_due
        from tests.crash.work import spread

        with scope.acting_as_system("clerk", office=Office.objects.get(slug="homicide")):
            later(spread, number)
            self._write_down("asked", number)
            later(send_due)

    def _send(self, address: str, typed: Mapping[str, object]) -> str:
        """Fetch a form and send it until it is answered; returns where it led."""
        hidden = self._form(address)
        body = urlencode(hidden | typed)
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            answers = (
                self._post_twice(address, body) if self.chance.random() < 0.2 else [self._post(address, body)]
            )
            places = {place for status, place in answers if status == 302}
            odd = [status for status, _ in answers if status not in {0, 302}]
            if odd or len(places) > 1:
                self.wrong.append(f"{address}: {answers}")
            if places:
                return places.pop()
            self.retried += 1
            time.sleep(0.05)
        self.wrong.append(f"{address}: never answered")
        return ""

    def _form(self, address: str) -> dict[str, str]:
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            status, page = self._ask("GET", address)
            if status == 200:
                main = page[page.index("<main") :]
                form = main[main.index("csrfmiddlewaretoken") - 60 :].split("</form>")[0]
                return {name: unescape(value) for name, value in HIDDEN.findall(form)}
            time.sleep(0.05)
        self.wrong.append(f"{address}: never drawn")
        return {}

    def _post_twice(self, address: str, body: str) -> list[tuple[int, str]]:
        self.doubled += 1
        with ThreadPoolExecutor(2) as two:
            return list(two.map(lambda _: self._post(address, body), range(2)))

    def _post(self, address: str, body: str) -> tuple[int, str]:
        return self._ask("POST", address, body)

    def _ask(self, method: str, address: str, body: str = "") -> tuple[int, str]:
        """The status, and the page or where it leads; status 0 where there was no answer."""
        headers = {"Cookie": self.cookie, "Connection": "close", "Host": f"localhost:{self.port}"}
        if method == "POST":
            headers |= {"Content-Type": "application/x-www-form-urlencoded"}
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            line.request(method, address, body or None, headers)
            answer = line.getresponse()
            page = answer.read().decode()
            return answer.status, answer.getheader("Location") or page
        except (OSError, http.client.HTTPException):
            return 0, ""
        finally:
            line.close()

    def _write_down(self, what: str, number: int) -> None:
        with (self.folder / "book").open("a") as book:
            book.write(f"{what} {number}\n")
