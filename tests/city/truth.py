"""What an inspection of the city must find: derived from the plan alone, never by running the product.

The rules are those of 国办秘函〔2019〕19号, W-V3 and W-V4.1 to W-V4.3, counted with three values:
fail when the confirmed faults reach the threshold, pass when faults and unknowns together do not,
else unknown. `to_json` writes the whole truth for other tools.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from datetime import date

from tests.city.hosts import NEIGHBOURS
from tests.city.injections import dark_anchor, dark_url
from tests.city.layout import sister_sites
from tests.city.model import Column, Fate, Plan, Site
from tests.city.words import BLUEPRINT, WORDS

PASS, FAIL, UNKNOWN = "pass", "fail", "unknown"
_NEWS_NOTICE_LIMIT = 5
_SHOULD_UPDATE_LIMIT = 10
_BLANK_LIMIT = 5
_RUNNING = "正常运行"
_RETIRED = "已下线"
_GONE = {"404", "410"}
_STATES = {
    Fate.FRESH: "list",
    Fate.STALE: "list",
    Fate.UNDATED: "list",
    Fate.BLANK: "blank",
    Fate.SHELL: "unknown",
    Fate.ARTICLE: "article",
    Fate.FORM: "form",
    Fate.PORTAL: "portal",
}
# why a whole site could not be seen, by how it behaves
_UNSEEN = {"challenge": "blocked", "robots_disallow": "robots", "unreachable": "proxy"}


@dataclass(frozen=True, slots=True)
class ColumnTruth:
    """`clause` is the clause that counts the column by its age, None for columns no clause counts."""

    name: str
    url: str
    kind: str
    level: int
    state: str
    reason: str | None
    newest: date | None
    items: int
    clause: str | None
    result: str | None
    """good, bad or unknown under `clause`; None without one."""


@dataclass(frozen=True, slots=True)
class LinkTruth:
    """`confirmed` means dead without a person: 404 or 410 from the site itself."""

    source_url: str
    url: str
    answer: str
    confirmed: bool


@dataclass(frozen=True, slots=True)
class DarkLinkTruth:
    url: str
    anchor: str
    technique: str
    strength: str


@dataclass(frozen=True, slots=True)
class WordingTruth:
    """A grave error of wording: the article, and the words that are wrong in it."""

    url: str
    text: str


@dataclass(frozen=True, slots=True)
class SiteTruth:
    code: str
    name: str
    home_url: str
    district: str
    unit: str
    registered_columns: bool
    included: bool
    exclude_reason: str | None
    verdict: str | None
    unseen: str | None
    """Why nothing of the site could be seen, None when it could."""
    clauses: dict[str, str]
    home_newest: date | None
    columns: tuple[ColumnTruth, ...]
    marks: dict[str, str]
    links: tuple[LinkTruth, ...]
    dark_links: tuple[DarkLinkTruth, ...]
    poisoned_title: bool
    wordings: tuple[WordingTruth, ...]
    untagged_articles: tuple[str, ...]
    undated_articles: tuple[str, ...]
    future_items: tuple[str, ...]
    retired_answers: bool
    moved_to: str | None
    never_accuse: tuple[str, ...]
    """Targets of hidden or odd links that are innocent."""


@dataclass(frozen=True, slots=True)
class Rate:
    """Pass rate of a group: numerator / denominator, with what is not in the denominator beside it."""

    numerator: int
    denominator: int
    unknown: int
    included: int


@dataclass(frozen=True, slots=True)
class MarkCount:
    """States of one mark over the included sites."""

    present: int
    absent: int
    invalid: int
    unknown: int


@dataclass(frozen=True, slots=True)
class CityTruth:
    check_day: date
    sites: tuple[SiteTruth, ...]
    districts: dict[str, Rate]
    departments: dict[str, Rate]
    """By unit, for the sites of the city itself; its portal counts under `portal`."""
    portal: Rate
    whole: Rate
    marks: dict[str, MarkCount]

    def site(self, code: str) -> SiteTruth:
        """Truth of one site. KeyError when there is none."""
        found = next((site for site in self.sites if site.code == code), None)
        if found is None:
            raise KeyError(f"the truth has no site {code!r}")
        return found


def truth_of(plan: Plan) -> CityTruth:
    """The whole truth of a plan."""
    sites = tuple(_site(plan, site) for site in plan.sites)
    own = [(site, truth) for site, truth in zip(plan.sites, sites, strict=True) if not site.district]
    offices = [truth for site, truth in own if site.type != "portal"]
    return CityTruth(
        check_day=plan.day,
        sites=sites,
        districts=_rates(truth for truth in sites if truth.district),
        departments={unit: _rate(group) for unit, group in _grouped(offices, lambda truth: truth.unit).items()},
        portal=_rate([truth for site, truth in own if site.type == "portal"]),
        whole=_rate(sites),
        marks={mark: _mark_count(mark, sites) for mark in plan.sites[0].marks},
    )


def to_json(truth: CityTruth) -> str:
    """The truth as JSON; days as YYYY-MM-DD."""
    return json.dumps(asdict(truth), ensure_ascii=False, indent=1, default=date.isoformat)


# ── one site ──────────────────────────────────────────────────────────────────────────────


def _site(plan: Plan, site: Site) -> SiteTruth:
    unseen = _UNSEEN.get(site.conduct)
    columns = tuple(_column(site, column, unseen) for column in site.columns)
    included = site.status == _RUNNING
    home_newest = max((item.published for items in site.home_items.values() for item in items), default=None)
    clauses = _clauses(site, columns, unseen) if included else {}
    return SiteTruth(
        code=site.code,
        name=site.name,
        home_url=site.home_url,
        district=site.district,
        unit=site.unit,
        registered_columns=site.registered,
        included=included,
        exclude_reason=None if included else site.status,
        verdict=_verdict(clauses) if included else None,
        unseen=unseen,
        clauses=clauses,
        home_newest=None if unseen else home_newest,
        columns=columns,
        marks=_marks(site, unseen),
        links=tuple(_links(site)),
        dark_links=tuple(_dark(site, technique) for technique in site.dark),
        poisoned_title=site.poisoned,
        wordings=tuple(_wordings(site)),
        untagged_articles=_articles(site, lambda column: "untagged_articles" in column.odd),
        undated_articles=_articles(site, lambda column: bool({"undated", "undated_articles"} & column.odd)),
        future_items=tuple(f"{site.origin}{item.path}" for column in site.columns for item in column.future_items),
        retired_answers=site.status == _RETIRED,
        moved_to=site.new_host or None,
        never_accuse=_innocent(plan, site),
    )


def _column(site: Site, column: Column, unseen: str | None) -> ColumnTruth:
    clause, result = _aged(column)
    if unseen and clause:
        result = UNKNOWN
    reason = unseen or {Fate.SHELL: "needs_browser", Fate.UNDATED: "undated"}.get(column.fate)
    return ColumnTruth(
        name=column.name,
        url=f"{site.origin}{column.path}",
        kind=column.kind,
        level=column.level,
        state="unknown" if unseen else _STATES[column.fate],
        reason=reason,
        newest=None if unseen else column.newest,
        items=0 if unseen else len(column.items),
        clause=clause,
        result=result,
    )


def _aged(column: Column) -> tuple[str | None, str | None]:
    """The clause that counts a column by its age, and what the plan made of it."""
    results = {Fate.FRESH: "good", Fate.STALE: "bad", Fate.SHELL: UNKNOWN, Fate.UNDATED: UNKNOWN}
    if column.fate not in results:
        return None, None
    if column.kind == "news" or (column.kind in ("notice", "policy") and column.level == 1):
        return "W-V4.1", results[column.fate]
    if column.kind in ("notice", "policy", "interpretation", "yearly"):
        return "W-V4.2", results[column.fate]
    return None, None


def _clauses(site: Site, columns: Iterable[ColumnTruth], unseen: str | None) -> dict[str, str]:
    if unseen:
        return dict.fromkeys(("W-V3", "W-V4.1", "W-V4.2", "W-V4.3"), UNKNOWN)
    listed = list(columns)
    blank = sum(column.state == "blank" for column in listed)
    hidden = sum(column.state == "unknown" for column in listed)
    return {
        "W-V3": FAIL if site.home_stale else PASS,
        "W-V4.1": _threshold(*_count(listed, "W-V4.1"), _NEWS_NOTICE_LIMIT),
        "W-V4.2": _threshold(*_count(listed, "W-V4.2"), _SHOULD_UPDATE_LIMIT),
        "W-V4.3": _threshold(blank, hidden, _BLANK_LIMIT),
    }


def _count(columns: list[ColumnTruth], clause: str) -> tuple[int, int]:
    """(bad, unknown) columns under a clause."""
    mine = [column.result for column in columns if column.clause == clause]
    return mine.count("bad"), mine.count(UNKNOWN)


def _threshold(bad: int, unknown: int, limit: int) -> str:
    if bad >= limit:
        return FAIL
    return PASS if bad + unknown < limit else UNKNOWN


def _verdict(clauses: dict[str, str]) -> str:
    found = set(clauses.values())
    return FAIL if FAIL in found else UNKNOWN if UNKNOWN in found else PASS


def _marks(site: Site, unseen: str | None) -> dict[str, str]:
    if unseen or site.footer == "blocked_script":
        return dict.fromkeys(site.marks, UNKNOWN)
    return {mark: BLUEPRINT["mark_fates"][fate] for mark, fate in site.marks.items()}


def _links(site: Site) -> Iterable[LinkTruth]:
    for link in site.links:
        yield LinkTruth(f"{site.origin}/", f"{site.origin}{link.to}", link.answer, link.answer in _GONE)


def _dark(site: Site, technique: str) -> DarkLinkTruth:
    strength = "weak" if technique == "neutral_hidden" else "strong"
    return DarkLinkTruth(dark_url(site, technique), dark_anchor(technique), technique, strength)


def _wordings(site: Site) -> Iterable[WordingTruth]:
    for _, item in site.articles:
        wrong = WORDS["wording_sentences"][item.wording]["wrong"] if item.wording else ""
        if wrong:
            yield WordingTruth(f"{site.origin}{item.path}", wrong)


def _articles(site: Site, chosen: Callable[[Column], bool]) -> tuple[str, ...]:
    return tuple(f"{site.origin}{item.path}" for column, item in site.articles if chosen(column))


def _innocent(plan: Plan, site: Site) -> tuple[str, ...]:
    vendor = ("http://www.hanweb.com",) if "vendor_signature" in site.traps else ()
    sisters = tuple(url for _, url in sister_sites(plan)) if "hidden_menu" in site.traps else ()
    return (*vendor, *sisters, *(f"http://{host}/" for host in NEIGHBOURS))


# ── groups ────────────────────────────────────────────────────────────────────────────────


def _grouped(sites: Iterable[SiteTruth], key: Callable[[SiteTruth], str]) -> dict[str, list[SiteTruth]]:
    groups: dict[str, list[SiteTruth]] = {}
    for site in sites:
        groups.setdefault(key(site), []).append(site)
    return groups


def _rates(sites: Iterable[SiteTruth]) -> dict[str, Rate]:
    return {name: _rate(group) for name, group in _grouped(sites, lambda truth: truth.district).items()}


def _rate(sites: Iterable[SiteTruth]) -> Rate:
    verdicts = [site.verdict for site in sites if site.included]
    passed, failed = verdicts.count(PASS), verdicts.count(FAIL)
    return Rate(passed, passed + failed, verdicts.count(UNKNOWN), len(verdicts))


def _mark_count(mark: str, sites: Iterable[SiteTruth]) -> MarkCount:
    states = [site.marks[mark] for site in sites if site.included]
    return MarkCount(*(states.count(state) for state in ("present", "absent", "invalid", "unknown")))
