"""Dates that cannot both be true: items dated in the future, lists that disagree with their articles, articles
that show another day than their page tags, and what an earlier look showed under an older date (旧文新发).

Applies to: every column and the home page. Always suspected: forging dates is for a person to say, so both
texts stand in the evidence. The day in an article's address is told with them and proves nothing by itself:
a CMS that was moved writes its own.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from pydantic import Field

from govspider.checks.outcome import Certainty, Fault, FindingKind, Outcome
from govspider.checks.unchanged_pages import unchanged_note
from govspider.checks.windows import Parameters
from govspider.seen import SeenArticle, SeenFuture, SeenRedated, SeenSite


class DateSuspicious(Parameters):
    """By how much two witnesses of one date may differ."""

    tolerance_days: int = Field(ge=0)
    repost_days: int = Field(ge=0)
    """For so long after its first date an article may be reposted in another column under the day of the repost."""


def judge(site: SeenSite, check_day: date, parameters: DateSuspicious) -> Outcome:
    """One fault per column (and one for the home page) with impossible dates."""
    faults = []
    settled = set()
    for seen in _lists(site):
        oddities = [
            *_redated(seen.redated, parameters),
            *_in_future(seen.future),
            *_disagreeing(seen.articles, parameters.tolerance_days),
            *_beside_page_tags(seen.articles, parameters.tolerance_days),
        ]
        if oddities:
            faults.append(_fault(seen, oddities))
        elif seen.articles:
            settled.add(seen.url)
    return Outcome(1, faults=tuple(faults), settled=frozenset(settled), notes=unchanged_note(site))


@dataclass(frozen=True, slots=True)
class _List:
    """The dates of one column, or of the home page."""

    name: str
    url: str
    column_id: int | None
    articles: tuple[SeenArticle, ...]
    future: tuple[SeenFuture, ...]
    redated: tuple[SeenRedated, ...] = ()


# words, address and evidence of one oddity
_Oddity = tuple[str, str | None, str | None]


def _lists(site: SeenSite) -> Iterable[_List]:
    if site.home is not None:
        yield _List("首页", site.home.url, None, site.home.articles, site.home.future)
    for column in site.columns:
        name = f"栏目「{column.name}」"
        yield _List(name, column.url, column.id, column.articles, column.future, column.redated)


def _redated(items: Iterable[SeenRedated], parameters: DateSuspicious) -> Iterable[_Oddity]:
    """An article, or a list item, that is newer now than when it was first seen."""
    for item in items:
        allowed = parameters.repost_days if item.other_column else parameters.tolerance_days
        if (item.shown - item.earlier).days <= allowed:
            continue
        what = "正文相同的文章" if item.same_text else "同一条目"
        what = f"栏目「{item.other_column}」中{what}" if item.other_column else what
        words = f"「{item.title}」现注明 {item.shown}，{item.seen_on} 巡检时{what}注明 {item.earlier}"
        if item.earlier_sha256:
            words += f"（当时存证 {item.earlier_sha256[:16]}）"
        yield words, item.url, item.evidence_sha256


def _in_future(items: Iterable[SeenFuture]) -> Iterable[_Oddity]:
    for item in items:
        yield f"「{item.title}」的日期 {item.published} 晚于巡检日", item.url, None


def _disagreeing(articles: Iterable[SeenArticle], tolerance: int) -> Iterable[_Oddity]:
    for article in articles:
        if article.published is None or article.list_date is None:
            continue
        if abs((article.published - article.list_date).days) > tolerance:
            words = f"「{article.title}」列表日期 {article.list_date}，文章注明 {_told(article)}"
            yield words + _in_address(article), article.url, article.evidence_sha256


def _beside_page_tags(articles: Iterable[SeenArticle], tolerance: int) -> Iterable[_Oddity]:
    """Articles whose reader sees another day than their PubDate tag holds."""
    for article in articles:
        if not article.visible or article.published is None or article.meta_published is None:
            continue
        if abs((article.published - article.meta_published).days) > tolerance:
            words = f"「{article.title}」页面注明 {_told(article)}，页面标签 PubDate 为 {article.meta_published}"
            yield words + _in_address(article), article.url, article.evidence_sha256


def _told(article: SeenArticle) -> str:
    """The day an article tells, with the words it tells it in where they say more."""
    day = str(article.published)
    return f"{day}（{article.date_text}）" if article.date_text not in ("", day) else day


def _in_address(article: SeenArticle) -> str:
    return f"，网址中的日期为 {article.url_date}" if article.url_date else ""


def _fault(seen: _List, oddities: list[_Oddity]) -> Fault:
    words, target, sha256 = oddities[0]
    name, url = seen.name, seen.url
    return Fault(
        kind=FindingKind.DATE_SUSPICIOUS,
        certainty=Certainty.SUSPECTED,
        key=url,
        url=target or url,
        reason=f"{name}存在可疑日期",
        evidence=f"{name}有 {len(oddities)} 处日期可疑，如{words}",
        source_url=url,
        evidence_sha256=sha256,
        column_id=seen.column_id,
    )
