"""One page in the making: its site, its records, and the places around the list where traps stand."""

from __future__ import annotations

import calendar
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from random import Random
from typing import Any
from urllib.parse import urljoin

import yaml

from govspider.items import ColumnState, UnknownReason
from tests.accuracy.date_forms import FORMS, JSON_FORMS, Cell
from tests.accuracy.truth import NOW, TODAY, TUNED, Part, Truth

# how old the newest record is, in days: spread over all windows, both sides of each border
AGES: dict[str, tuple[int, ...]] = {
    "recent": (0, 1, 2),
    "fresh": (1, 3, 6, 9, 13, 14),
    "months": (15, 16, 40, 95, 170, 183),
    "old": (186, 230, 300, 360, 365),
    "stale": (367, 420, 700, 1100, 1600),
}
_RECORD_GAPS = {"news": (0, 1, 1, 2, 3, 4), "notice": (1, 3, 6, 9, 20), "policy": (4, 9, 25, 40, 70)}


@cache
def words() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load(files("tests.accuracy").joinpath("words.yaml").read_text("utf-8"))
    return loaded


@dataclass
class Entry:
    """A record before it is written: traps change these."""

    title: str
    day: date | None
    number: int
    form: str = ""
    """Form of this record alone; empty = the page's."""
    cell: Cell | None = None
    """Fixed date markup, whatever the form says."""
    href: str = ""
    url_day: date | None = None
    """Day in the address, where it differs from the publish day."""
    badge: str = ""
    extra: str = ""
    summary: str = ""
    pinned: bool = False
    counts: bool = True
    """False: the day of this record is no evidence (future typo, impossible day)."""


@dataclass(frozen=True)
class Row:
    """A record as a layout writes it."""

    entry: Entry
    href: str
    cell: Cell

    @property
    def title(self) -> str:
        return self.entry.title

    @property
    def row_attributes(self) -> str:
        return self.cell.row_attributes

    @property
    def extra(self) -> str:
        return self.entry.extra

    @property
    def badge(self) -> str:
        return self.entry.badge

    def anchor(self, attributes: str = "", short: int = 0) -> str:
        """The link; `short` cuts the visible title as style sheets and templates do."""
        own = self.cell.link_attributes.replace("@TITLE@", self.title)
        title = "" if "title=" in own else f' title="{self.title}"'
        shown = self.title[:short] + "..." if short and len(self.title) > short else self.title
        return (
            f'<a href="{self.href}"{attributes} target="_blank"{title}{own}>{self.cell.lead}{shown}{self.cell.tail}</a>'
        )

    def dated(self, tag: str, attributes: str = "") -> str:
        """The date place of a layout; nothing where this form does not show a day there."""
        space = " " if attributes else ""
        return f"<{tag}{space}{attributes}>{self.cell.html}</{tag}>" if self.cell.html else ""


@dataclass
class Delivered:
    """What a layout makes: the main region, or with `whole` a document of its own."""

    html: str
    whole: bool = False
    parts: tuple[Part, ...] = ()
    truth: Truth | None = None
    content_type: str | None = None


Finisher = Callable[[str], str]


@dataclass
class Scene:
    """What layouts, skins and traps share while one page is made."""

    random: Random
    form: str
    address: str
    kind: str
    column: dict[str, str]
    place: str
    office: str
    host: str
    part: str = TUNED
    entries: list[Entry] = field(default_factory=list)
    slots: dict[str, list[str]] = field(default_factory=dict)
    finishers: list[Finisher] = field(default_factory=list)
    encoding: str = "utf-8"
    declared: str | None = "utf-8"
    content_type: str | None = None
    items_known: bool = True
    path: str = ""
    """Path of the page where its system dictates one; empty = that of a static column."""
    witnesses: bool = True
    """False where the articles could not be had; days without a year are then those of any year."""
    may_contradict: bool = False
    """True where the page's own witnesses disagree, so that an unknown is defensible."""

    @property
    def site_name(self) -> str:
        return f"{self.place}{self.office}"

    @property
    def url(self) -> str:
        return f"http://{self.host}{self.path or '/zwgk/' + self.column['slug'] + '/index.html'}"

    @property
    def serial(self) -> int:
        """Number of this page among those of its layout: layouts with variants take turns by it."""
        return self.entries[0].number

    @property
    def lacks_years(self) -> bool:
        """True where neither the rows nor their addresses tell the year of their days."""
        return self.form in FORMS and FORMS[self.form].group == "order"

    def articles(self) -> tuple[Part, ...]:
        """The article behind each record, for lists that do not tell the years of their days."""
        if not self.lacks_years or not self.witnesses:
            return ()
        return tuple(self._article(entry) for entry in self.entries if entry.day)

    def _article(self, entry: Entry) -> Part:
        paragraphs = "".join(f"<p>　　{text}</p>" for text in words()["paragraphs"][:3])
        html = f"""<html><head><meta charset="utf-8"><title>{entry.title}</title></head><body>
<div class="nav"><a href="/">首页</a></div><div class="wz"><h1>{entry.title}</h1>
<p class="info">发布时间：{entry.day:%Y-%m-%d} 10:19　来源：{self.office}　字体：大 中 小</p>
<div class="TRS_Editor">{paragraphs}</div></div></body></html>"""
        return Part(urljoin(self.url, self.href(entry)), html.encode(), "text/html; charset=utf-8")

    def put(self, place: str, html: str) -> None:
        """Stand something at a place around the list: head, header, left, side, above, below, footer, tail."""
        self.slots.setdefault(place, []).append(html)

    def slot(self, place: str) -> str:
        return "\n".join(self.slots.get(place, []))

    def rows(self) -> list[Row]:
        return [Row(entry, self.href(entry), self.cell(entry)) for entry in self.entries]

    def cell(self, entry: Entry) -> Cell:
        if entry.cell is not None:
            return entry.cell
        name = entry.form or self.form
        if entry.day is None or name in JSON_FORMS:
            return Cell()
        return FORMS[name].render(entry.day, self.random)

    def json_day(self, entry: Entry) -> object:
        """Day of a record as a value of a script or an answer."""
        if entry.cell is not None:
            return entry.cell.html
        return JSON_FORMS[self.form](entry.day, self.random) if entry.day else ""

    def href(self, entry: Entry) -> str:
        return entry.href or ADDRESSES[self.address](self, entry, entry.url_day or entry.day)

    def truth(self, state: ColumnState = ColumnState.LIST) -> Truth:
        """What the records say: the newest day that is not in the future."""
        days = [entry.day for entry in self.entries if entry.day and entry.counts and entry.day <= TODAY]
        items = len(self.entries) if self.items_known else None
        reasons = {UnknownReason.CONTRADICTORY} if self.may_contradict else set()
        if self.lacks_years and not self.witnesses:
            return Truth(ColumnState.UNKNOWN, reasons=frozenset({UnknownReason.UNDATED, UnknownReason.CONTRADICTORY}))
        if self.form in ("none", "month_only"):
            return Truth(state, None, items, frozenset({UnknownReason.UNDATED}))
        return Truth(state, max(days), items, frozenset(reasons))

    def write_title(self, kind: str = "") -> str:
        chosen = words()["titles"][kind or self.kind]
        head = self.random.choice(chosen["heads"]).format(place=self.place, office=self.office)
        return f"{head}{self.random.choice(chosen['tails'])}"

    def distractors(self, count: int, newest: date, pattern: str = "%Y-%m-%d") -> list[tuple[str, str, str]]:
        """Title, address and day text of records that are not of this column."""
        days = [newest - timedelta(days=2 * number) for number in range(count)]
        return [
            (self.write_title(self.random.choice(("news", "notice"))), f"/qt/{900 + n}.html", f"{day:{pattern}}")
            for n, day in enumerate(days)
        ]


Address = Callable[[Scene, Entry, date | None], str]


def _day(day: date | None) -> date:
    return day or TODAY - timedelta(days=400)


ADDRESSES: dict[str, Address] = {
    "trs": lambda _, entry, day: f"./{_day(day):%Y%m}/t{_day(day):%Y%m%d}_{3986000 + entry.number}.htm",
    "hanweb": lambda _, entry, day: (
        f"/art/{_day(day).year}/{_day(day).month}/{_day(day).day}/art_80179_{11664000 + entry.number}.html"
    ),
    "henan": lambda _, entry, day: f"/{_day(day):%Y/%m-%d}/{310000 + entry.number}.html",
    "compact": lambda _, entry, day: f"/{_day(day):%Y%m%d}/i{51000 + entry.number}.html",
    "ucap": lambda scene, entry, day: (
        f"/{scene.column['slug']}/c110634/{_day(day):%Y%m}/{174240000 + entry.number}.shtml"
    ),
    "trs_old": lambda _, entry, __: f"./t{52300 + entry.number}.shtml",
    "post": lambda scene, entry, _: f"/{scene.column['slug']}/content/post_{4740000 + entry.number}.html",
    "aspx": lambda _, entry, __: f"/Item/{73000 + entry.number}.aspx",
    "vsb": lambda _, entry, __: f"../info/1011/{6300 + entry.number}.htm",
    "query": lambda _, entry, __: f"/cms/siteresource/article.shtml?id=7004{60000 + entry.number}&siteId=4",
}
ADDRESS_STYLES = {
    "dated": ("trs", "hanweb", "henan", "compact"),
    "month": ("ucap",),
    "undated": ("trs_old", "post", "aspx", "vsb", "query"),
    "": tuple(ADDRESSES),
}


def address_for(need: str, random: Random) -> str:
    """A style of address that carries what the form of the date leaves out."""
    return random.choice(ADDRESS_STYLES.get(need, (need,)))


def record_days(random: Random, age: str, kind: str, count: int) -> list[date]:
    """Publish days of a column, newest first."""
    day = TODAY - timedelta(days=random.choice(AGES[age]))
    days = []
    for _ in range(count):
        days.append(day)
        day -= timedelta(days=random.choice(_RECORD_GAPS[kind]))
    return days


def months_before(day: date, months: int) -> date:
    """The same day so many calendar months earlier, the month's last where that day does not exist."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def window_starts() -> dict[str, date]:
    """First day inside each window, counted back from the day of looking."""
    today = NOW.date()
    return {"14d": today - timedelta(days=14), "6mo": months_before(today, 6), "1y": months_before(today, 12)}
