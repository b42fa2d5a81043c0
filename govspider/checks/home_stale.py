"""Veto on a home page that was not updated (首页不更新).

Applies to: every website.
Expects: a dated record on the home page inside the window. A home page without dated records of its
own is a mere entrance: then its first-level columns are judged together (design decision 6).
Confirmed only where the home page's newest record and its own article agree, no part of the page is
missing, and no first-level column contradicts with a fresher item: a fresher column may well stand on
the home page in a block we failed to read. For an entrance page: every first-level column was seen,
all are older than the window, and the newest of them is confirmed by its article.
Unknown: the home page did not answer (the clause on availability has its own week of probes), or
could not be read.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from govspider.checks.freshness import Age, Freshness, weigh
from govspider.checks.outcome import Certainty, Fault, FindingKind, Outcome, Unsettled
from govspider.checks.windows import Parameters, Window
from govspider.checks.words import REASON_WORDS
from govspider.items import ColumnState, UnknownReason
from govspider.seen import SeenColumn, SeenHome, SeenSite

_KEY = "home"
_ENTRANCE_STATES = frozenset({ColumnState.PORTAL, ColumnState.ARTICLE, ColumnState.FORM})


class HomeStale(Parameters):
    """For how long a home page may stand still."""

    window: Window


def judge(site: SeenSite, check_day: date, parameters: HomeStale) -> Outcome:
    """Is the newest dated record of the home page inside the window?"""
    home = site.home
    if home is None or not home.answered:
        return _unknown(*_no_answer(home))
    if home.shown is None:
        return _unknown(UnknownReason.NOT_CHECKED, "首页内容未提取")
    freshness = _weigh_home(site, home, parameters.window, check_day)
    if freshness.age is Age.FRESH:
        return Outcome(1, settled=frozenset({_KEY}), notes=(f"首页：{freshness.why}",))
    if freshness.age in {Age.STALE, Age.SUSPECTED}:
        return Outcome(1, faults=(_fault(home, freshness, parameters.window, check_day),))
    return _unknown(freshness.reason or UnknownReason.DRIFT, freshness.why)


def _no_answer(home: SeenHome | None) -> tuple[UnknownReason, str]:
    if home is None:
        return UnknownReason.NOT_CHECKED, "本次巡检没有访问首页"
    if home.failed is not None:
        return home.failed, home.failure or "首页未能打开"
    answer = f"HTTP {home.status}" if home.status is not None else "没有应答"
    return UnknownReason.NOT_CHECKED, f"首页未能打开（{answer}），是否无法访问须另行连续监测"


def _unknown(reason: UnknownReason, why: str) -> Outcome:
    return Outcome(1, unsettled=(Unsettled(_KEY, reason, f"首页无法判定（{REASON_WORDS[reason]}）：{why}"),))


def _weigh_home(site: SeenSite, home: SeenHome, window: Window, check_day: date) -> Freshness:
    shown = home.shown
    if shown is None:
        return Freshness(Age.UNKNOWN, "首页内容未提取", UnknownReason.NOT_CHECKED)
    first_level = [column for column in site.distinct_columns if column.level == 1]
    undated = shown.newest is None and not shown.newer and shown.reason in {None, UnknownReason.UNDATED}
    entrance = shown.state in _ENTRANCE_STATES or (undated and shown.state in {ColumnState.LIST, ColumnState.UNKNOWN})
    if shown.newest is None and entrance:
        return _weigh_entrance(first_level, window, check_day)
    # dated records count whatever else the home page is, unless its readings disagree
    dated = shown.newest is not None and shown.state in _ENTRANCE_STATES
    read = replace(shown, state=ColumnState.LIST) if dated else shown
    freshness = weigh([read], home.articles, window, check_day)
    if freshness.age is Age.NO_LIST:
        return Freshness(Age.UNKNOWN, "首页不在本站或没有内容", UnknownReason.DRIFT, page=shown)
    if freshness.age is Age.STALE:
        return _doubted(freshness, home, first_level, window, check_day)
    return freshness


def _doubted(
    freshness: Freshness, home: SeenHome, columns: Sequence[SeenColumn], window: Window, check_day: date
) -> Freshness:
    """A stale home page, softened where part of it was not seen or a first-level column is fresher."""
    if home.missing_parts:
        why = f"{freshness.why}；但首页有框架或脚本未能取得"
        return Freshness(Age.SUSPECTED, why, newest=freshness.newest, page=freshness.page)
    for column in columns:
        found = weigh(column.lists, column.articles, window, check_day)
        if found.age is Age.FRESH:
            why = f"{freshness.why}；但一级栏目「{column.name}」{found.why}"
            return Freshness(Age.SUSPECTED, why, newest=freshness.newest, page=freshness.page)
    return freshness


def _weigh_entrance(columns: Sequence[SeenColumn], window: Window, check_day: date) -> Freshness:
    """An entrance page is as fresh as the freshest of its first-level columns."""
    weighed = [(column, weigh(column.lists, column.articles, window, check_day)) for column in columns]
    for column, found in weighed:
        if found.age is Age.FRESH:
            why = f"首页为导航页，一级栏目「{column.name}」{found.why}"
            return Freshness(Age.FRESH, why, newest=found.newest, page=found.page)
    open_columns = [column for column, found in weighed if found.age is Age.UNKNOWN]
    old = [(found.newest, found) for _, found in weighed if found.newest is not None]
    if open_columns or not old:
        why = f"首页没有注明日期的信息，{len(open_columns)} 个一级栏目无法判定，其余没有{window.words()}内的更新"
        return Freshness(Age.UNKNOWN, why, UnknownReason.UNDATED)
    newest, best = max(old, key=lambda pair: pair[0])
    why = f"首页为导航页，全部一级栏目中{best.why}"
    return Freshness(best.age, why, newest=newest, page=best.page)


def _fault(home: SeenHome, freshness: Freshness, window: Window, check_day: date) -> Fault:
    certain = freshness.age is Age.STALE
    return Fault(
        kind=FindingKind.HOME_STALE,
        certainty=Certainty.CONFIRMED if certain else Certainty.SUSPECTED,
        key=_KEY,
        url=home.url,
        reason=f"首页{window.words()}内无信息更新",
        evidence=f"首页：{freshness.why}，监测时间点 {check_day} 前{window.words()}"
        f"（{window.first_day(check_day)} 起）无信息更新",
        source_url=home.final_url,
        evidence_sha256=home.evidence_sha256,
    )
