"""Veto count of blank columns (空白栏目).

Applies to: columns of the kinds the rubric names; exempted columns are left out.
Expects: fewer than `threshold` of them blank. A blank is confirmed when two fetches of one look agree
on positive evidence (such as 暂无内容); one fetch alone is suspected. Any item, article, form or
lower column on any fetch means: not blank. An undated list is not blank.
Unknown: enough columns could not be seen, or are only suspected, to reach the threshold.
"""

from __future__ import annotations

from datetime import date

from pydantic import Field

from govspider.checks.column_updates import exempted, missing_columns, unsettled_column
from govspider.checks.freshness import Age, Freshness
from govspider.checks.outcome import Certainty, Fault, FindingKind, Outcome, Unsettled
from govspider.checks.windows import Parameters
from govspider.items import ColumnKind, ColumnState, UnknownReason
from govspider.seen import SeenColumn, SeenList, SeenSite


class ColumnsBlank(Parameters):
    """What makes too many blank columns: the fields of the clause."""

    threshold: int = Field(ge=1)
    kinds: tuple[ColumnKind, ...] = Field(min_length=1)
    fetches_to_confirm: int = Field(ge=1)


def judge(site: SeenSite, check_day: date, parameters: ColumnsBlank) -> Outcome:
    """Count the columns that showed, on positive evidence, nothing at all."""
    gap = missing_columns(site)
    counted = [c for c in site.distinct_columns if c.kind in parameters.kinds and not exempted(c, check_day)]
    open_columns = [column for column in counted if not _shows_content(column)]
    blank = [column for column in open_columns if _blank_pages(column)]
    unseen = [column for column in open_columns if not _blank_pages(column)]
    return Outcome(
        parameters.threshold,
        faults=tuple(_fault(column, parameters.fetches_to_confirm) for column in blank),
        unsettled=tuple(_unsettled(column) for column in unseen),
        settled=frozenset(column.url for column in counted if _shows_content(column)),
        applicable=bool(counted),
        whole=gap is None,
        notes=(gap,) if gap else () if counted else ("没有适用本条的栏目",),
    )


def _shows_content(column: SeenColumn) -> bool:
    if column.articles:
        return True
    return any(page.items or page.state not in {ColumnState.BLANK, ColumnState.UNKNOWN} for page in column.lists)


def _blank_pages(column: SeenColumn) -> list[SeenList]:
    return [page for page in column.lists if page.state is ColumnState.BLANK]


def _unsettled(column: SeenColumn) -> Unsettled:
    reason = next((page.reason for page in column.lists if page.reason), UnknownReason.NOT_CHECKED)
    return unsettled_column(column, Freshness(Age.UNKNOWN, "未能确认页面上有无内容", reason))


def _fault(column: SeenColumn, fetches_to_confirm: int) -> Fault:
    pages = _blank_pages(column)
    whole = len(pages) == len(column.lists) and not any(page.missing_parts for page in pages)
    certain = whole and len(pages) >= fetches_to_confirm
    words = next((page.evidence_text for page in pages if page.evidence_text), "列表没有条目")
    return Fault(
        kind=FindingKind.COLUMN_BLANK,
        certainty=Certainty.CONFIRMED if certain else Certainty.SUSPECTED,
        key=column.url,
        url=column.url,
        reason=f"栏目「{column.name}」空白",
        evidence=f"栏目「{column.name}」：{len(pages)} 次访问均未见内容（{words}）",
        source_url=pages[0].final_url,
        evidence_sha256=pages[0].evidence_sha256,
        column_id=column.id,
    )
