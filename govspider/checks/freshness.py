"""Is a list up to date? Weighs the dates of a list against its newest articles, the second witness.

Rules (design decisions 4 and 6):
- a date inside the window makes the list fresh, also when its articles show no date;
- an old list is stale for certain only where the article of its newest item shows the same day
  (one day of difference is allowed: lists print the day of release, articles that of signing);
- an old list without a dated article is suspected;
- an article that its server only called unchanged (304) makes no list stale for certain: suspected;
- an article inside the window under an old list contradicts it: unknown, never stale;
- a look earlier than the day judged cannot know what came after it: unknown, never stale.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from govspider.checks.windows import Window
from govspider.items import ColumnState, UnknownReason
from govspider.seen import SeenArticle, SeenList

AGREEMENT = timedelta(days=1)


class Age(StrEnum):
    """What the witnesses of a list say of its age together."""

    FRESH = "fresh"
    STALE = "stale"
    SUSPECTED = "suspected"
    UNKNOWN = "unknown"
    NO_LIST = "no_list"


@dataclass(frozen=True, slots=True)
class Freshness:
    """Age of a list, in one sentence why, and the page that shows it. `reason` only where unknown."""

    age: Age
    why: str
    reason: UnknownReason | None = None
    newest: date | None = None
    page: SeenList | None = None


def weigh(lists: Sequence[SeenList], articles: Sequence[SeenArticle], window: Window, check_day: date) -> Freshness:
    """Weigh every page seen of one list. `lists` may hold second fetches; the newest date counts."""
    shown = [page for page in lists if page.state is ColumnState.LIST]
    if not shown:
        return _without_list(lists)
    dated = [(page.newest, page) for page in shown if page.newest is not None]
    if not dated:
        return _without_dates(shown)
    newest, page = max(dated, key=lambda pair: pair[0])
    first = window.first_day(check_day)
    witnesses = [article for article in articles if article.list_date is None or article.list_date <= check_day]
    if newest >= first:
        return _fresh(newest, page, witnesses, first)
    return _old(newest, page, witnesses, first, check_day)


def _without_list(lists: Sequence[SeenList]) -> Freshness:
    if not lists:
        return Freshness(Age.UNKNOWN, "本次巡检未看到该页面", UnknownReason.NOT_CHECKED)
    for page in lists:
        if page.state is ColumnState.UNKNOWN:
            return Freshness(Age.UNKNOWN, "页面上的列表无法识别", page.reason or UnknownReason.DRIFT, page=page)
    return Freshness(Age.NO_LIST, "页面不是信息列表", page=lists[0])


def _without_dates(shown: Sequence[SeenList]) -> Freshness:
    if any(page.newer for page in shown):
        why = "列表第一页的条目均晚于监测时间点，之前的更新情况未看到"
        return Freshness(Age.UNKNOWN, why, UnknownReason.NOT_CHECKED, page=shown[0])
    return Freshness(Age.UNKNOWN, "列表条目没有日期", UnknownReason.UNDATED, page=shown[0])


def _fresh(newest: date, page: SeenList, witnesses: Sequence[SeenArticle], first: date) -> Freshness:
    published = [a.published for a in witnesses if a.published and a.list_date and a.list_date >= first]
    if published and max(published) < first:
        why = f"列表最新日期为 {newest}，但对应文章注明的最新发布日期为 {max(published)}"
        return Freshness(Age.SUSPECTED, why, newest=newest, page=page)
    return Freshness(Age.FRESH, f"最新日期为 {newest}", newest=newest, page=page)


def _old(newest: date, page: SeenList, witnesses: Sequence[SeenArticle], first: date, check_day: date) -> Freshness:
    for article in witnesses:
        if article.published and article.published >= first:
            why = f"列表最新日期为 {newest}，但文章 {article.url} 注明 {article.published} 发布"
            return Freshness(Age.UNKNOWN, why, UnknownReason.CONTRADICTORY, newest, page)
    if page.looked_on < check_day:
        why = f"巡检日 {page.looked_on} 早于监测时间点 {check_day}，其后是否更新未看到"
        return Freshness(Age.UNKNOWN, why, UnknownReason.NOT_CHECKED, newest, page)
    why, certain = _witnessed(newest, page, witnesses)
    return Freshness(Age.STALE if certain else Age.SUSPECTED, why, newest=newest, page=page)


def _witnessed(newest: date, page: SeenList, witnesses: Sequence[SeenArticle]) -> tuple[str, bool]:
    """What the article of an old list's newest item says, and whether it makes the list stale for certain."""
    of_newest = [article for article in witnesses if _is_of_newest(article, newest, page) and article.published]
    # what was asked for anew speaks before what a server only called unchanged
    witness = min(of_newest, key=lambda article: article.unchanged, default=None)
    if witness is None or witness.published is None:
        return f"列表最新日期为 {newest}，没有文章的发布日期可以佐证", False
    if abs(witness.published - newest) > AGREEMENT:
        return f"列表最新日期为 {newest}，该条文章注明 {witness.published} 发布，两者不一致", False
    if witness.unchanged:
        return f"列表最新日期为 {newest}，该条文章本次只经服务器答复“未修改”（HTTP 304），没有重新查看", False
    if page.missing_parts:
        return f"列表和文章的最新日期均为 {newest}，但页面有框架或脚本未能取得", False
    return f"列表最新日期为 {newest}，最新文章注明 {witness.published} 发布", True


def _is_of_newest(article: SeenArticle, newest: date, page: SeenList) -> bool:
    return article.list_date == newest or (article.list_date is None and article.url == page.newest_url)
