"""What every rubric must say of the city: written from the documents and the plan, never by running the product.

The documents' clauses stand here a second time, in their own words: counts, windows, points and caps from
the notes on 国办秘函〔2019〕19号, 国办发〔2015〕15号 and the local example. Only clauses that a program decides are
told; points are those that are certain, so that the score told is the highest that the site can still reach.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction

from tests.city.model import Column, Fate, Plan, Site
from tests.city.truth import FAIL, PASS, UNKNOWN, SiteTruth, truth_of

NOT_APPLICABLE = "not_applicable"
NEVER_FAIL = "pass or unknown"
"""Nothing is certain; whether something is open depends on outside hosts, which answer every address alike."""
_AGED = {Fate.FRESH, Fate.STALE, Fate.UNDATED, Fate.SHELL}
_CONTENT = ("news", "notice", "policy", "interpretation", "yearly", "static", "interaction", "other")


@dataclass(frozen=True, slots=True)
class Counted:
    """Faults of one clause on one site: certain ones, and those that may or may not be. None: it does not apply."""

    bad: int = 0
    soft: int = 0
    applies: bool = True
    all_of: int = 1
    """How many certain faults make the clause fail."""
    outside: bool = False
    """True where hosts outside the city may leave more open than the plan says."""


Count = Callable[[Site, SiteTruth, date], Counted]


@dataclass(frozen=True, slots=True)
class Clause:
    """`item` names the item whose cap the clause shares; `points` for each certain fault, or once."""

    id: str
    count: Count
    only: str = ""
    """Type of sites it is for, '' for all."""
    veto: bool = True
    points: Fraction | None = None
    once: bool = False
    item: str = ""
    cap: Fraction | None = None


@dataclass(frozen=True, slots=True)
class ScoredSite:
    """Results by clause, the site as a whole under 'site'; `highest` the score that is still possible, None without."""

    clauses: dict[str, str] = field(default_factory=dict)
    charged: dict[str, Fraction] = field(default_factory=dict)
    vetoed: bool = False
    highest: Fraction | None = None


# ── how clauses count ───────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Window:
    """Columns of these kinds (first level only, or below it) and how old their newest item may be."""

    kinds: tuple[str, ...]
    days: int = 0
    months: int = 0
    levels: tuple[int, ...] = (1, 2)
    as_registered: bool = False

    def first_day(self, column: Column, day: date) -> date | None:
        """Oldest day that is still in time; None where the window is not about the column."""
        if column.kind not in self.kinds or column.level not in self.levels:
            return None
        if self.as_registered:
            return day - timedelta(column.update_days) if column.update_days else None
        return day - timedelta(self.days) if self.days else _months_before(day, self.months)


def _months_before(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _age(column: Column, windows: Iterable[Window], day: date) -> str | None:
    """good, bad or unknown by the first window that is about the column; None when none is."""
    if column.fate not in _AGED:
        return None
    first = next((found for window in windows if (found := window.first_day(column, day)) is not None), None)
    if first is None:
        return None
    if column.fate in (Fate.SHELL, Fate.UNDATED) or column.newest is None:
        return UNKNOWN
    return "good" if column.newest >= first else "bad"


def _late(limit: int, *windows: Window, blank: bool = False) -> Count:
    """Columns out of date; with `blank`, blank columns count as well, and hidden ones may be."""

    def count(site: Site, truth: SiteTruth, day: date) -> Counted:
        ages = [age for column in site.columns if (age := _age(column, windows, day)) is not None]
        empty = sum(column.fate is Fate.BLANK for column in site.columns) if blank else 0
        hidden = [column for column in site.columns if blank and column.fate is Fate.SHELL]
        more = sum(_age(column, windows, day) is None for column in hidden)
        return Counted(ages.count("bad") + empty, ages.count(UNKNOWN) + more, applies=bool(ages) or blank, all_of=limit)

    return count


def _kind_late(window: Window) -> Count:
    """Every column of the kind out of date: one in time is enough."""

    def count(site: Site, truth: SiteTruth, day: date) -> Counted:
        ages = [age for column in site.columns if (age := _age(column, (window,), day)) is not None]
        if "good" in ages:
            return Counted()
        return Counted(ages.count("bad"), ages.count(UNKNOWN), applies=bool(ages), all_of=max(1, len(ages)))

    return count


def _blank(limit: int, kinds: tuple[str, ...] = _CONTENT) -> Count:
    def count(site: Site, truth: SiteTruth, day: date) -> Counted:
        mine = [column for column in site.columns if column.kind in kinds]
        empty = sum(column.fate is Fate.BLANK for column in mine)
        hidden = sum(column.fate is Fate.SHELL for column in mine)
        return Counted(empty, hidden, applies=bool(mine), all_of=limit)

    return count


def _marks(*marks: str) -> Count:
    """Absent marks are missing for certain; one that is there and wrong, or could not be read, may be."""

    def count(site: Site, truth: SiteTruth, day: date) -> Counted:
        states = [truth.marks[mark] for mark in marks]
        return Counted(states.count("absent"), states.count("invalid") + states.count("unknown"))

    return count


def _dead(*places: str) -> Count:
    def count(site: Site, truth: SiteTruth, day: date) -> Counted:
        links = [link for planned, link in zip(site.links, truth.links, strict=True) if planned.place in places]
        sure = {link.url for link in links if link.confirmed}
        return Counted(len(sure), len({link.url for link in links} - sure), outside=True)

    return count


def _home_stale(site: Site, truth: SiteTruth, day: date) -> Counted:
    return Counted(int(site.home_stale))


def _untagged(site: Site, truth: SiteTruth, day: date) -> Counted:
    return Counted(len(truth.untagged_articles))


def _no_column_pages_untagged(site: Site, truth: SiteTruth, day: date) -> Counted:
    return Counted()


# ── the documents ───────────────────────────────────────────────────────────────────────────

_NEWS, _FORMAL = ("news",), ("notice", "policy")
_SIX = ("conac", "site_code", "icp", "police", "sponsor", "contact")


def _charge(id: str, count: Count, points: str, item: str, cap: str, *, once: bool = False, only: str = "") -> Clause:
    return Clause(id, count, only, False, Fraction(points), once, item, Fraction(cap))


_GUOBAN_2019 = (
    Clause("W-V3", _home_stale),
    Clause("W-V4.1", _late(5, Window(_NEWS, days=14), Window(_FORMAL, months=6, levels=(1,)))),
    Clause(
        "W-V4.2",
        _late(
            10,
            Window(("interpretation", "yearly", "other"), as_registered=True),
            Window(_FORMAL, as_registered=True, levels=(2,)),
            Window(("interpretation",), months=6, levels=(1,)),
            Window(("yearly",), months=12),
        ),
    ),
    Clause("W-V4.3", _blank(5)),
    _charge("W-D1.4b", _kind_late(Window(_NEWS, days=14)), "5", "动态要闻", "5", once=True, only="portal"),
    _charge(
        "W-D1.5b",
        _kind_late(Window(("policy",), months=6, levels=(1,))),
        "5",
        "政策文件",
        "5",
        once=True,
        only="portal",
    ),
    _charge(
        "W-D1.6b",
        _kind_late(Window(("interpretation",), months=6, levels=(1,))),
        *("5", "政策解读", "5"),
        once=True,
        only="portal",
    ),
    _charge("W-D1.9a", _blank(1, ("static", "interaction", "other")), "2", "其他栏目", "4", only="portal"),
    _charge("W-D1.9b", _late(1, Window(("other",), as_registered=True)), "1", "其他栏目", "4", only="portal"),
    _charge("W-D4.2", _marks(*_SIX), "0.5", "网站标识", "3", only="portal"),
    _charge("W-D4.3a", _dead("home"), "0.2", "可用性", "1", only="portal"),
    _charge("W-D4.3b", _dead("inner"), "0.1", "可用性", "1", only="portal"),
    _charge("W-D4.4a", _marks("jiucuo"), "1", "找错", "1", once=True, only="portal"),
    _charge("W-D4.7a", _untagged, "0.1", "页面标签", "1", only="portal"),
    _charge("W-D4.7b", _no_column_pages_untagged, "0.1", "页面标签", "1", only="portal"),
)
_NEWS_AND_FORMAL_2015 = (Window(_NEWS, days=14), Window(_FORMAL, months=6))
_GUOBAN_2015 = (
    Clause("P15-V2", _home_stale),
    Clause("P15-V3.1", _late(5, *_NEWS_AND_FORMAL_2015)),
    Clause(
        "P15-V3.2",
        _late(
            10,
            Window(("interpretation", "yearly", "other"), as_registered=True),
            *_NEWS_AND_FORMAL_2015,
            Window(("yearly",), months=12),
            blank=True,
        ),
    ),
    Clause("P15-V3.3", _blank(5)),
    _charge("P15-D1.2a", _dead("home"), "1", "链接可用性", "100"),
    _charge("P15-D1.2b", _dead("inner"), "0.1", "链接可用性", "100"),
    # the points of these were found in no readable copy: nothing is charged
    Clause("P15-D2.2a", _late(1, Window(_NEWS, days=14)), veto=False),
    Clause("P15-D2.2b", _late(1, Window(_FORMAL, months=6)), veto=False),
    Clause("P15-D2.2c", _late(1, Window(("yearly",), months=12)), veto=False),
)
_LOCAL = (
    Clause("L-V2", _home_stale),
    Clause("L-V3a", _late(3, Window(_NEWS, days=10), Window(_FORMAL, months=3)), only="portal"),
    Clause("L-V3b", _late(5, Window(_NEWS, months=1), Window(_FORMAL, months=6)), only="department"),
    Clause("L-V4", _blank(3)),
    _charge(
        "L-D1.1",
        _late(
            1,
            Window(("interpretation", "yearly", "other"), as_registered=True),
            Window(("interpretation",), months=6),
            Window(("yearly",), months=12),
        ),
        *("5", "栏目更新", "20"),
    ),
    _charge("L-D1.2", _blank(1), "5", "空白栏目", "10"),
    _charge("L-D4.1", _marks("conac", "site_code", "icp", "police"), "2.5", "网站标识", "10"),
    _charge("L-D4.2", _dead("home", "inner"), "0.5", "链接可用性", "15"),
)


@dataclass(frozen=True, slots=True)
class Document:
    """The clauses of a rubric, the types of sites that it gives a score, and what a vetoed one is printed with."""

    clauses: tuple[Clause, ...]
    scored: tuple[str, ...]
    fail_below: int = 60
    vetoed: int | None = None


DOCUMENTS: Mapping[str, Document] = {
    "guoban-2019": Document(_GUOBAN_2019, ("portal",)),
    "guoban-2015": Document(_GUOBAN_2015, ("portal", "department")),
    "local-example-110": Document(_LOCAL, ("portal", "department"), vetoed=59),
}


# ── a site under a document ─────────────────────────────────────────────────────────────────


def rubric_truth(plan: Plan, rubric: str) -> dict[str, ScoredSite]:
    """What the rubric says of every included site of the plan, by code."""
    document = DOCUMENTS[rubric]
    truths = {truth.code: truth for truth in truth_of(plan).sites}
    return {
        site.code: _judged(document, site, truths[site.code], plan.day)
        for site in plan.sites
        if truths[site.code].included
    }


def _judged(document: Document, site: Site, truth: SiteTruth, day: date) -> ScoredSite:
    mine = [clause for clause in document.clauses if clause.only in ("", site.type)]
    counts = {clause.id: clause.count(site, truth, day) for clause in mine}
    results = {id: UNKNOWN if truth.unseen else _result(counted) for id, counted in counts.items()}
    charged = {} if truth.unseen else dict(_charges(mine, counts))
    vetoes = [results[clause.id] for clause in mine if clause.veto]
    vetoed = FAIL in vetoes
    highest = 100 - _capped(mine, charged) if site.type in document.scored else None
    if highest is not None and highest < document.fail_below:
        vetoes.append(FAIL)
    return ScoredSite({**results, "site": _whole(vetoes)}, charged, vetoed, highest)


def _result(counted: Counted) -> str:
    if counted.bad >= counted.all_of:
        return FAIL
    if not counted.applies:
        return NOT_APPLICABLE
    if counted.bad + counted.soft >= counted.all_of:
        return UNKNOWN
    return NEVER_FAIL if counted.outside else PASS


def _whole(results: list[str]) -> str:
    return FAIL if FAIL in results else UNKNOWN if UNKNOWN in results or PASS not in results else PASS


def _charges(clauses: Iterable[Clause], counts: Mapping[str, Counted]) -> Iterator[tuple[str, Fraction]]:
    for clause in clauses:
        if clause.points is not None and clause.cap is not None:
            faults = counts[clause.id].bad
            times = int(faults >= counts[clause.id].all_of) if clause.once else faults
            yield clause.id, min(clause.cap, clause.points * times)


def _capped(clauses: Iterable[Clause], charged: Mapping[str, Fraction]) -> Fraction:
    """Points of all clauses together: those of one item stop at its cap."""
    items: dict[str, Fraction] = {}
    caps: dict[str, Fraction] = {}
    for clause in clauses:
        if clause.cap is not None:
            items[clause.item] = items.get(clause.item, Fraction(0)) + charged.get(clause.id, Fraction(0))
            caps[clause.item] = clause.cap
    return sum((min(points, caps[item]) for item, points in items.items()), Fraction(0))
