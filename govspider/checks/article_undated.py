"""Articles that show no publish date under a list that does (稿件未注明发布时间).

Applies to: the newest articles of every column. The column itself stays as its list says
(design decision 6). Always suspected: the date may stand in a picture.
"""

from __future__ import annotations

from datetime import date

from govspider.checks.outcome import Certainty, Fault, FindingKind, Outcome
from govspider.checks.unchanged_pages import unchanged_note
from govspider.checks.windows import Parameters
from govspider.seen import SeenArticle, SeenColumn, SeenSite


class ArticleUndated(Parameters):
    """No parameters."""


def judge(site: SeenSite, check_day: date, parameters: ArticleUndated) -> Outcome:
    """One fault per column whose newest articles show no date."""
    seen = [column for column in site.columns if column.articles]
    undated = [column for column in seen if _undated(column)]
    return Outcome(
        1,
        faults=tuple(_fault(column) for column in undated),
        settled=frozenset(column.url for column in seen if not _undated(column)),
        notes=unchanged_note(site),
    )


def _undated(column: SeenColumn) -> bool:
    return any(_shows_none(article) for article in column.articles)


def _shows_none(article: SeenArticle) -> bool:
    """True when a reader sees no date: one that stands in the page tags only is not shown."""
    return article.published is None or not article.visible


def _fault(column: SeenColumn) -> Fault:
    undated = [article for article in column.articles if _shows_none(article)]
    first = undated[0]
    return Fault(
        kind=FindingKind.ARTICLE_UNDATED,
        certainty=Certainty.SUSPECTED,
        key=column.url,
        url=first.url,
        reason=f"栏目「{column.name}」的稿件未注明发布时间",
        evidence=f"栏目「{column.name}」查看的 {len(column.articles)} 篇最新稿件中，"
        f"{len(undated)} 篇未见发布时间，如「{first.title}」",
        source_url=column.url,
        evidence_sha256=first.evidence_sha256,
        column_id=column.id,
    )
