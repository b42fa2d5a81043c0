"""What the demo city consists of: sites, columns, items, and the requests they answer.

Everything here is a value made by `tests.city.plan`; nothing reads a clock.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from functools import cached_property

HTML = "text/html; charset=utf-8"


class Fate(StrEnum):
    """What the plan made of a column; the truth is read from here."""

    FRESH = "fresh"
    STALE = "stale"
    BLANK = "blank"
    SHELL = "shell"
    """Filled in by a script that offers nothing to ask for: only a browser could tell."""
    UNDATED = "undated"
    ARTICLE = "article"
    FORM = "form"
    PORTAL = "portal"


@dataclass(frozen=True, slots=True)
class Item:
    """One record of a list. `path` is absolute within the site, or a whole address when `external`."""

    title: str
    path: str
    published: date
    pinned: bool = False
    external: bool = False
    shows_date: bool = True
    """False: the article page itself shows no publish time."""
    tagged: bool = True
    """False: the article page lacks its own page tags."""
    attachment: str = ""
    wording: str = ""
    """Name of a planned sentence in the article (wording_sentences of words.yaml), '' for none."""


@dataclass(frozen=True, slots=True)
class Column:
    name: str
    slug: str
    number: int
    kind: str
    level: int
    fate: Fate
    shape: str
    path: str
    items: tuple[Item, ...] = ()
    update_days: int | None = None
    odd: frozenset[str] = frozenset()
    slow: bool = False
    throttled: bool = False

    @property
    def dated_items(self) -> tuple[Item, ...]:
        """Items that may count as newest: in the past by plan and shown with a date."""
        return () if self.fate is Fate.UNDATED else tuple(item for item in self.items if item not in self.future_items)

    @property
    def future_items(self) -> tuple[Item, ...]:
        return self.items[:1] if "future_item" in self.odd else ()

    @property
    def newest(self) -> date | None:
        return max((item.published for item in self.dated_items), default=None)


@dataclass(frozen=True, slots=True)
class PlannedLink:
    """A link that the plan put somewhere on purpose, and what its target answers."""

    place: str
    to: str
    text: str
    answer: str
    """404, 410, 403, 500, loop or soft_404."""


@dataclass(frozen=True)
class Site:
    code: str
    name: str
    host: str
    unit: str
    superior: str
    city: str
    district: str
    """Name of the district, '' for sites of the city itself."""
    type: str
    status: str
    shape: str
    date_style: str
    contact: str
    phone: str
    icp: str
    police: str
    conac: str
    columns: tuple[Column, ...]
    home_items: Mapping[str, tuple[Item, ...]]
    marks: Mapping[str, str]
    links: tuple[PlannedLink, ...] = ()
    dark: tuple[str, ...] = ()
    traps: frozenset[str] = frozenset()
    scheme: str = "http"
    new_host: str = ""
    bare_twin: bool = False
    registered: bool = False
    platform: str = ""
    encoding: str = "utf-8"
    footer: str = "inline"
    conduct: str = "normal"
    home_stale: bool = False
    poisoned: bool = False
    crawl_delay: float = 0.0

    @property
    def origin(self) -> str:
        """Where the pages really stand."""
        return f"{self.scheme}://{self.new_host or self.host}"

    @property
    def home_url(self) -> str:
        """首页网址 of the registry."""
        return f"{self.scheme}://{self.host}/"

    @cached_property
    def main_navigation(self) -> tuple[Column, ...]:
        return tuple(column for column in self.columns if column.level == 1)

    @cached_property
    def second_level(self) -> tuple[Column, ...]:
        return tuple(column for column in self.columns if column.level == 2)

    def column(self, name: str) -> Column:
        """The column of this name. KeyError with the site's name when there is none."""
        found = next((column for column in self.columns if column.name == name), None)
        if found is None:
            raise KeyError(f"{self.name} has no column {name!r}")
        return found

    @property
    def articles(self) -> list[tuple[Column, Item]]:
        """Every article of the site with the column it stands in."""
        return [(column, item) for column in self.columns for item in column.items if not item.external]


@dataclass(frozen=True)
class Plan:
    """The whole city on one day. `at` is the check instant, `day` its day in Asia/Shanghai."""

    seed: int
    at: datetime
    day: date
    sites: tuple[Site, ...]
    page_bytes: tuple[int, int] = (0, 0)
    """Smallest and largest padding of a page in bytes, for benches."""

    def site(self, code: str) -> Site:
        """The site of this code. KeyError when there is none."""
        found = next((site for site in self.sites if site.code == code), None)
        if found is None:
            raise KeyError(f"the city has no site {code!r}")
        return found


@dataclass(frozen=True, slots=True)
class Asked:
    """One request as a route sees it. `earlier` counts requests for the same address before this one."""

    method: str
    scheme: str
    host: str
    path: str
    query: str = ""
    body: bytes = b""
    earlier: int = 0


@dataclass(frozen=True, slots=True)
class Answer:
    """One response. `delay` is in seconds, spent before the first byte."""

    body: bytes = b""
    status: int = 200
    content_type: str = HTML
    headers: tuple[tuple[str, str], ...] = ()
    delay: float = 0.0


Route = Callable[[Asked], Answer]
Routes = dict[str, Route]
