"""What stands around every page: the office, its doors, who sits here, cover, and the keys."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.crypto import salted_hmac

from privateoffice.foundations.clock import clock, words
from privateoffice.foundations.offices import policy, scope
from privateoffice.foundations.offices.models import Office
from privateoffice.foundations.offices.roles import Role
from privateoffice.foundations.records.withheld import hidden_counts
from privateoffice.foundations.registry import house
from privateoffice.foundations.registry.declarations import MOST_COUNTED, Door
from privateoffice.foundations.ui.counts import Counts

TODAY, SEARCH = "Today", "Search"
GROUPS = (TODAY, "Correspondence", "Time", "Following up", "People", "Knowledge", "The house")
"""The groups of the rail, in order; the last is for administration. Today stands alone, Search is in the bar."""

TABS = {
    "t": ("Decisions", "approvals"),
    "d": ("Diary", "diary"),
    "r": ("On call", "rotas"),
    "o": ("Sent", "mail"),
    "/": ("Search", "find"),
}
"""The Commander's tabs: which doors, by their key, and their word and icon there."""

COUNTED_BEHIND = {"t": "a"}
"""Decisions counts what waits behind the door of approvals, though it leads to Today."""

LIST_KEYS = (
    ("Down, up", "j k"),
    ("Open", "↵"),
    ("Done, resolve", "e"),
    ("Pass on", "p"),
    ("Put off", "z"),
    ("Nudge", "h"),
    ("Undo", "u"),
    ("Back", "Esc"),
)


@dataclass(frozen=True)
class Entry:
    """One door of the rail, or one line under New, as this person sees it."""

    word: str
    url: str
    icon: str
    key: str
    group: str = ""
    waiting: int = 0
    is_here: bool = False

    @property
    def waiting_words(self) -> str:
        return f"{MOST_COUNTED - 1}+" if self.waiting >= MOST_COUNTED else str(self.waiting)

    @property
    def is_hot(self) -> bool:
        return self.group == TODAY


@dataclass(frozen=True)
class Switch:
    """One office in the switcher, and why this person may or may not go there."""

    office: Office
    note: str
    url: str
    key: str


@dataclass(frozen=True)
class CoverBand:
    """The sentence that says under whose cover this page is."""

    office: Office
    actor: str
    for_whom: str
    until: str
    home: Switch | None
    hidden_count: int
    standing_url: str


class Frame:
    """The frame of one request. Each part is worked out when a template first asks for it."""

    def __init__(self, request: HttpRequest):
        self.request = request

    @cached_property
    def office(self) -> Office | None:
        return getattr(self.request, "office", None) if self._is_inside else None

    @cached_property
    def person(self) -> Any:
        return getattr(getattr(self.request, "user", None), "person", None)

    @cached_property
    def keeper(self) -> str:
        """A mark of this account that tells nobody who it is: what the browser keeps is kept under it."""
        user = getattr(self.request, "user", None)
        return salted_hmac("what is typed", str(user.pk)).hexdigest()[:12] if user and user.pk else ""

    @cached_property
    def _is_inside(self) -> bool:
        return scope.is_open() and bool(scope.current().roles)

    @cached_property
    def role(self) -> str:
        """The role in words: Personal Assistant; the first by rank where somebody holds several."""
        held = scope.current().roles if self._is_inside else frozenset()
        return next((str(role.label) for role in Role if role in held), "")

    @cached_property
    def is_hand(self) -> bool:
        """Whether this is the Commander's own office: roomy, and five tabs on a phone."""
        return self._is_inside and Role.COMMANDER in scope.current().roles

    @property
    def now(self) -> datetime:
        return clock.now()

    @cached_property
    def is_sample(self) -> bool:
        return Office.objects.filter(is_sample=True).exists()

    @cached_property
    def doors(self) -> list[Entry]:
        if not self._is_inside:
            return []
        counts = Counts()
        entries = [self._entry(door, counts) for door in self._doors_open_to_us()]
        counts.keep()
        here = max((entry.url for entry in entries if entry.is_here), key=len, default="")
        return [replace(entry, is_here=entry.url == here) for entry in entries]

    def _doors_open_to_us(self) -> Iterator[Door]:
        for room in house.rooms():
            doors = (door for door in room.doors if door.is_of_the_house is not bool(self.office))
            yield from (door for door in doors if not door.verb or policy.allows(door.verb))

    def _entry(self, door: Door, counts: Counts) -> Entry:
        url = self._address(door.url_name)
        return Entry(
            word=door.word,
            url=url,
            icon=door.icon,
            key=door.key,
            group=door.group,
            waiting=counts.behind(door),
            is_here=self._is_at(url, door),
        )

    def _is_at(self, url: str, door: Door) -> bool:
        """Whether this page lies behind the door. Every page of an office lies under the address of its Today."""
        here = self.request.path
        return here == url if door.group == TODAY else here.startswith(url)

    def _address(self, url_name: str) -> str:
        """The address of a door or a form: in the office at hand, or outside every office."""
        try:
            return reverse(url_name, kwargs={"office": self.office.slug if self.office else ""})
        except NoReverseMatch:
            return reverse(url_name)

    @cached_property
    def groups(self) -> list[tuple[str, list[Entry]]]:
        """The doors under their headings, in the order of the look."""
        found = [(group, [door for door in self.doors if door.group == group]) for group in GROUPS]
        return [("" if group == TODAY else group, doors) for group, doors in found if doors]

    @cached_property
    def tabs(self) -> list[Entry]:
        by_key = {door.key: door for door in self.doors}
        return [
            replace(by_key[key], word=word, icon=icon, waiting=self._waiting_behind(key, by_key))
            for key, (word, icon) in TABS.items()
            if key in by_key
        ]

    @staticmethod
    def _waiting_behind(key: str, by_key: dict[str, Entry]) -> int:
        return by_key.get(COUNTED_BEHIND.get(key, key), by_key[key]).waiting

    @cached_property
    def search_url(self) -> str:
        return next((door.url for door in self.doors if door.group == SEARCH), "")

    @cached_property
    def home_url(self) -> str:
        today = next((door.url for door in self.doors if door.group == TODAY), "")
        return today or (f"/{self.office.slug}/" if self.office else "/")

    @cached_property
    def new(self) -> list[Entry]:
        if not self.office:
            return []
        return [
            Entry(new.word, self._address(new.url_name), "plus", new.key)
            for room in house.rooms()
            for new in room.new
            if policy.allows(new.verb)
        ]

    @cached_property
    def switches(self) -> list[Switch]:
        """Every office, with what this person is there. Those without a reason to enter have no address."""
        if self.person is None:
            return []
        now, held = clock.now(), self._held
        covers = {cover.office_id: cover for cover in self.person.covers_given.standing(now)}
        offices = sorted(Office.objects.all(), key=lambda office: (office.pk not in held, office.name))
        return [
            self._switch(office, place, office.pk in held, covers.get(office.pk))
            for place, office in enumerate(offices, start=1)
        ]

    @cached_property
    def _held(self) -> set[int | None]:
        """The offices in which this person holds a role; None is the whole house."""
        if self.person is None:
            return set()
        return set(self.person.holdings.standing(clock.now()).values_list("office", flat=True))

    @property
    def administration_url(self) -> str:
        """Where an administrator looks after the house; nothing for anybody else."""
        return "/administration/" if None in self._held else ""

    def _switch(self, office: Office, place: int, is_held: bool, cover: Any) -> Switch:
        if is_held:
            note = "Your office"
        else:
            note = f"You cover until {spoken(cover.stops_at)}" if cover else "No cover open"
        may_enter = is_held or cover is not None
        return Switch(office, note, f"/{office.slug}/" if may_enter else "", f"g {place}" if place <= 9 else "")

    @cached_property
    def cover(self) -> CoverBand | None:
        if not self._is_inside or not scope.current().is_cover or not self.office:
            return None
        acting = scope.current()
        home = next((switch for switch in self.switches if switch.note == "Your office"), None)
        until = spoken(acting.until) if acting.until else ""
        return CoverBand(
            self.office,
            acting.actor,
            acting.for_whom,
            until,
            home,
            hidden_count=sum(hidden_counts(self.office).values()),
            standing_url=reverse("ui:standing", args=[self.office.slug]),
        )

    @cached_property
    def sign_out_url(self) -> str:
        return _address_outside("account_logout")

    @cached_property
    def account_url(self) -> str:
        """Where somebody changes their password and sets up a second factor."""
        return _address_outside("mfa_index") if self.person else ""

    @property
    def other_doors(self) -> list[dict[str, str]]:
        """Where else one can sign in: the force's own provider, where the settings name one."""
        return [
            {"name": app["name"], "url": reverse("openid_connect_login", args=[app["provider_id"]])}
            for app in settings.SOCIALACCOUNT_PROVIDERS.get("openid_connect", {}).get("APPS", [])
        ]

    @property
    def general_keys(self) -> list[tuple[str, str]]:
        return [("This list", "?"), *([("Search or go to", "/")] if self.search_url else []), ("New", "c")]

    @property
    def door_keys(self) -> list[tuple[str, str]]:
        doors = [(door.word, f"g {door.key}") for door in self.doors if door.key and door.group != SEARCH]
        new = [(entry.word, f"g {entry.key}") for entry in self.new if entry.key]
        return [*doors, *new, ("Offices", "g 1 to 9")]

    @property
    def list_keys(self) -> tuple[tuple[str, str], ...]:
        return LIST_KEYS


def _address_outside(url_name: str) -> str:
    """The address of a page of signing in, or nothing where the house has none."""
    try:
        return reverse(url_name)
    except NoReverseMatch:
        return ""


def spoken(moment: datetime) -> str:
    """Until when, as it is said: 5:00pm today, 9:00am on Tue 24 Nov."""
    day = "today" if clock.day_of(moment) == clock.today() else f"on {words.short_day(moment)}"
    return f"{words.hour(moment)} {day}"


def frame(request: HttpRequest) -> dict[str, Any]:
    """The context processor: one name, worked out only as far as a page asks."""
    return {"frame": Frame(request)}
