"""Dates that cannot both be true: items dated in the future, lists that disagree with their articles.

Applies to: every column and the home page. Always suspected: forging dates is for a person to say.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from pydantic import Field

from govspider.checks.outcome import Certainty, Fault, FindingKind, Outcome
from govspider.checks.windows import Parameters
from govspider.seen import SeenArticle, SeenFuture, SeenSite


class DateSuspicious(Parameters):
    """By how much two witnesses of one date may differ."""

    tolerance_days: int = Field(ge=0)


def judge(site: SeenSite, check_day: date, parameters: DateSuspicious) -> Outcome:
    """One fault per column (and one for the home page) with impossible dates."""
    faults = []
    settled = set()
    for name, url, column_id, articles, future in _lists(site):
        oddities = [*_in_future(future), *_disagreeing(articles, parameters.tolerance_days)]
        if oddities:
            faults.append(_fault(name, url, column_id, oddities))
        elif articles:
            settled.add(url)
    return Outcome(1, faults=tuple(faults), settled=frozenset(settled))


_List = tuple[str, str, int | None, tuple[SeenArticle, ...], tuple[SeenFuture, ...]]


def _lists(site: SeenSite) -> Iterable[_List]:
    if site.home is not None:
        yield "首页", site.home.url, None, site.home.articles, site.home.future
    for column in site.columns:
        yield f"栏目「{column.name}」", column.url, column.id, column.articles, column.future


def _in_future(items: Iterable[SeenFuture]) -> Iterable[tuple[str, str | None, str | None]]:
    for item in items:
        yield f"「{item.title}」的日期 {item.published} 晚于巡检日", item.url, None


def _disagreeing(articles: Iterable[SeenArticle], tolerance: int) -> Iterable[tuple[str, str | None, str | None]]:
    for article in articles:
        if article.published is None or article.list_date is None:
            continue
        if abs((article.published - article.list_date).days) > tolerance:
            words = f"「{article.title}」列表日期 {article.list_date}，文章注明 {article.published}"
            yield words, article.url, article.evidence_sha256


def _fault(name: str, url: str, column_id: int | None, oddities: list[tuple[str, str | None, str | None]]) -> Fault:
    words, target, sha256 = oddities[0]
    return Fault(
        kind=FindingKind.DATE_SUSPICIOUS,
        certainty=Certainty.SUSPECTED,
        key=url,
        url=target or url,
        reason=f"{name}存在可疑日期",
        evidence=f"{name}有 {len(oddities)} 处日期可疑，如{words}",
        source_url=url,
        evidence_sha256=sha256,
        column_id=column_id,
    )
